package embed

import (
	"bufio"
	"encoding/binary"
	"io"
	"math"
)

// Write embeds the texts and writes their vectors.
func Write(w io.Writer, m *Model, texts []Text) error { return Rewrite(w, m, texts, nil, nil) }

// Rewrite writes what Write does, and takes the vectors of text i from entry
// from[i] of a file that m has written of the same text, unless that is
// negative or there is no file. Its bytes must be those that were written.
func Rewrite(w io.Writer, m *Model, texts []Text, file []byte, from []int) error {
	e := newEncoder(m)
	old := newArchive(file)
	first := make([]uint32, 0, len(texts)+1)
	var vectors packed
	for i, t := range texts {
		first = append(first, uint32(vectors.n))
		if file != nil && from[i] >= 0 {
			old.addTo(&vectors, from[i])
			continue
		}
		e.addTo(&vectors, t)
	}
	first = append(first, uint32(vectors.n))
	return write(w, m, first, vectors)
}

// packed are vectors as a file has them.
type packed struct {
	n                   int
	signs, scales, rows []byte
}

// add adds a vector, unless it is nil.
func (all *packed) add(v []float32) {
	if v == nil {
		return
	}
	for _, word := range signs(v) {
		all.signs = binary.LittleEndian.AppendUint64(all.signs, word)
	}
	var scale float32
	all.rows, scale = pack(all.rows, v)
	all.scales = binary.LittleEndian.AppendUint32(all.scales, math.Float32bits(scale))
	all.n++
}

// addTo adds the vectors of one entry.
func (e *encoder) addTo(all *packed, t Text) {
	for _, q := range t.Questions {
		all.add(e.embed(e.rows(q)))
	}
	for _, p := range e.passages(t.Answer) {
		all.add(e.embed(p))
	}
}

func write(w io.Writer, m *Model, first []uint32, vectors packed) error {
	out := bufio.NewWriter(w)
	out.WriteString(vectorsMagic)
	out.Write(rawDigest(m.digest))
	binary.Write(out, binary.LittleEndian, []uint32{uint32(m.dim), uint32(len(first) - 1), uint32(vectors.n)})
	binary.Write(out, binary.LittleEndian, first)
	for _, part := range [][]byte{vectors.signs, vectors.scales, vectors.rows} {
		out.Write(part)
	}
	return out.Flush() // returns the first error of all
}

// An archive is a file of vectors in its parts.
type archive struct {
	dim, signed         int // bytes of a row and of its signs
	first               []byte
	signs, scales, rows []byte
}

func newArchive(file []byte) archive {
	if file == nil {
		return archive{}
	}
	at := len(vectorsMagic) + digestSize
	number := func(i int) int { return int(binary.LittleEndian.Uint32(file[at+4*i:])) }
	dim, entries, n := number(0), number(1), number(2)
	rest := file[at+12:]
	take := func(n int) []byte {
		part := rest[:n]
		rest = rest[n:]
		return part
	}
	signed := (dim + 63) / 64 * 8
	return archive{dim, signed, take(4 * (entries + 1)), take(signed * n), take(4 * n), rest}
}

// addTo adds the vectors of an entry.
func (a archive) addTo(all *packed, entry int) {
	first := func(i int) int { return int(binary.LittleEndian.Uint32(a.first[4*i:])) }
	from, to := first(entry), first(entry+1)
	all.signs = append(all.signs, a.signs[from*a.signed:to*a.signed]...)
	all.scales = append(all.scales, a.scales[4*from:4*to]...)
	all.rows = append(all.rows, a.rows[from*a.dim:to*a.dim]...)
	all.n += to - from
}

// pack appends v as signed bytes, and returns the scale that makes them v
// again.
func pack(to []byte, v []float32) ([]byte, float32) {
	var most float32
	for _, x := range v {
		most = max(most, x, -x)
	}
	if most == 0 {
		return append(to, make([]byte, len(v))...), 0
	}
	for _, x := range v {
		to = append(to, byte(int8(math.Round(float64(x/most*math.MaxInt8)))))
	}
	return to, most / math.MaxInt8
}
