package embed

import (
	"errors"
	"fmt"
	"math"
)

// A Text is what is embedded of an entry.
type Text struct {
	Questions []string // the question and other ways to ask it: a vector each
	Answer    string   // a vector for each passage
}

// vectorsMagic begins a file of vectors. After it come the digest of the model
// as 32 bytes; the numbers of dimensions, of entries, of vectors of questions
// and of vectors of answers; and then, first of questions and then of answers,
// for each entry and one more, the number of its first vector; for each vector
// the signs of its dimensions, as 64 bits for every 64 of them; its scale; its
// dimensions as signed bytes. All numbers have 32 bits, the least byte first.
const vectorsMagic = "KBE2"

// ErrVectors is the error for data that is not a file of vectors.
var ErrVectors = errors.New("not vectors of kb")

// signs returns a bit for each dimension of v: whether it is positive.
func signs(v []float32) []uint64 {
	s := make([]uint64, (len(v)+63)/64)
	for i, x := range v {
		if x > 0 {
			s[i/64] |= 1 << (i % 64)
		}
	}
	return s
}

// Vectors are those of the entries of an index. They are safe for use by
// several goroutines at once.
type Vectors struct{ questions, answers table }

// A table is the vectors of the questions or the answers of all entries.
type table struct {
	dim, words int
	first      numbers // of each entry and one more
	signs      []byte
	scales     numbers
	rows       []byte
}

// ReadVectors returns the vectors in data, if the model made them. They are read
// from data whenever they are used, and data must not change.
func ReadVectors(data []byte, m *Model) (*Vectors, error) {
	r := &reader{data: data}
	if string(r.take(len(vectorsMagic))) != vectorsMagic {
		return nil, ErrVectors
	}
	if string(r.take(digestSize)) != string(rawDigest(m.digest)) {
		return nil, fmt.Errorf("%w: they are of another model than %s", ErrVectors, m.digest)
	}
	v, dim := r.vectors()
	if r.short || dim != m.dim || len(r.data) > 0 {
		return nil, fmt.Errorf("%w: %d bytes for %d vectors of %d dimensions", ErrVectors, len(data), v.Len(), dim)
	}
	return v, errors.Join(v.questions.check(), v.answers.check())
}

// vectors reads what comes after the digest of the model.
func (r *reader) vectors() (v *Vectors, dim int) {
	dim = int(r.number())
	entries, questions, answers := int(r.number()), int(r.number()), int(r.number())
	return &Vectors{r.table(dim, entries, questions), r.table(dim, entries, answers)}, dim
}

// table reads n vectors.
func (r *reader) table(dim, entries, n int) table {
	words := (dim + 63) / 64
	return table{dim, words, r.take(4 * (entries + 1)), r.take(8 * n * words), r.take(4 * n), r.take(n * dim)}
}

// check returns an error unless every vector is of an entry.
func (t *table) check() error {
	at := uint32(0)
	for entry := range uint32(t.entries() + 1) {
		if next := t.first.at(entry); next < at || entry == 0 && next > 0 {
			return fmt.Errorf("%w: those of entry %d", ErrVectors, entry)
		}
		at = t.first.at(entry)
	}
	if int(at) != t.len() {
		return fmt.Errorf("%w: %d of no entry", ErrVectors, t.len()-int(at))
	}
	return nil
}

func (t *table) entries() int { return t.first.len() - 1 }

func (t *table) len() int { return t.scales.len() }

// Entries returns the number of entries, with a vector or without.
func (v *Vectors) Entries() int { return v.questions.entries() }

// Len returns the number of vectors.
func (v *Vectors) Len() int { return v.questions.len() + v.answers.len() }

// cosine returns that of q and a vector.
func (t *table) cosine(q *Query, i uint32) float64 {
	dims, row := q.vector, t.rows[int(i)*t.dim:][:t.dim]
	var a, b, c, d int32
	for len(dims) >= 8 && len(row) >= 8 {
		x, y := (*[8]int32)(dims), (*[8]byte)(row)
		a += x[0]*int32(int8(y[0])) + x[4]*int32(int8(y[4]))
		b += x[1]*int32(int8(y[1])) + x[5]*int32(int8(y[5]))
		c += x[2]*int32(int8(y[2])) + x[6]*int32(int8(y[6]))
		d += x[3]*int32(int8(y[3])) + x[7]*int32(int8(y[7]))
		dims, row = dims[8:], row[8:]
	}
	for k, x := range dims {
		a += x * int32(int8(row[k]))
	}
	return float64(a+b+c+d) / fine * float64(math.Float32frombits(t.scales.at(i)))
}
