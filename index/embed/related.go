package embed

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
)

// A Related is a stem near to another one.
type Related struct {
	Stem   string
	Cosine float64
}

// likely is how many stems are compared exactly with one: those whose signs
// agree with it most.
const likely = 256

// Related returns the stems whose vectors have at least that cosine with that
// of a stem, the nearest first. It looks at the likeliest few hundred.
func (m *Model) Related(stem string, least float64) []Related {
	row := m.row(stem)
	if row == unknown || m.tokenizer != nil { // a piece of a word is no stem of the index
		return nil
	}
	var related []Related
	for _, other := range m.likely(row) {
		if c := m.rowCosine(row, other); other != row && c >= least {
			related = append(related, Related{m.stem(other), c})
		}
	}
	slices.SortFunc(related, func(a, b Related) int {
		return cmp.Or(cmp.Compare(b.Cosine, a.Cosine), cmp.Compare(a.Stem, b.Stem))
	})
	return related
}

// likely returns the rows whose signs agree most with those of a row.
func (m *Model) likely(row int) []int {
	one := make([]uint64, m.words())
	for k := range one {
		one[k] = binary.LittleEndian.Uint64(m.lookup.signs[8*(row*len(one)+k):])
	}
	s := sift(m.lookup.signs, one, likely+1)
	rows := make([]int, 0, likely)
	for _, c := range s.kept {
		if int(c.distance) < s.limit {
			rows = append(rows, int(c.vector))
		}
	}
	return rows
}

// readSigns returns a bit for each dimension of each row: whether it is
// negative, as the lookup has them.
func (m *Model) readSigns() []byte {
	size := 8 * m.words()
	signs := make([]byte, m.stems*size)
	for row := range m.stems {
		v := m.rows[row*m.dim : (row+1)*m.dim]
		for i := 0; i < len(v); i += 8 {
			var eight [8]byte
			copy(eight[:], v[i:])
			signs[row*size+i/8] = byte(eightSigns(binary.LittleEndian.Uint64(eight[:])))
		}
	}
	return signs
}

// eightSigns gathers the highest bits of eight bytes.
func eightSigns(x uint64) uint64 {
	const high, gather = 0x8080808080808080, 0x0002040810204081
	return (x & high) * gather >> 56
}

func (m *Model) rowCosine(a, b int) float64 {
	var dot, aa, bb int32
	x, y := m.rows[a*m.dim:(a+1)*m.dim], m.rows[b*m.dim:(b+1)*m.dim]
	for i := range len(x) {
		p, q := int32(int8(x[i])), int32(int8(y[i]))
		dot += p * q
		aa += p * p
		bb += q * q
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return float64(dot) / math.Sqrt(float64(aa)*float64(bb))
}

// stem returns the stem of a row.
func (m *Model) stem(row int) string {
	first, at := m.lookup.first(row / blockSize)
	current := append(make([]byte, 0, 2*maxWord), first...)
	for range row % blockSize {
		current, at = m.follow(current, at)
	}
	return string(current)
}
