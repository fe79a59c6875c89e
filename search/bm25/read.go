package bm25

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// A readWord is a Word with the terms that are in the index.
type readWord struct {
	Word
	read  []readAlternative
	share float64 // of the query, in idf
	most  float64 // that it gives a document
	place float64 // the larger, the earlier it is added up
	minor bool    // whether it ranks documents rather than finds them
	finds reach
}

type readAlternative struct {
	*Postings // nil as long as they are not needed
	term      *Term
	factor    float64 // of an impact
	most      float64 // that it and those after it give a document
	index     int     // in the alternatives of the word
}

func (ix *Index) readWords(ctx context.Context, words []Word) ([]readWord, error) {
	read := make([]readWord, len(words))
	for i, w := range words {
		var err error
		if read[i], err = ix.readWord(ctx, w); err != nil {
			return nil, err
		}
	}
	return read, nil
}

func (ix *Index) readWord(ctx context.Context, w Word) (readWord, error) {
	r := readWord{Word: w, read: make([]readAlternative, 0, len(w.Alternatives))}
	limit, largest := math.Inf(1), 0.0
	for i, a := range w.Alternatives {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		t, err := ix.alternative(ctx, a)
		if err != nil {
			return r, err
		}
		if t.Len() == 0 {
			continue
		}
		idf := min(t.IDF, limit)
		if i == 0 {
			limit = idf
		}
		largest = max(largest, a.Weight*idf)
		factor := w.Weight * a.Weight * idf
		r.read = append(r.read, readAlternative{nil, t, factor, factor * t.limit(), i})
	}
	if len(r.read) == 0 {
		largest = idf(ix.total, 0)
	}
	r.share = w.Weight * largest
	r.place = r.share
	r.bound()
	return r, nil
}

// load reads the postings, and puts what gives most first.
func (w *readWord) load(ctx context.Context) error {
	for i := range w.read {
		a := &w.read[i]
		var err error
		if a.Postings, err = a.term.Postings(ctx); err != nil {
			return err
		}
		a.most = a.factor * float64(a.Postings.most)
	}
	slices.SortFunc(w.read, func(a, b readAlternative) int {
		return cmp.Or(cmp.Compare(b.most, a.most), a.index-b.index)
	})
	w.bound()
	w.place = w.most
	return nil
}

// bound sets the limits of the word.
func (w *readWord) bound() {
	w.most = 0
	for i, a := range slices.Backward(w.read) {
		w.most = max(w.most, a.most)
		w.read[i].most = w.most
	}
}

func (ix *Index) alternative(ctx context.Context, a Alternative) (*Term, error) {
	if len(a.Terms) == 1 {
		return ix.Term(ctx, a.Terms[0])
	}
	parts := make([]*Postings, len(a.Terms))
	for i, t := range a.Terms {
		term, err := ix.Term(ctx, t)
		if err != nil {
			return nil, err
		}
		if parts[i], err = term.Postings(ctx); err != nil {
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
		p, err := t.Postings(ctx)
		if err != nil {
			return nil, err
		}
		p.AddTo(set)
	}
	return set, nil
}

// intersect returns the documents that are in all parts as if they had one
// term, which gives the mean of what the parts give.
func intersect(parts []*Postings) *Postings {
	out := &Postings{}
	if len(parts) == 0 {
		return out
	}
	slices.SortStableFunc(parts, func(a, b *Postings) int { return a.Len() - b.Len() })
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
