package embed

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// safetensors returns a file of tensors of 32-bit floats.
func safetensors(t *testing.T, tensors map[string][][]float32) []byte {
	t.Helper()
	head := map[string]any{"__metadata__": map[string]string{"format": "pt"}}
	var data []byte
	for name, rows := range tensors {
		start := len(data)
		for _, row := range rows {
			for _, x := range row {
				data = binary.LittleEndian.AppendUint32(data, math.Float32bits(x))
			}
		}
		shape := []int{len(rows), len(rows[0])}
		if name == "weights" {
			shape = []int{len(rows) * len(rows[0])}
		}
		head[name] = tensor{DType: "F32", Shape: shape, Offsets: [2]int{start, len(data)}}
	}
	text, err := json.Marshal(head)
	if err != nil {
		t.Fatal(err)
	}
	return append(append(binary.LittleEndian.AppendUint64(nil, uint64(len(text))), text...), data...)
}

const wordPiece = `{"added_tokens": [{"content": "[UNK]", "special": true}],
	"normalizer": {"type": "Sequence", "normalizers": [{"type": "BertNormalizer", "lowercase": true, "strip_accents": null, "handle_chinese_chars": true}]},
	"model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
		"vocab": {"[UNK]": 0, "key": 1, "##s": 2, "pass": 3, "##key": 4, "lost": 5, "cafe": 6, "密": 7}}}`

const unigram = `{"normalizer": {"type": "Precompiled"},
	"model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0], ["▁key", -2], ["s", -3], ["▁pass", -2.5], ["key", -2.2], ["▁", -4], ["k", -6], ["ey", -6]]}}`

func folder(t *testing.T, tokenizer string) fstest.MapFS {
	return fstest.MapFS{
		"tokenizer.json": {Data: []byte(tokenizer)},
		"model.safetensors": {Data: safetensors(t, map[string][][]float32{
			"embeddings": {{9, 9, 9}, {1, 0, 0}, {0, 0.5, 0}, {0, 0, 2}, {1, 0, 0.5}, {0, 1, 0}, {0, 0, 1}, {1, 1, 1}},
			"weights":    {{1, 2, 1, 1, 1, 1, 1, 1}},
		})},
	}
}

func imported(t *testing.T, tokenizer string, languages ...string) *Model {
	t.Helper()
	data, err := Model2Vec(folder(t, tokenizer), languages)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Parse(string(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestModel2Vec(t *testing.T) {
	for name, tt := range map[string]struct {
		tokenizer, text string
		want            []float32 // before it is made a unit vector
	}{
		"a word":                {wordPiece, "Key", []float32{2, 0, 0}},
		"a word twice":          {wordPiece, "key key lost", []float32{4, 1, 0}},
		"pieces":                {wordPiece, "passkeys", []float32{1, 0.5, 2.5}},
		"accents":               {wordPiece, "CAFÉ!", []float32{0, 0, 1}},
		"an ideograph":          {wordPiece, "密key", []float32{3, 1, 1}},
		"what it does not know": {wordPiece, "zzz", nil},
		"unknown among known":   {wordPiece, "zzz lost passzzz", []float32{0, 1, 0}},
		"likeliest pieces":      {unigram, "passkeys", []float32{1, 0.5, 2.5}},
		"a letter too many":     {unigram, "key! s", []float32{2, 1.5, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			m := imported(t, tt.tokenizer, "en")
			got := m.EmbedText(tt.text)
			want := unit(slices.Clone(tt.want))
			for i := range want {
				if math.Abs(float64(got[i]-want[i])) > .01 { // rows have 8 bits
					t.Fatalf("%q is %v, want %v", tt.text, got, want)
				}
			}
			if len(got) != len(want) {
				t.Fatalf("%q is %v, want %v", tt.text, got, want)
			}
		})
	}
}

func TestModel2VecIsAModel(t *testing.T) {
	m := imported(t, wordPiece, "de", "it")
	again, err := Parse(m.Bytes())
	if err != nil || again.Digest() != m.Digest() || m.Digest() == ShippedDigest {
		t.Errorf("read again: %v, digest %s and %s", err, again.Digest(), m.Digest())
	}
	if !m.Covers("it-CH") || m.Covers("en") || !imported(t, wordPiece, "*").Covers("ja") {
		t.Error("covers other languages than were given")
	}
	if !m.Spells("lost") || m.Spells("passkeys") || !m.Understands("passkeys") || m.Understands("zzz") {
		t.Error("spells or understands other words than it has")
	}
	if r := m.Related("key", 0); r != nil {
		t.Errorf("pieces are related: %v", r)
	}
	for n := range len(m.Bytes()) {
		if _, err := Parse(m.Bytes()[:n]); err == nil {
			t.Fatalf("%d of %d bytes are a model", n, len(m.Bytes()))
		}
	}
}

func TestModel2VecErrors(t *testing.T) {
	good := folder(t, wordPiece)
	for name, tt := range map[string]struct {
		file, data, want string
	}{
		"no tokenizer":     {"tokenizer.json", "{", "tokenizer.json: unexpected end of JSON input"},
		"another one":      {"tokenizer.json", `{"model": {"type": "BPE"}}`, `a tokenizer of type "BPE"; kb reads WordPiece and Unigram`},
		"a piece too many": {"tokenizer.json", `{"model": {"type": "WordPiece", "vocab": {"a": 8}}}`, "no row for piece 8"},
		"no tensors":       {"model.safetensors", "short", "safetensors of 5 bytes"},
		"a long header":    {"model.safetensors", "\xff\xff\xff\xff\xff\xff\xff\xff", "a header of 18446744073709551615 bytes in safetensors of 8"},
		"beyond the end":   {"model.safetensors", header(`{"embeddings": {"dtype": "F32", "shape": [1, 1], "data_offsets": [0, 4]}}`), "tensor embeddings is beyond the end"},
		"no numbers":       {"model.safetensors", header(`{"embeddings": {"dtype": "U4", "shape": [0, 0], "data_offsets": [0, 0]}}`), "tensor embeddings: numbers of type U4"},
		"another shape":    {"model.safetensors", header(`{"embeddings": {"dtype": "F32", "shape": [3], "data_offsets": [0, 0]}}`), "tensor embeddings: 0 bytes for a shape of [3]"},
		"no rows":          {"model.safetensors", header(`{}`), `no tensor "embeddings" of two dimensions`},
	} {
		t.Run(name, func(t *testing.T) {
			bad := fstest.MapFS{}
			maps.Copy(bad, good)
			bad[tt.file] = &fstest.MapFile{Data: []byte(tt.data)}
			_, err := Model2Vec(bad, []string{"en"})
			if !errors.Is(err, ErrModel) || !strings.HasSuffix(err.Error(), tt.want) {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
	if _, err := Model2Vec(fstest.MapFS{}, nil); err == nil {
		t.Error("an empty folder is a model")
	}
}

func header(text string) string {
	return string(binary.LittleEndian.AppendUint64(nil, uint64(len(text)))) + text
}

// one returns a folder of one piece, the number of its vector in 64 bits, and
// more tensors of one number in 8 bits.
func one(tokenizer string, x float64, more ...string) fstest.MapFS {
	var head strings.Builder
	head.WriteString(`{"embeddings": {"dtype": "F64", "shape": [1, 1], "data_offsets": [0, 8]}`)
	for _, name := range more {
		fmt.Fprintf(&head, `, %q: {"dtype": "I8", "shape": [1], "data_offsets": [8, 9]}`, name)
	}
	data := binary.LittleEndian.AppendUint64([]byte(header(head.String()+"}")), math.Float64bits(x))
	return fstest.MapFS{
		"tokenizer.json":    {Data: []byte(`{"model": ` + tokenizer + `}`)},
		"model.safetensors": {Data: append(data, 0)},
	}
}

func TestModel2VecRefuses(t *testing.T) {
	const good, below = `{"type": "WordPiece", "vocab": {"a": 0}}`, `{"type": "WordPiece", "vocab": {"a": -5}}`
	if _, err := Model2Vec(one(good, 1, "mapping", "weights"), nil); err != nil {
		t.Error(err)
	}
	for want, folder := range map[string]fstest.MapFS{
		"no row for piece -5":             one(below, 1, "mapping", "weights"),
		"no row for piece 1":              one(`{"type": "WordPiece", "vocab": {"a": 1}}`, 1, "mapping"),
		"row 0 has the number 1e+300":     one(good, 1e300),
		"row 0 has the number -Inf":       one(good, math.Inf(-1)),
		"row 0 has the number NaN":        one(good, math.NaN()),
		`piece "a" has the score -1e+300`: one(`{"type": "Unigram", "vocab": [["a", -1e300]]}`, 1),
	} {
		if _, err := Model2Vec(folder, nil); !errors.Is(err, ErrModel) || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestParseRefuses damages the numbers of a model, which stand at its end:
// eight scales, as many vectors and as many scores.
func TestParseRefuses(t *testing.T) {
	good := imported(t, unigram, "en").Bytes()
	scores := len(good) - 4*8
	scales := scores - 8*3 - 4*8
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1, 1e30, 1e-30} {
		for what, at := range map[string]int{"scale": scales, "score": scores} {
			bad := []byte(good)
			binary.LittleEndian.PutUint32(bad[at:], math.Float32bits(float32(x)))
			_, err := Parse(string(bad))
			if fine := what == "score" && !math.IsNaN(x) && !math.IsInf(x, 0); fine != (err == nil) {
				t.Errorf("%s %g: %v", what, x, err)
			}
		}
	}
}

// FuzzModel2Vec holds that whatever is imported is a model, whose vectors are
// of numbers.
func FuzzModel2Vec(f *testing.F) {
	for _, seed := range []fstest.MapFS{
		one(`{"type": "WordPiece", "vocab": {"a": 0, "##a": 0}}`, 1, "mapping", "weights"),
		one(`{"type": "Unigram", "vocab": [["▁a", -1]]}`, 1e-300),
		one(`{"type": "WordPiece", "vocab": {"a": -5}}`, 1, "mapping"),
	} {
		f.Add(seed["tokenizer.json"].Data, seed["model.safetensors"].Data, "a aa")
	}
	f.Fuzz(func(t *testing.T, tokenizer, tensors []byte, text string) {
		data, err := Model2Vec(fstest.MapFS{"tokenizer.json": {Data: tokenizer}, "model.safetensors": {Data: tensors}}, []string{"*"})
		if err != nil {
			return
		}
		m, err := Parse(string(data))
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range m.EmbedText(text) {
			if !(math.Abs(float64(x)) <= 1.001) {
				t.Fatalf("%q: a unit vector with %g", text, x)
			}
		}
	})
}

func TestHalf(t *testing.T) {
	for bits, want := range map[uint16]float64{0x3c00: 1, 0xc000: -2, 0x7bff: 65504, 0x0001: 1.0 / (1 << 24), 0x3555: 0.333251953125, 0x8000: 0} {
		if got := half(bits); got != want {
			t.Errorf("%#x is %v, want %v", bits, got, want)
		}
	}
}
