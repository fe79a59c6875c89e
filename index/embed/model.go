// Package embed turns texts into vectors by a static model: a text is the
// weighted sum of the vectors of its stems. Texts that mean the same are near
// each other even when they share no word.
//
// It needs no network and no matrix arithmetic: a query takes a few
// microseconds. The weights of the model contain that of frequent words
// (Arora, Liang, Ma: A Simple but Tough-to-Beat Baseline for Sentence
// Embeddings, ICLR 2017), so there is no document frequency at run time.
//
// The model in model/kb64.kbv was trained for kb by contrast of headings with
// the text below them; model/PROVENANCE.tsv names every source with its
// licence. model/kb64.kbl is computed from it alone.
package embed

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"
)

//go:embed model/kb64.kbv
var shipped string

// ShippedDigest is the digest of the model that ships with kb.
const ShippedDigest = "sha256:edce5cab841e7ab704e71888884558c8e175ae6fb0c147e6f341e0f643bfd631"

// ErrModel is the error for data that is not a model.
var ErrModel = errors.New("not a model of kb")

// magic begins a model. After it come the number of dimensions, of stems, and
// of bytes of the vocabulary, as 32 bits each, the least byte first; the
// stems in order, each as how many bytes it shares with the one before, how
// many follow, and those; for each stem a scale, as 32 bits of IEEE 754; for
// each stem its vector, a signed byte for each dimension.
const magic = "KBV1"

const headerSize = 16

// brought begins a model that somebody brought. After the three numbers comes a
// fourth, of bytes of a Tokenizer in JSON, and that, and then all of the above
// with pieces of words instead of stems. If the pieces are the likeliest ones,
// a score as 32 bits of IEEE 754 follows for each.
const brought = "KBV2"

// maxDim and maxStems bound what a damaged header can ask for.
const (
	maxDim   = 4096
	maxStems = 1 << 24
)

// minScale and maxScale bound what a model multiplies its bytes by, unless that
// is 0: vectors of a million stems still add up to numbers, and a unit vector
// can be made of any of them.
const (
	minScale = 1e-20
	maxScale = 1e20
)

// A Model gives vectors to texts. It is safe for use by several goroutines at
// once.
type Model struct {
	dim, stems int
	digest     string
	vocabulary string
	scales     string
	rows       string
	lookup     *lookup
	data       string
	tokenizer  *Tokenizer // of pieces; nil if the model knows stems of English
	scores     string     // of pieces

	mu   sync.Mutex
	seen map[string]int // word to the row of its stem
}

// remembered is how many words a Model remembers the rows of: those of some
// thousand queries.
const remembered = 1 << 14

// Shipped returns the model that ships with kb.
func Shipped() (*Model, error) {
	m, err := read(shipped, ShippedDigest)
	if err != nil {
		return nil, err
	}
	m.lookup, err = readLookup(shippedLookup, m)
	return m, err
}

// Read returns the model in data, which has that digest. It takes a few
// milliseconds, and Shipped takes none.
func Read(data, digest string) (*Model, error) {
	m, err := read(data, digest)
	if err != nil {
		return nil, err
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	m.lookup, err = newLookup(m)
	return m, err
}

// check returns an error unless sums of the model's vectors and scores are
// numbers.
func (m *Model) check() error {
	for row := range m.stems {
		if s := float64(m.scale(row)); s != 0 && !(minScale <= s && s <= maxScale) {
			return fmt.Errorf("%w: the scale of row %d is %g", ErrModel, row, s)
		}
		if m.scores == "" {
			continue
		}
		if s := m.score(row); math.IsNaN(s) || math.IsInf(s, 0) {
			return fmt.Errorf("%w: the score of row %d is %g", ErrModel, row, s)
		}
	}
	return nil
}

// Parse returns the model in data.
func Parse(data string) (*Model, error) {
	sum := sha256.Sum256([]byte(data))
	return Read(data, "sha256:"+hex.EncodeToString(sum[:]))
}

// Bytes returns the model as Read takes it.
func (m *Model) Bytes() string { return m.data }

// read returns the model in data without its lookup.
func read(data, digest string) (*Model, error) {
	if strings.HasPrefix(data, brought) {
		return readBrought(data, digest)
	}
	if len(data) < headerSize || data[:len(magic)] != magic {
		return nil, ErrModel
	}
	word := func(i int) int { return int(binary.LittleEndian.Uint32([]byte(data[i : i+4]))) }
	m := &Model{dim: word(4), stems: word(8), digest: digest, data: data}
	size := word(12)
	if m.dim == 0 || m.dim > maxDim || m.stems > maxStems || len(data) != headerSize+size+m.stems*(4+m.dim) {
		return nil, fmt.Errorf("%w: %d bytes for %d stems of %d dimensions", ErrModel, len(data), m.stems, m.dim)
	}
	m.vocabulary = data[headerSize : headerSize+size]
	m.scales = data[headerSize+size : headerSize+size+4*m.stems]
	m.rows = data[headerSize+size+4*m.stems:]
	return m, nil
}

// readBrought is read for a model that somebody brought.
func readBrought(data, digest string) (*Model, error) {
	const header = headerSize + 4
	if len(data) < header {
		return nil, ErrModel
	}
	word := func(i int) int { return int(binary.LittleEndian.Uint32([]byte(data[i : i+4]))) }
	m := &Model{dim: word(4), stems: word(8), digest: digest, data: data, tokenizer: new(Tokenizer)}
	size, head := word(12), word(16)
	if m.dim == 0 || m.dim > maxDim || m.stems > maxStems || head > len(data)-header {
		return nil, fmt.Errorf("%w: %d bytes for %d pieces of %d dimensions", ErrModel, len(data), m.stems, m.dim)
	}
	if err := json.Unmarshal([]byte(data[header:header+head]), m.tokenizer); err != nil {
		return nil, fmt.Errorf("%w: its tokenizer: %w", ErrModel, err)
	}
	rest, want := data[header+head:], size+m.stems*(4+m.dim)
	if m.tokenizer.Unigram {
		want += 4 * m.stems
	}
	if len(rest) != want {
		return nil, fmt.Errorf("%w: %d bytes for %d pieces of %d dimensions", ErrModel, len(data), m.stems, m.dim)
	}
	m.vocabulary, rest = rest[:size], rest[size:]
	m.scales, rest = rest[:4*m.stems], rest[4*m.stems:]
	m.rows, m.scores = rest[:m.dim*m.stems], rest[m.dim*m.stems:]
	return m, nil
}

// score returns that of a piece.
func (m *Model) score(row int) float64 { return float64(number(m.scores, row)) }

// scale returns what the bytes of a row are multiplied by.
func (m *Model) scale(row int) float32 { return number(m.scales, row) }

// number returns the number of 32 bits of IEEE 754 that stands at i.
func number(all string, i int) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32([]byte(all[4*i : 4*i+4])))
}

// follow returns the stem at an offset, made in the memory of the one before
// it, and the offset after it, which is negative if there is none.
func (m *Model) follow(before []byte, at int) (stem []byte, end int) {
	if at+2 > len(m.vocabulary) {
		return nil, -1
	}
	shared, more := int(m.vocabulary[at]), int(m.vocabulary[at+1])
	end = at + 2 + more
	if shared > len(before) || end > len(m.vocabulary) {
		return nil, -1
	}
	return append(before[:shared], m.vocabulary[at+2:end]...), end
}

// Digest returns "sha256:" and the hex digest of the model.
func (m *Model) Digest() string { return m.digest }

// words is how many 64 bits the signs of a vector take.
func (m *Model) words() int { return (m.dim + 63) / 64 }

// Dim returns the number of dimensions of its vectors.
func (m *Model) Dim() int { return m.dim }

// unknown is the row of a stem that a model does not know.
const unknown = -1

// row returns the number of a stem in the model, or unknown.
func (m *Model) row(stem string) int {
	b := m.lookup.find(stem)
	if b < 0 {
		return unknown
	}
	var memory [256]byte
	first, at := m.lookup.first(b)
	current := append(memory[:0], first...)
	for i := b * blockSize; ; {
		if string(current) == stem {
			return i
		}
		if i++; i >= m.stems || i%blockSize == 0 || string(current) > stem {
			return unknown
		}
		current, at = m.follow(current, at)
	}
}

// rowOf returns the row of the stem of a word, which it remembers.
func (m *Model) rowOf(word string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	row, ok := m.seen[word]
	if !ok {
		row = m.row(stem(word))
		if m.seen == nil || len(m.seen) >= remembered {
			m.seen = map[string]int{}
		}
		m.seen[strings.Clone(word)] = row
	}
	return row
}

// Knows reports whether the model has a vector for a stem.
func (m *Model) Knows(stem string) bool { return m.row(stem) != unknown }

// add adds the vector of a row, times a weight, to v.
func (m *Model) add(v []float32, row int, weight float64) {
	w := float32(weight) * m.scale(row)
	for i, b := range []byte(m.rows[row*m.dim : (row+1)*m.dim]) {
		v[i] += w * float32(int8(b))
	}
}

// Embed returns the vector of a text, given as its stems: a unit vector, or
// nil if the model knows none of them.
func (m *Model) Embed(stems []string) []float32 {
	rows := make([]int, 0, len(stems))
	for _, s := range stems {
		if row := m.row(s); row != unknown {
			rows = append(rows, row)
		}
	}
	return m.sum(rows)
}

// EmbedText returns the vector of a text: a unit vector, or nil if the model
// knows nothing of it.
func (m *Model) EmbedText(text string) []float32 {
	e := &encoder{model: m}
	return e.embed(e.rows(text))
}

// Spells reports whether a word is one that the model knows, and so no
// misspelling.
func (m *Model) Spells(word string) bool {
	return m.Understands(word) && (m.tokenizer == nil || len((&encoder{model: m}).rows(word)) == 1)
}

// Understands reports whether the model knows all of a word, be it in pieces.
func (m *Model) Understands(word string) bool {
	rows := (&encoder{model: m}).rows(word)
	return len(rows) > 0 && !slices.Contains(rows, unknown)
}

// sum returns the vector of a text, given as the rows of its stems. A stem
// that is there n times weighs 1 + ln n; a piece, n.
func (m *Model) sum(rows []int) []float32 {
	if len(rows) == 0 {
		return nil
	}
	sort.Ints(rows)
	v := make([]float32, m.dim)
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n] == rows[0] {
			n++
		}
		m.add(v, rows[0], m.weight(n))
		rows = rows[n:]
	}
	return unit(v)
}

// weight returns what a stem or piece that is there n times weighs.
func (m *Model) weight(n int) float64 {
	if m.tokenizer != nil {
		return float64(n)
	}
	return 1 + math.Log(float64(n))
}

// unit makes v a unit vector, in place; it is nil if v is zero.
func unit(v []float32) []float32 {
	var square float64
	for _, x := range v {
		square += float64(x) * float64(x)
	}
	if square == 0 {
		return nil
	}
	f := float32(1 / math.Sqrt(square))
	for i := range v {
		v[i] *= f
	}
	return v
}

// Covers reports whether the model was made for a language, a BCP 47 tag.
func (m *Model) Covers(lang string) bool {
	if m.tokenizer != nil {
		return m.tokenizer.covers(lang)
	}
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	return base == "en"
}
