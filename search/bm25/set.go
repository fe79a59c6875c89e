package bm25

import "math/bits"

// A Set is a set of documents, a bit for each.
type Set []uint64

// NewSet returns an empty set for that many documents.
func NewSet(docs int) Set { return make(Set, (docs+63)/64) }

// Add adds a document.
func (s Set) Add(doc uint32) { s[doc/64] |= 1 << (doc % 64) }

// Has reports whether a document is in s.
func (s Set) Has(doc uint32) bool { return s[doc/64]&(1<<(doc%64)) != 0 }

// Join adds the documents of another set for as many documents.
func (s Set) Join(other Set) {
	for i, w := range other[:len(s)] {
		s[i] |= w
	}
}

// Keep removes the documents that are not in other.
func (s Set) Keep(other Set) {
	for i, w := range other[:len(s)] {
		s[i] &= w
	}
}

// Remove removes the documents of other.
func (s Set) Remove(other Set) {
	for i, w := range other[:len(s)] {
		s[i] &^= w
	}
}

// Len returns the number of documents in s.
func (s Set) Len() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// Between returns the number of documents in s from first on, up to and
// without end.
func (s Set) Between(first, end uint32) int {
	if first >= end {
		return 0
	}
	i, last := first/64, (end-1)/64
	below := ^uint64(0) << (first % 64)
	above := ^uint64(0) >> (63 - (end-1)%64)
	if i == last {
		return bits.OnesCount64(s[i] & below & above)
	}
	n := bits.OnesCount64(s[i]&below) + bits.OnesCount64(s[last]&above)
	for _, w := range s[i+1 : last] {
		n += bits.OnesCount64(w)
	}
	return n
}

// before returns how many documents of the word of s that doc is in are before
// it.
func (s Set) before(doc uint32) int { return bits.OnesCount64(s[doc/64] & (1<<(doc%64) - 1)) }

// counts returns how many documents of s are before each of its words.
func (s Set) counts() []int32 {
	counts := make([]int32, len(s))
	n := 0
	for i, w := range s {
		counts[i] = int32(n)
		n += bits.OnesCount64(w)
	}
	return counts
}

// Each calls f with every document of s, in order.
func (s Set) Each(f func(doc uint32)) {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			f(uint32(64*i + bits.TrailingZeros64(w)))
		}
	}
}
