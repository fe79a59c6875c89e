package bm25

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// A Term is a term of the index. It knows how many documents have it; which
// ones, and what it gives them, is read when it is asked for.
type Term struct {
	IDF   float64
	name  string
	index *Index
	docs  int
	lists []list
	read  atomic.Pointer[Postings]
	asked atomic.Bool // for some of its postings
}

// A list is the documents that have a term in one field, as they are stored.
type list struct {
	field  int // of the model
	stored segment.PostingsList
}

// Term returns a term, which need not be in any document.
func (ix *Index) Term(ctx context.Context, name string) (*Term, error) {
	if t := ix.cache.get(name); t != nil {
		return t, nil
	}
	t := &Term{index: ix, name: name}
	if err := t.open(ctx); err != nil {
		return nil, t.failed(err)
	}
	return ix.cache.add(t), nil
}

func (t *Term) failed(err error) error { return fmt.Errorf("postings of %q: %w", t.name, err) }

// open finds the lists and counts their documents.
func (t *Term) open(ctx context.Context) error {
	for i, f := range t.index.model.Fields {
		if err := ctx.Err(); err != nil {
			return err
		}
		dict, err := t.index.segment.Dictionary(f.Name)
		if err != nil {
			return err
		}
		stored, err := dict.PostingsList([]byte(t.name), nil, nil)
		if err != nil {
			return err
		}
		if stored.Count() > 0 {
			t.lists = append(t.lists, list{i, stored})
		}
	}
	t.docs = t.count()
	t.IDF = idf(t.index.total, t.docs)
	return nil
}

// termOf returns a term with those postings.
func (ix *Index) termOf(p *Postings) *Term {
	t := &Term{IDF: idf(ix.total, p.Len()), index: ix, docs: p.Len()}
	t.read.Store(p)
	return t
}

// limit returns a limit for what the term gives a document before idf: as much
// as the formula gives with the fields of the lists, if they say nothing else.
func (t *Term) limit() float64 {
	if p := t.read.Load(); p != nil {
		return float64(p.most)
	}
	m := &t.index.model
	var most, sum float64
	for _, l := range t.lists {
		b := m.Fields[l.field].Weight * (m.K1 + 1)
		most, sum = max(most, b), sum+b
	}
	return most + m.Tie*(sum-most) + m.Blend
}

// count returns how many documents are in any of the lists.
func (t *Term) count() int {
	if len(t.lists) == 1 {
		return int(t.lists[0].stored.Count())
	}
	docs := roaring.New()
	for _, l := range t.lists {
		l.addTo(docs)
	}
	return int(docs.GetCardinality())
}

func (l list) addTo(docs *roaring.Bitmap) {
	it := l.stored.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
	if doc, only := it.DocNum1Hit(); only {
		docs.Add(uint32(doc))
		return
	}
	docs.Or(it.ActualBitmap())
}

// Len returns the number of documents.
func (t *Term) Len() int { return t.docs }

// size returns the bytes that the postings take when they are read.
func (t *Term) size() int {
	size := postingSize * t.docs
	if many(t.docs, t.index.total) {
		size += t.index.total / 64 * (8 + 4)
	}
	return size
}

// Postings returns those of the term.
func (t *Term) Postings(ctx context.Context) (*Postings, error) {
	if p := t.read.Load(); p != nil {
		return p, nil
	}
	p, err := t.all(ctx)
	if err != nil {
		return nil, t.failed(err)
	}
	t.read.Store(p)
	return p, nil
}

// among returns postings, with those of the documents at least, which are in
// order. Who asks for a second time gets all, which are kept for others.
func (t *Term) among(ctx context.Context, docs []uint32) (*Postings, error) {
	if t.asked.Swap(true) || t.read.Load() != nil {
		return t.Postings(ctx)
	}
	p, err := t.some(ctx, docs)
	if err != nil {
		return nil, t.failed(err)
	}
	return p, nil
}

func (t *Term) some(ctx context.Context, docs []uint32) (*Postings, error) {
	cs, err := t.cursors(ctx)
	if err != nil {
		return nil, err
	}
	p := &Postings{}
	for _, d := range docs {
		if err := cs.advance(d); err != nil {
			return nil, err
		}
		if cs.doc() == d {
			p.add(cs.posting(d))
		}
	}
	return p, nil
}

func (t *Term) all(ctx context.Context) (*Postings, error) {
	cs, err := t.cursors(ctx)
	if err != nil {
		return nil, err
	}
	p := &Postings{list: make([]posting, 0, t.docs)}
	for d := cs.doc(); d != end; d = cs.doc() {
		p.add(cs.posting(d))
		if err := cs.advance(d + 1); err != nil {
			return nil, err
		}
	}
	p.spread(t.index.total)
	return p, nil
}
