package embed

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"slices"
)

// Model2Vec returns the model in a folder as the library model2vec saves one,
// in the form that Parse reads: model.safetensors and tokenizer.json, divided
// by WordPiece or Unigram. Languages are bases of BCP 47 tags, or "*".
//
// Normalisation is that of BERT (case, accents, ideographs) or NFKC; other
// replacements of the tokenizer are left out.
func Model2Vec(folder fs.FS, languages []string) ([]byte, error) {
	text, err := fs.ReadFile(folder, "tokenizer.json")
	if err != nil {
		return nil, err
	}
	file, err := fs.ReadFile(folder, "model.safetensors")
	if err != nil {
		return nil, err
	}
	var t tokenizerFile
	if err := json.Unmarshal(text, &t); err != nil {
		return nil, fmt.Errorf("%w: tokenizer.json: %w", ErrModel, err)
	}
	vocabulary, err := t.vocabulary()
	if err != nil {
		return nil, err
	}
	tensors, err := readTensors(file)
	if err != nil {
		return nil, err
	}
	rows, err := newRows(tensors)
	if err != nil {
		return nil, err
	}
	how := Tokenizer{Languages: languages, Unigram: t.Model.Type == "Unigram"}
	t.Normalizer.into(&how)
	return rows.pack(how, vocabulary)
}

// A tokenizerFile is what kb reads of a tokenizer.json.
type tokenizerFile struct {
	Added []struct {
		Content string `json:"content"`
		Special bool   `json:"special"`
	} `json:"added_tokens"`
	Normalizer normalizer `json:"normalizer"`
	Model      struct {
		Type  string          `json:"type"`
		Vocab json.RawMessage `json:"vocab"`
		Mark  *string         `json:"continuing_subword_prefix"`
	} `json:"model"`
}

type normalizer struct {
	Type        string       `json:"type"`
	Lowercase   bool         `json:"lowercase"`
	Strip       *bool        `json:"strip_accents"`
	Chinese     bool         `json:"handle_chinese_chars"`
	Normalizers []normalizer `json:"normalizers"`
}

func (n normalizer) into(t *Tokenizer) {
	switch n.Type {
	case "BertNormalizer":
		t.Lower, t.Single = t.Lower || n.Lowercase, n.Chinese
		t.Bare = t.Bare || n.Strip == nil && n.Lowercase || n.Strip != nil && *n.Strip
	case "Lowercase":
		t.Lower = true
	case "StripAccents":
		t.Bare = true
	}
	for _, part := range n.Normalizers {
		part.into(t)
	}
}

// A piece is one of a vocabulary.
type piece struct {
	text  string
	id    int // row of the tensors
	score float64
}

// vocabulary returns the pieces that a text can have, in order.
func (t *tokenizerFile) vocabulary() ([]piece, error) {
	var all []piece
	switch t.Model.Type {
	case "WordPiece":
		var ids map[string]int
		if err := json.Unmarshal(t.Model.Vocab, &ids); err != nil {
			return nil, fmt.Errorf("%w: vocabulary: %w", ErrModel, err)
		}
		if m := t.Model.Mark; m != nil && *m != inside {
			return nil, fmt.Errorf("%w: pieces are marked by %q and not by %q", ErrModel, *m, inside)
		}
		for text, id := range ids {
			all = append(all, piece{text: text, id: id})
		}
	case "Unigram":
		var scored [][2]any
		if err := json.Unmarshal(t.Model.Vocab, &scored); err != nil {
			return nil, fmt.Errorf("%w: vocabulary: %w", ErrModel, err)
		}
		for id, s := range scored {
			text, _ := s[0].(string)
			score, _ := s[1].(float64)
			all = append(all, piece{text, id, score})
		}
	default:
		return nil, fmt.Errorf("%w: a tokenizer of type %q; kb reads WordPiece and Unigram", ErrModel, t.Model.Type)
	}
	special := map[string]bool{"": true}
	for _, a := range t.Added {
		special[a.Content] = special[a.Content] || a.Special
	}
	all = slices.DeleteFunc(all, func(p piece) bool { return special[p.text] || len(p.text) > math.MaxUint8 })
	slices.SortFunc(all, func(a, b piece) int { return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.id, b.id)) })
	return slices.CompactFunc(all, func(a, b piece) bool { return a.text == b.text }), nil
}

// rows are the vectors of a model, with what a row is multiplied by and which
// row stands for a piece, if those are there.
type rows struct {
	vectors          tensor
	weights, mapping *tensor
}

func newRows(tensors map[string]tensor) (rows, error) {
	v, ok := tensors["embeddings"]
	if !ok || len(v.Shape) != 2 || v.Shape[1] > maxDim {
		return rows{}, fmt.Errorf("%w: no tensor \"embeddings\" of two dimensions", ErrModel)
	}
	r := rows{vectors: v}
	if t, ok := tensors["weights"]; ok && len(t.Shape) == 1 {
		r.weights = &t
	}
	if t, ok := tensors["mapping"]; ok && len(t.Shape) == 1 {
		r.mapping = &t
	}
	return r, nil
}

// vector returns the vector of a piece.
func (r rows) vector(id int) ([]float32, error) {
	row, weight := id, 1.0
	switch {
	case id < 0:
		return nil, fmt.Errorf("%w: no row for piece %d", ErrModel, id)
	case r.mapping != nil && id < r.mapping.Shape[0]:
		row = int(r.mapping.at(id))
	}
	if r.weights != nil && id < r.weights.Shape[0] {
		weight = r.weights.at(id)
	}
	dim := r.vectors.Shape[1]
	if row < 0 || row >= r.vectors.Shape[0] {
		return nil, fmt.Errorf("%w: no row for piece %d", ErrModel, id)
	}
	v := make([]float32, dim)
	for i := range v {
		x := weight * r.vectors.at(row*dim+i)
		if !(math.Abs(x) <= maxScale) {
			return nil, fmt.Errorf("%w: row %d has the number %g", ErrModel, row, x)
		}
		if math.Abs(x) >= 2*math.MaxInt8*minScale {
			v[i] = float32(x)
		}
	}
	return v, nil
}

// pack returns the file of a model.
func (r rows) pack(how Tokenizer, vocabulary []piece) ([]byte, error) {
	head, err := json.Marshal(how)
	if err != nil {
		return nil, err
	}
	var scales, packed, scores []byte
	for _, p := range vocabulary {
		v, err := r.vector(p.id)
		if err != nil {
			return nil, err
		}
		if !(math.Abs(p.score) <= math.MaxFloat32) {
			return nil, fmt.Errorf("%w: piece %q has the score %g", ErrModel, p.text, p.score)
		}
		var scale float32
		packed, scale = pack(packed, v)
		scales = binary.LittleEndian.AppendUint32(scales, math.Float32bits(scale))
		scores = binary.LittleEndian.AppendUint32(scores, math.Float32bits(float32(p.score)))
	}
	coded := frontCoded(vocabulary)
	var out bytes.Buffer
	out.WriteString(brought)
	for _, n := range []int{r.vectors.Shape[1], len(vocabulary), len(coded), len(head)} {
		out.Write(binary.LittleEndian.AppendUint32(nil, uint32(n)))
	}
	for _, part := range [][]byte{head, coded, scales, packed} {
		out.Write(part)
	}
	if how.Unigram {
		out.Write(scores)
	}
	return out.Bytes(), nil
}

// frontCoded returns the pieces as the vocabulary of a model.
func frontCoded(vocabulary []piece) []byte {
	var coded []byte
	last := ""
	for _, p := range vocabulary {
		shared := 0
		for shared < min(len(last), len(p.text)) && last[shared] == p.text[shared] {
			shared++
		}
		coded = append(coded, byte(shared), byte(len(p.text)-shared))
		coded = append(coded, p.text[shared:]...)
		last = p.text
	}
	return coded
}
