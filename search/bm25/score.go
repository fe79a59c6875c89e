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

// Found is what matches a query.
type Found struct {
	Best []Match // in no order
	All  Set
}

// Enough is how many documents with other words make minor words find none.
const Enough = 100

// The share of a word, of that of the word with the largest, below which it is
// minor, and below which it finds nothing at all.
const (
	telling = 1. / 3
	faint   = 1. / 20
)

// Score returns the best n documents among those allowed, nil for any, and
// which of all match: those that have a word of the query that is not minor.
// Minor are function words and those that tell little beside another word. If
// the matches are fewer than Enough, documents that have a minor word in a
// field with Names match too; and if no document has another word than
// function words, those that have one anywhere.
func (ix *Index) Score(ctx context.Context, words []Word, n int, allowed Set) (*Found, error) {
	weighed, err := ix.weigh(ctx, words)
	if err != nil {
		return nil, err
	}
	s := ix.scorer()
	defer ix.release(s)
	s.n, s.allowed, s.whole = n, allowed, whole(weighed)
	all, finds, err := ix.findable(ctx, weighed)
	if err != nil {
		return nil, err
	}
	if finds == inNames {
		s.allowed = both(allowed, all)
	}
	s.order(weighed)
	if err := s.run(ctx); err != nil {
		return nil, err
	}
	return &Found{s.best(), all}, nil
}

// whole is the share of a document that has every word.
func whole(words []weighedWord) float64 {
	var t float64
	for _, w := range words {
		t += w.share
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

// both returns what is in a, nil for everything, and in b.
func both(a, b Set) Set {
	c := slices.Clone(b)
	if a != nil {
		c.Keep(a)
	}
	return c
}

// findable reads the words that find documents, sets what each can find, and
// returns all that they find and what minor words can.
func (ix *Index) findable(ctx context.Context, words []weighedWord) (all Set, finds reach, err error) {
	most := 0.0
	for _, w := range words {
		if !w.Function && len(w.terms) > 0 {
			most = max(most, w.share)
		}
	}
	all = NewSet(ix.total)
	for i := range words {
		w := &words[i]
		if w.minor = w.Function || w.share < most*telling; w.minor {
			continue
		}
		if err := w.addTo(ctx, all, everywhere); err != nil {
			return nil, finds, err
		}
	}
	finds = minorReach(most > 0, all)
	for i := range words {
		w := &words[i]
		if !w.minor {
			continue
		}
		w.finds = nowhere
		if w.share < most*faint {
			continue
		}
		if err := w.addTo(ctx, all, finds); err != nil {
			return nil, finds, err
		}
	}
	return all, finds, nil
}

// minorReach returns what minor words can find beside what others found, if
// there are others.
func minorReach(beside bool, found Set) reach {
	switch {
	case !beside:
		return everywhere
	case found.Len() >= Enough:
		return nowhere
	}
	return inNames
}

// addTo makes w find no more than finds says, and adds that to all.
func (w *weighedWord) addTo(ctx context.Context, all Set, finds reach) error {
	if w.finds = finds; finds == nowhere {
		return nil
	}
	if err := w.load(ctx); err != nil {
		return err
	}
	for _, t := range w.terms {
		if finds == everywhere {
			t.postings.addTo(all)
		} else {
			t.postings.addNamed(all)
		}
	}
	return nil
}

// addNamed adds the documents that have the term in a field with Names to a
// set.
func (p *postings) addNamed(s Set) {
	for _, x := range p.list {
		if x.doc&named != 0 {
			s.Add(x.number())
		}
	}
}

// A scorer sums up scores.
type scorer struct {
	sums     []sum    // of documents that are not touched, anything
	seen     Set      // those touched; empty between uses
	touched  []uint32 // in the order in which they were
	found    []uint32 // those that can still be among the best
	marked   Set      // empty between uses
	top      []ranked
	sizes    histogram
	words    []weighedWord // those that find documents first
	rest     []limit       // of each word and those after it
	n        int
	allowed  Set
	whole    float64
	patience int // postings to scan before it is worth to ask again whether all are beaten
}

// A sum is what a document has so far.
type sum struct {
	score, share float64
	value        float64 // what the best alternative of the last word gave
	word         uint32  // number of that word, from 1
}

// A limit is the most that some words can give a document.
type limit struct{ score, share float64 }

// power returns the fourth power of score·coverage(share), but for a factor
// that is the same for all documents: it has their order and takes no roots.
func (l limit) power() float64 {
	square := l.score * l.score
	return square * square * l.share
}

func (l limit) plus(o limit) limit { return limit{l.score + o.score, l.share + o.share} }

// order puts the words first that find documents, and of those the ones that
// can give most. The order of the others, and so how their sums are rounded,
// does not depend on what was read before.
func (s *scorer) order(words []weighedWord) {
	slices.SortStableFunc(words, func(a, b weighedWord) int {
		return cmp.Or(cmp.Compare(a.finds, b.finds), cmp.Compare(b.place, a.place))
	})
	s.words = words
	s.rest = append(s.rest[:0], make([]limit, len(words)+1)...)
	for i, w := range slices.Backward(words) {
		s.rest[i] = s.rest[i+1].plus(limit{w.most, w.share})
	}
}

// run adds up all words. As long as a document that no word found so far can
// be among the best, words find documents; then they only add to those found.
func (s *scorer) run(ctx context.Context) error {
	finding := true
	for i, w := range s.words {
		for _, t := range w.terms {
			if err := ctx.Err(); err != nil {
				return err
			}
			left := limit{t.most, w.share}.plus(s.rest[i+1])
			if finding && (w.finds == nowhere || s.beaten(left)) {
				finding = false
				s.settle(left)
			}
			if finding {
				s.scan(uint32(i+1), w, t)
				continue
			}
			if err := s.lookUp(ctx, uint32(i+1), w, t); err != nil {
				return err
			}
		}
		if !finding {
			s.prune(s.rest[i+1])
		}
	}
	if finding {
		s.found = append(s.found[:0], s.touched...)
	}
	return nil
}

// slack makes up for sums of limits, which are rounded in another order.
const slack = 1 + 1e-9

// beaten reports whether n documents have more than left. It may say no to
// save the time to look.
func (s *scorer) beaten(left limit) bool {
	if len(s.touched) < s.n || s.patience > 0 {
		return false
	}
	s.patience = len(s.touched) / 2
	most, better := left.power()*slack, 0
	for _, d := range s.touched {
		if (limit{s.sums[d].score, s.sums[d].share}).power() > most {
			if better++; better == s.n {
				return true
			}
		}
	}
	return false
}

// scan adds an alternative to the documents that have it.
func (s *scorer) scan(number uint32, w weighedWord, t weighedTerm) {
	s.patience -= t.postings.len()
	for _, x := range t.postings.list {
		d := x.number()
		if s.allowed != nil && !s.allowed.Has(d) {
			continue
		}
		value := t.factor * float64(x.impact)
		if s.seen.Has(d) {
			s.sums[d].add(number, value, w.share)
			continue
		}
		s.seen.Add(d)
		s.touched = append(s.touched, d)
		s.sums[d] = sum{value, w.share, value, number}
	}
}

// lookUp adds an alternative to the found documents that have it.
func (s *scorer) lookUp(ctx context.Context, number uint32, w weighedWord, t weighedTerm) error {
	if t.postings == nil {
		var err error
		if t.postings, err = t.term.among(ctx, s.found); err != nil {
			return err
		}
	}
	s.addFound(number, w, t)
	return nil
}

func (s *scorer) addFound(number uint32, w weighedWord, t weighedTerm) {
	list := t.postings.list
	if set := t.postings.set; set != nil {
		for _, d := range s.found {
			if set.Has(d) {
				s.sums[d].add(number, t.factor*float64(list[t.postings.place(d)].impact), w.share)
			}
		}
		return
	}
	for _, d := range s.found {
		if list = seek(list, d); len(list) == 0 {
			return
		}
		if list[0].number() == d {
			s.sums[d].add(number, t.factor*float64(list[0].impact), w.share)
		}
	}
}

// add adds what an alternative of the word of that number gives, if it is
// more than what the others gave.
func (s *sum) add(number uint32, value, share float64) {
	if s.word != number {
		s.word, s.value = number, value
		s.score += value
		s.share += share
		return
	}
	if value > s.value {
		s.score += value - s.value
		s.value = value
	}
}

// seek returns the postings from doc on. It takes steps that double, and so
// little time if doc is near.
func seek(list []posting, doc uint32) []posting {
	if len(list) == 0 || list[0].number() >= doc {
		return list
	}
	step := 1
	for step < len(list) && list[step].number() < doc {
		list = list[step:]
		step *= 2
	}
	lo, hi := 1, min(step, len(list))
	for lo < hi {
		mid := (lo + hi) / 2
		if list[mid].number() < doc {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return list[lo:]
}
