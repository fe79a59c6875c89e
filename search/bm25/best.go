package bm25

import (
	"math"
	"slices"
)

// A ranked document has a power that grows with its score.
type ranked struct {
	power float64
	doc   uint32
}

// worse reports whether a comes after b among the best.
func (a ranked) worse(b ranked) bool {
	return a.power < b.power || a.power == b.power && a.doc > b.doc
}

// rank puts the n best of the documents into s.top, the worst of them first if
// there are n.
func (s *scorer) rank(docs []uint32) {
	s.top = s.top[:0]
	first := docs[:min(s.n, len(docs))]
	for _, d := range first {
		s.top = append(s.top, s.ranked(d))
	}
	if len(first) < s.n || s.n == 0 {
		return
	}
	for i := s.n/2 - 1; i >= 0; i-- {
		s.sink(i)
	}
	for _, d := range docs[s.n:] {
		if r := s.ranked(d); s.top[0].worse(r) {
			s.top[0] = r
			s.sink(0)
		}
	}
}

func (s *scorer) ranked(doc uint32) ranked {
	sum := &s.sums[doc]
	return ranked{limit{sum.score, sum.share}.power(), doc}
}

// sink moves a document down the heap to its place.
func (s *scorer) sink(i int) {
	heap, r := s.top, s.top[i]
	for {
		child := 2*i + 1
		if child >= len(heap) {
			break
		}
		if child+1 < len(heap) && heap[child+1].worse(heap[child]) {
			child++
		}
		if r.worse(heap[child]) {
			break
		}
		heap[i] = heap[child]
		i = child
	}
	heap[i] = r
}

// few is how many times n documents are so few that pruning saves nothing.
const few = 4

// settle takes the documents that can be among the best with what is left for
// those found, in the order of documents.
func (s *scorer) settle(left limit) {
	least := s.least(s.touched)
	for _, d := range s.touched {
		if s.reaches(d, left, least) {
			s.marked.Add(d)
		}
	}
	s.marked.Each(func(d uint32) { s.found = append(s.found, d) })
	clear(s.marked)
}

// prune leaves those found that can be among the best with what is left.
func (s *scorer) prune(left limit) {
	least := s.least(s.found)
	if least == 0 {
		return
	}
	s.found = slices.DeleteFunc(s.found, func(d uint32) bool { return !s.reaches(d, left, least) })
}

// A histogram counts powers by their size, the largest first. A step is an
// eighth of what doubles a power, about two percent of a score.
type histogram [1 << 10]uint32

const (
	stepBits  = 3
	stepShift = 52 - stepBits // of the 52 bits of a float64 behind its exponent
)

// least returns a power that n of the documents have at least, and few more of
// them, or 0, also where they are few.
func (s *scorer) least(docs []uint32) float64 {
	if s.n == 0 || len(docs) <= few*s.n {
		return 0
	}
	clear(s.sizes[:])
	top := math.Float64bits(s.rest[0].power()*slack) >> stepShift
	last := uint64(len(s.sizes) - 1)
	for _, d := range docs {
		sum := &s.sums[d]
		size := math.Float64bits(limit{sum.score, sum.share}.power()) >> stepShift
		s.sizes[min(top-size, last)]++
	}
	n := 0
	for i, count := range s.sizes[:last] {
		if n += int(count); n >= s.n {
			return math.Float64frombits((top - uint64(i)) << stepShift)
		}
	}
	return 0
}

// reaches reports whether a document can have a power with what is left.
func (s *scorer) reaches(doc uint32, left limit, least float64) bool {
	sum := &s.sums[doc]
	return left.plus(limit{sum.score, sum.share}).power()*slack >= least
}

// best returns the n best documents found.
func (s *scorer) best() []Match {
	s.rank(s.found)
	matches := make([]Match, len(s.top))
	for i, r := range s.top {
		sum := s.sums[r.doc]
		share := min(1, sum.share/s.whole)
		matches[i] = Match{r.doc, sum.score * coverage(share), share}
	}
	return matches
}

// scorer returns one for all documents, to be released after use.
func (ix *Index) scorer() *scorer {
	if s, ok := ix.free.Get().(*scorer); ok {
		return s
	}
	return &scorer{sums: make([]sum, ix.total), seen: NewSet(ix.total), marked: NewSet(ix.total)}
}

func (ix *Index) release(s *scorer) {
	clear(s.seen)
	s.touched, s.found, s.words, s.allowed = s.touched[:0], s.found[:0], nil, nil
	s.patience = 0
	ix.free.Put(s)
}
