package bm25

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// A readWord is a Word with its postings.
type readWord struct {
	Word
	read  []readAlternative // what gives most first
	share float64           // of the query, in idf
	most  float64           // that it gives a document
	minor bool              // whether it ranks documents rather than finds them
	finds reach
}

type readAlternative struct {
	*Postings
	factor float64 // of an impact
	most   float64 // that it gives a document
	index  int     // in the alternatives of the word
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
		p, err := ix.alternative(ctx, a)
		if err != nil {
			return r, err
		}
		if p.Len() == 0 {
			continue
		}
		idf := min(p.IDF, limit)
		if i == 0 {
			limit = idf
		}
		largest = max(largest, a.Weight*idf)
		factor := w.Weight * a.Weight * idf
		r.read = append(r.read, readAlternative{p, factor, factor * float64(p.most), i})
		r.most = max(r.most, factor*float64(p.most))
	}
	if len(r.read) == 0 {
		largest = idf(ix.total, 0)
	}
	r.share = w.Weight * largest
	slices.SortStableFunc(r.read, func(a, b readAlternative) int { return cmp.Compare(b.most, a.most) })
	return r, nil
}

func (ix *Index) alternative(ctx context.Context, a Alternative) (*Postings, error) {
	if len(a.Terms) == 1 {
		return ix.Postings(ctx, a.Terms[0])
	}
	parts := make([]*Postings, len(a.Terms))
	for i, t := range a.Terms {
		var err error
		if parts[i], err = ix.Postings(ctx, t); err != nil {
			return nil, err
		}
	}
	return ix.intersect(parts), nil
}

// Together returns how many documents have all terms.
func (ix *Index) Together(ctx context.Context, terms []string) (int, error) {
	p, err := ix.alternative(ctx, Alternative{Terms: terms})
	if err != nil {
		return 0, err
	}
	return p.Len(), nil
}

// intersect returns the documents that are in all parts as if they had one
// term, which gives the mean of what the parts give.
func (ix *Index) intersect(parts []*Postings) *Postings {
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
			out.list = append(out.list, x)
			out.most = max(out.most, x.impact)
		}
	}
	out.IDF = idf(ix.total, len(out.list))
	return out
}
