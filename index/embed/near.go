package embed

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"sort"
)

// A Query is a text to compare with many entries.
type Query struct {
	vector []int32 // times fine
	signs  []uint64
}

// fine makes integers of the dimensions of a query, which are multiplied in
// half the time of fractions. The sum of their products with those of a vector
// stays below fine times the length of the vector, 127·√dim: it fits into 32
// bits up to 4096 dimensions.
const fine = 1 << 17

// NewQuery returns the query of a unit vector.
func NewQuery(vector []float32) *Query {
	q := &Query{make([]int32, len(vector)), signs(vector)}
	for i, x := range vector {
		q.vector[i] = int32(math.Round(float64(x) * fine))
	}
	return q
}

// A Near is an entry and its cosine to a query.
type Near struct {
	Entry  uint32
	Cosine float64
}

// compared is how many vectors of the questions of an entry, and how many of
// its answer, are compared exactly with a query: of more, those whose signs
// agree with it most.
const compared = 8

// Cosine returns the largest cosine of q with a vector of the entry, or 0 if
// it is negative or there is none.
func (v *Vectors) Cosine(q *Query, entry uint32) float64 {
	return max(v.questions.nearest(q, entry), v.answers.nearest(q, entry))
}

// nearest returns the largest cosine of q with a vector of the entry, or 0.
func (t *table) nearest(q *Query, entry uint32) float64 {
	first, end := t.first.at(entry), t.first.at(entry+1)
	limit := math.MaxInt
	if end-first > compared {
		limit = t.limit(q, first, end)
	}
	var most float64
	for i := first; i < end; i++ {
		if t.distance(q, i) <= limit {
			most = max(most, t.cosine(q, i))
		}
	}
	return most
}

// limit returns the distance of the compared nearest vectors of some.
func (t *table) limit(q *Query, first, end uint32) int {
	var nearest [compared]int
	for i := range nearest {
		nearest[i] = math.MaxInt
	}
	for i := first; i < end; i++ {
		d := t.distance(q, i)
		for k := range nearest {
			if d < nearest[k] {
				d, nearest[k] = nearest[k], d
			}
		}
	}
	return nearest[compared-1]
}

// distance returns how many signs of a vector differ from those of q.
func (t *table) distance(q *Query, i uint32) int {
	d := 0
	for k, s := range q.signs {
		d += bits.OnesCount64(s ^ binary.LittleEndian.Uint64(t.signs[8*(int(i)*t.words+k):]))
	}
	return d
}

// fewAnswers is up to how many vectors of answers are looked through beside
// those of questions, which alone find nearly as much: the answers of thousands
// of entries take longer than all else that a query needs.
const fewAnswers = 1 << 13

// Nearest returns the entries whose questions are likely nearest to q, and, if
// there are few, those whose answers are, about n of each, with the cosines of
// these, in the order of entries.
func (v *Vectors) Nearest(q *Query, n int) []Near {
	near := v.questions.likeliest(q, n)
	if v.answers.len() > fewAnswers {
		return near
	}
	near = append(near, v.answers.likeliest(q, n)...)
	slices.SortFunc(near, func(a, b Near) int {
		return cmp.Or(cmp.Compare(a.Entry, b.Entry), cmp.Compare(b.Cosine, a.Cosine))
	})
	return slices.CompactFunc(near, func(a, b Near) bool { return a.Entry == b.Entry })
}

// likeliest returns the entries of about n vectors, those whose signs agree
// most with q. Charikar: Similarity Estimation Techniques from Rounding
// Algorithms, STOC 2002.
func (t *table) likeliest(q *Query, n int) []Near {
	likely := t.likely(q, n)
	near := make([]Near, 0, len(likely))
	entry := uint32(0)
	for _, i := range likely {
		entry = t.entryOf(i, entry)
		c := t.cosine(q, i)
		if last := len(near) - 1; last >= 0 && near[last].Entry == entry {
			near[last].Cosine = max(near[last].Cosine, c)
			continue
		}
		near = append(near, Near{entry, c})
	}
	return near
}

// entryOf returns the entry of a vector, which is not before from.
func (t *table) entryOf(i, from uint32) uint32 {
	rest := t.entries() - int(from)
	return from + uint32(sort.Search(rest, func(k int) bool { return t.first.at(from+uint32(k)+1) > i }))
}

// likely returns about n vectors whose signs agree most with those of q, in
// order: never fewer, if there are, and more where several agree as much.
func (t *table) likely(q *Query, n int) []uint32 { return sift(t.signs, q.signs, n).result() }

// sift puts vectors, given as their signs, through a sieve of n: their distance
// is how many signs differ from those of one.
func sift(signs []byte, one []uint64, n int) *sieve {
	s := newSieve(n, 64*len(one))
	if len(one) == 1 {
		s.siftWords(signs, one[0])
		return s
	}
	i := uint32(0)
	for ; len(signs) >= 8*len(one); signs = signs[8*len(one):] {
		d := bits.OnesCount64(binary.LittleEndian.Uint64(signs) ^ one[0])
		for k, o := range one[1:] {
			d += bits.OnesCount64(binary.LittleEndian.Uint64(signs[8*(k+1):]) ^ o)
		}
		s.take(i, d)
		i++
	}
	return s
}

// siftWords is sift for vectors of 64 dimensions. Nearly all are too far, and
// four at a time are passed over in a fraction of the time.
func (s *sieve) siftWords(signs []byte, one uint64) {
	i := 0
	for ; i+32 <= len(signs); i += 32 {
		four := signs[i : i+32 : i+32]
		a, b := differ(four[:8], one), differ(four[8:16], one)
		c, d := differ(four[16:24], one), differ(four[24:32], one)
		if min(a, b, c, d) > s.limit {
			continue
		}
		for k, distance := range [...]int{a, b, c, d} {
			s.take(uint32(i/8+k), distance)
		}
	}
	for ; i < len(signs); i += 8 {
		s.take(uint32(i/8), differ(signs[i:], one))
	}
}

// differ returns how many of the first 64 bits of signs differ from one.
func differ(signs []byte, one uint64) int {
	return bits.OnesCount64(binary.LittleEndian.Uint64(signs) ^ one)
}

// A sieve keeps the n vectors of the least distance, and those that are as
// far as the last of them.
type sieve struct {
	n         int
	limit     int // no vector farther away is kept
	within    int // how many are no farther
	histogram []int
	kept      []candidate
	room      int // of kept, before what is beyond the limit is dropped
}

type candidate struct {
	vector   uint32
	distance uint16
}

func newSieve(n, most int) *sieve {
	return &sieve{n: n, limit: most, histogram: make([]int, most+1), kept: make([]candidate, 0, 2*n), room: 2 * n}
}

// take keeps a vector that is not too far.
func (s *sieve) take(vector uint32, distance int) {
	if distance <= s.limit {
		s.keep(vector, distance)
	}
}

func (s *sieve) keep(vector uint32, distance int) {
	if len(s.kept) >= s.room {
		s.drop()
		s.room = max(s.room, 2*len(s.kept))
	}
	s.kept = append(s.kept, candidate{vector, uint16(distance)})
	s.histogram[distance]++
	for s.within++; s.within-s.histogram[s.limit] >= s.n && s.limit > 0; s.limit-- {
		s.within -= s.histogram[s.limit]
	}
}

func (s *sieve) drop() {
	s.kept = slices.DeleteFunc(s.kept, func(c candidate) bool { return int(c.distance) > s.limit })
}

func (s *sieve) result() []uint32 {
	s.drop()
	vectors := make([]uint32, len(s.kept))
	for i, c := range s.kept {
		vectors[i] = c.vector
	}
	return vectors
}

// Best returns the n nearest in order: by cosine, then by place in the corpus.
func Best(near []Near, n int) []Near {
	slices.SortFunc(near, func(a, b Near) int {
		return cmp.Or(cmp.Compare(b.Cosine, a.Cosine), cmp.Compare(a.Entry, b.Entry))
	})
	return near[:min(n, len(near))]
}
