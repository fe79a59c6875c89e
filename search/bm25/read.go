package bm25

import (
	"context"
	"slices"
)

// A readWord is a Word with its postings.
type readWord struct {
	Word
	read []readAlternative
	idf  float64 // the largest weight·idf of an alternative
	most float64 // the largest weight·idf·impact
}

type readAlternative struct {
	*Postings
	weight float64
	idf    float64
	index  int // in the alternatives of the word
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
	r := readWord{Word: w}
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
		idf := p.IDF
		if len(r.read) > 0 && r.read[0].index == 0 {
			idf = min(idf, r.read[0].idf)
		}
		r.read = append(r.read, readAlternative{p, a.Weight, idf, i})
		r.idf = max(r.idf, a.Weight*idf)
		r.most = max(r.most, a.Weight*idf*float64(p.most))
	}
	if len(r.read) == 0 {
		r.idf = idf(ix.total, 0)
	}
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

// intersect returns the documents that are in all parts as if they had one
// term, which gives the mean of what the parts give.
func (ix *Index) intersect(parts []*Postings) *Postings {
	out := &Postings{}
	if len(parts) == 0 {
		return out
	}
	slices.SortStableFunc(parts, func(a, b *Postings) int { return a.Len() - b.Len() })
	for _, x := range parts[0].list {
		sum, all := x.impact, true
		for _, p := range parts[1:] {
			impact, ok := p.find(x.number())
			sum, all = sum+impact, all && ok
		}
		if all {
			x.impact = sum / float32(len(parts))
			out.list = append(out.list, x)
			out.most = max(out.most, x.impact)
		}
	}
	out.IDF = idf(ix.total, len(out.list))
	return out
}
