package bm25

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// A weighedWord is a Word with the terms that are in the index.
type weighedWord struct {
	Word
	terms []weighedTerm
	share float64 // of the query, in idf
	most  float64 // that it gives a document
	place float64 // the larger, the earlier it is added up
	minor bool    // a word of grammar, or one that tells little
	finds reach
}

// A weighedTerm is an alternative of a word.
type weighedTerm struct {
	term     *Term
	postings *postings // nil as long as they are not needed
	factor   float64   // of an impact
	most     float64   // that it and those after it give a document
	index    int       // in the alternatives of the word
}

func (ix *Index) weigh(ctx context.Context, words []Word) ([]weighedWord, error) {
	weighed := make([]weighedWord, len(words))
	for i, w := range words {
		var err error
		if weighed[i], err = ix.weighWord(ctx, w); err != nil {
			return nil, err
		}
	}
	return weighed, nil
}

func (ix *Index) weighWord(ctx context.Context, w Word) (weighedWord, error) {
	out := weighedWord{Word: w, terms: make([]weighedTerm, 0, len(w.Alternatives))}
	highest, largest := math.Inf(1), 0.0
	for i, a := range w.Alternatives {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		t, err := ix.alternative(ctx, a)
		if err != nil {
			return out, err
		}
		if t.Len() == 0 {
			continue
		}
		worth := min(t.IDF, highest)
		if i == 0 {
			highest = worth
		}
		largest = max(largest, a.Weight*worth)
		factor := w.Weight * a.Weight * worth
		out.terms = append(out.terms, weighedTerm{term: t, factor: factor, most: factor * t.ceiling(), index: i})
	}
	if len(out.terms) == 0 {
		largest = idf(ix.total, 0)
	}
	out.share = w.Weight * largest
	out.place = out.share
	out.bound()
	return out, nil
}

// load reads the postings, and puts what gives most first.
func (w *weighedWord) load(ctx context.Context) error {
	for i := range w.terms {
		t := &w.terms[i]
		var err error
		if t.postings, err = t.term.postings(ctx); err != nil {
			return err
		}
		t.most = t.factor * float64(t.postings.most)
	}
	slices.SortFunc(w.terms, func(a, b weighedTerm) int {
		return cmp.Or(cmp.Compare(b.most, a.most), a.index-b.index)
	})
	w.bound()
	w.place = w.most
	return nil
}

// bound sets the limits of the word.
func (w *weighedWord) bound() {
	w.most = 0
	for i, t := range slices.Backward(w.terms) {
		w.most = max(w.most, t.most)
		w.terms[i].most = w.most
	}
}

func (ix *Index) alternative(ctx context.Context, a Alternative) (*Term, error) {
	if len(a.Terms) == 1 {
		return ix.Term(ctx, a.Terms[0])
	}
	parts := make([]*postings, len(a.Terms))
	for i, t := range a.Terms {
		term, err := ix.Term(ctx, t)
		if err != nil {
			return nil, err
		}
		if parts[i], err = term.postings(ctx); err != nil {
			return nil, err
		}
	}
	return ix.termOf(intersect(parts)), nil
}

// Together returns how many documents have all terms.
func (ix *Index) Together(ctx context.Context, terms []string) (int, error) {
	t, err := ix.alternative(ctx, Alternative{Terms: terms})
	if err != nil {
		return 0, err
	}
	return t.Len(), nil
}

// Having returns the documents that have any of the terms.
func (ix *Index) Having(ctx context.Context, terms ...string) (Set, error) {
	set := NewSet(ix.total)
	for _, name := range terms {
		t, err := ix.Term(ctx, name)
		if err != nil {
			return nil, err
		}
		t.addTo(set)
	}
	return set, nil
}

// intersect returns the documents that are in all parts as if they had one
// term, which gives the mean of what the parts give.
func intersect(parts []*postings) *postings {
	out := &postings{}
	if len(parts) == 0 {
		return out
	}
	slices.SortStableFunc(parts, func(a, b *postings) int { return a.len() - b.len() })
	for _, x := range parts[0].list {
		sum, all := float64(x.impact), true
		for _, p := range parts[1:] {
			y, ok := p.find(x.number())
			sum, all = sum+float64(y.impact), all && ok
			x.doc &= y.doc
		}
		if all {
			x.impact = float32(sum / float64(len(parts)))
			out.add(x)
		}
	}
	return out
}
