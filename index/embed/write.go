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
	var vectors []vector
	for i, t := range texts {
		first = append(first, uint32(len(vectors)))
		if file != nil && from[i] >= 0 {
			vectors = old.append(vectors, from[i])
			continue
		}
		vectors = e.append(vectors, t)
	}
	first = append(first, uint32(len(vectors)))
	return write(w, m, first, vectors)
}

// A vector is one as it is written.
type vector struct{ signs, scale, row []byte }

func newVector(v []float32) vector {
	var signed, scaled []byte
	for _, word := range signs(v) {
		signed = binary.LittleEndian.AppendUint64(signed, word)
	}
	row, scale := pack(v)
	return vector{signed, binary.LittleEndian.AppendUint32(scaled, math.Float32bits(scale)), row}
}

// append adds the vectors of one entry.
func (e *encoder) append(all []vector, t Text) []vector {
	for _, q := range t.Questions {
		if v := e.embed(e.rows(q)); v != nil {
			all = append(all, newVector(v))
		}
	}
	for _, p := range e.passages(t.Answer) {
		if v := e.embed(p); v != nil {
			all = append(all, newVector(v))
		}
	}
	return all
}

func write(w io.Writer, m *Model, first []uint32, vectors []vector) error {
	out := bufio.NewWriter(w)
	out.WriteString(vectorsMagic)
	out.Write(rawDigest(m.digest))
	binary.Write(out, binary.LittleEndian, []uint32{uint32(m.dim), uint32(len(first) - 1), uint32(len(vectors))})
	binary.Write(out, binary.LittleEndian, first)
	for _, part := range []func(vector) []byte{
		func(v vector) []byte { return v.signs },
		func(v vector) []byte { return v.scale },
		func(v vector) []byte { return v.row },
	} {
		for _, v := range vectors {
			out.Write(part(v))
		}
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

// append adds the vectors of an entry.
func (a archive) append(all []vector, entry int) []vector {
	first := func(i int) int { return int(binary.LittleEndian.Uint32(a.first[4*i:])) }
	for i := first(entry); i < first(entry+1); i++ {
		all = append(all, vector{a.signs[i*a.signed:][:a.signed], a.scales[4*i:][:4], a.rows[i*a.dim:][:a.dim]})
	}
	return all
}

// pack returns v as signed bytes and the scale that makes it v again.
func pack(v []float32) ([]byte, float32) {
	var most float32
	for _, x := range v {
		most = max(most, x, -x)
	}
	p := make([]byte, len(v))
	if most == 0 {
		return p, 0
	}
	for i, x := range v {
		p[i] = byte(int8(math.Round(float64(x / most * math.MaxInt8))))
	}
	return p, most / math.MaxInt8
}
