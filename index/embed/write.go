package embed

import (
	"bufio"
	"encoding/binary"
	"io"
	"iter"
	"math"
	"slices"
)

// Write embeds the texts and writes their vectors.
func Write(w io.Writer, m *Model, texts []Text) error {
	return Rewrite(w, m, slices.All(texts), nil, nil)
}

// Rewrite writes what Write does, and takes the vectors of text i from entry
// from[i] of a file that m has written of the same text, unless that is
// negative or there is no file. Its bytes must be those that were written.
func Rewrite(w io.Writer, m *Model, texts iter.Seq2[int, Text], file []byte, from []int) error {
	e := newEncoder(m)
	var old *Vectors
	if file != nil {
		r := &reader{data: file[len(vectorsMagic)+digestSize:]}
		old, _ = r.vectors()
	}
	var questions, answers packed
	for i, t := range texts {
		questions.begin()
		answers.begin()
		if old != nil && from[i] >= 0 {
			questions.copy(&old.questions, from[i])
			answers.copy(&old.answers, from[i])
			continue
		}
		e.addTo(&questions, &answers, t)
	}
	return write(w, m, numbers(questions.first).len(), &questions, &answers)
}

// packed is a table that grows.
type packed struct {
	n                          int
	first, signs, scales, rows []byte
}

// begin begins the vectors of the next entry.
func (all *packed) begin() { all.first = binary.LittleEndian.AppendUint32(all.first, uint32(all.n)) }

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

// copy adds the vectors of an entry of t.
func (all *packed) copy(t *table, entry int) {
	from, to := int(t.first.at(uint32(entry))), int(t.first.at(uint32(entry+1)))
	all.signs = append(all.signs, t.signs[8*t.words*from:8*t.words*to]...)
	all.scales = append(all.scales, t.scales[4*from:4*to]...)
	all.rows = append(all.rows, t.rows[t.dim*from:t.dim*to]...)
	all.n += to - from
}

// addTo adds the vectors of one entry.
func (e *encoder) addTo(questions, answers *packed, t Text) {
	for _, q := range t.Questions {
		questions.add(e.embed(e.rows(q)))
	}
	for _, p := range e.passages(t.Answer) {
		answers.add(e.embed(p))
	}
}

func write(w io.Writer, m *Model, entries int, tables ...*packed) error {
	out := bufio.NewWriter(w)
	out.WriteString(vectorsMagic)
	out.Write(rawDigest(m.digest))
	binary.Write(out, binary.LittleEndian, []uint32{uint32(m.dim), uint32(entries)})
	for _, t := range tables {
		binary.Write(out, binary.LittleEndian, uint32(t.n))
	}
	for _, t := range tables {
		t.begin() // the end of the last
		for _, part := range [][]byte{t.first, t.signs, t.scales, t.rows} {
			out.Write(part)
		}
	}
	return out.Flush() // returns the first error of all
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
