package bm25

import (
	"cmp"
	"context"
	"slices"
)

// A Word is one word of a query. No alternative is taken for rarer than the
// first, if any document has that: what a word may stand for does not outrank
// the word.
type Word struct {
	Weight       float64 // 1 for a word like any other
	Function     bool    // a word of grammar: it ranks documents rather than finds them
	Alternatives []Alternative
}

// An Alternative is one way to read a Word. With several terms, a document
// must have them all; it is taken for one term that is in those documents.
type Alternative struct {
	Terms  []string
	Weight float64
}

// A Match is a document that matches, and its score.
type Match struct {
	Doc      uint32
	Score    float64
	Coverage float64 // share of the query that matched, from 0 to 1
}

// Enough is how many matches make function words stop finding more, once none
// of those could be among the best Enough.
const Enough = 200

// sums holds a sum for each document. Between uses they are all zero.
type sums struct {
	score, share, word []float64
	seen               []bool
	found, touched     []uint32
}

// Score returns the documents that have a word of the query, in no order.
// Documents that have nothing but function words are among them if they can be
// among the best Enough.
func (ix *Index) Score(ctx context.Context, words []Word) ([]Match, error) {
	s := ix.sums()
	defer ix.release(s)
	ordered := slices.Clone(words)
	slices.SortStableFunc(ordered, func(a, b Word) int { return cmp.Compare(rank(a), rank(b)) })
	read, err := ix.readWords(ctx, ordered)
	if err != nil {
		return nil, err
	}
	finds := everywhere
	for i, w := range read {
		if w.Function && i > 0 && finds == everywhere {
			finds = s.finds(read[i:], read)
		}
		s.add(w, finds)
	}
	return s.matches(total(read)), ctx.Err()
}

func rank(w Word) int {
	if w.Function {
		return 1
	}
	return 0
}

func total(read []readWord) float64 {
	var t float64
	for _, w := range read {
		t += w.Weight * w.idf
	}
	return t
}

// A reach says which documents a word can find.
type reach int

const (
	everywhere reach = iota
	inNames          // those that have it in a field with Names
	nowhere          // none that no other word found
)

// finds says what the function words, the last of all words, can find.
func (s *sums) finds(function, all []readWord) reach {
	if len(s.found) == 0 {
		return everywhere
	}
	var bound, share float64
	for _, w := range function {
		bound += w.Weight * w.most
		share += w.Weight * w.idf
	}
	whole := total(all)
	bound *= coverage(share / whole)
	better := 0
	for _, d := range s.found {
		if s.score[d]*coverage(s.share[d]/whole) > bound {
			better++
		}
	}
	if better >= Enough {
		return nowhere
	}
	return inNames
}

// add adds what a word gives to the documents that have it.
func (s *sums) add(w readWord, finds reach) {
	s.touched = s.touched[:0]
	for _, a := range w.read {
		s.addAlternative(a, finds)
	}
	for _, d := range s.touched {
		s.score[d] += w.Weight * s.word[d]
		s.share[d] += w.Weight * w.idf
		s.word[d] = 0
		if !s.seen[d] {
			s.seen[d] = true
			s.found = append(s.found, d)
		}
	}
}

func (s *sums) addAlternative(a readAlternative, finds reach) {
	factor := a.weight * a.idf
	if finds == nowhere && len(s.found)*8 < a.Len() {
		s.addFound(a, factor)
		return
	}
	for _, x := range a.list {
		d := x.number()
		if finds != everywhere && !s.seen[d] && (finds == nowhere || x.doc&named == 0) {
			continue
		}
		s.best(d, factor*float64(x.impact))
	}
}

// addFound is addAlternative for few documents and many postings.
func (s *sums) addFound(a readAlternative, factor float64) {
	for _, d := range s.found {
		if impact, ok := a.find(d); ok {
			s.best(d, factor*float64(impact))
		}
	}
}

func (s *sums) best(d uint32, v float64) {
	if s.word[d] == 0 {
		s.touched = append(s.touched, d)
	}
	s.word[d] = max(s.word[d], v)
}

func (s *sums) matches(whole float64) []Match {
	matches := make([]Match, len(s.found))
	for i, d := range s.found {
		share := min(1, s.share[d]/whole)
		matches[i] = Match{d, s.score[d] * coverage(share), share}
	}
	return matches
}

// sums returns sums for all documents, to be released after use.
func (ix *Index) sums() *sums {
	if s, ok := ix.free.Get().(*sums); ok {
		return s
	}
	n := ix.total
	return &sums{score: make([]float64, n), share: make([]float64, n), word: make([]float64, n), seen: make([]bool, n)}
}

func (ix *Index) release(s *sums) {
	for _, d := range s.found {
		s.score[d], s.share[d], s.seen[d] = 0, 0, false
	}
	s.found = s.found[:0]
	ix.free.Put(s)
}
