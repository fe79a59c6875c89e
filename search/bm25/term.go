package bm25

import (
	"context"
	"fmt"
	"math"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"kb/index"
)

// A Term is a term of the index. It knows how many documents have it; what it
// gives them is read when it is needed.
type Term struct {
	IDF   float64
	name  string
	index *Index
	docs  int
	lists []list
	all   atomic.Pointer[postings] // nil before they are read
	asked atomic.Bool              // for some of its postings
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
func (ix *Index) termOf(p *postings) *Term {
	t := &Term{IDF: idf(ix.total, p.len()), index: ix, docs: p.len()}
	t.all.Store(p)
	return t
}

// ceiling returns a limit for what the term gives a document before idf: as
// much as the formula gives with the fields of the lists, if they say nothing
// else, rounded up, since what is read is rounded to 32 bits.
func (t *Term) ceiling() float64 {
	if p := t.all.Load(); p != nil {
		return float64(p.most)
	}
	m := &t.index.model
	var most, sum float64
	for _, l := range t.lists {
		b := m.Fields[l.field].Weight * (m.K1 + 1)
		most, sum = max(most, b), sum+b
	}
	return float64(math.Nextafter32(float32(most+m.Tie*(sum-most)+m.Blend), math.MaxFloat32))
}

// count returns how many documents are in any of the lists.
func (t *Term) count() int {
	if len(t.lists) == 1 {
		return int(t.lists[0].stored.Count())
	}
	return int(t.union().GetCardinality())
}

func (t *Term) union() *roaring.Bitmap {
	docs := roaring.New()
	for _, l := range t.lists {
		index.AddDocuments(l.stored, docs)
	}
	return docs
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

// postings returns those of the term.
func (t *Term) postings(ctx context.Context) (*postings, error) {
	if p := t.all.Load(); p != nil {
		return p, nil
	}
	p, err := t.readAll(ctx)
	if err != nil {
		return nil, t.failed(err)
	}
	t.all.Store(p)
	return p, nil
}

// among returns postings, with those of the documents at least, which are in
// order. Who asks for a second time gets all, which are kept for others.
func (t *Term) among(ctx context.Context, docs []uint32) (*postings, error) {
	if t.asked.Swap(true) || len(docs) >= t.docs || t.all.Load() != nil {
		return t.postings(ctx)
	}
	p, err := t.readSome(ctx, docs)
	if err != nil {
		return nil, t.failed(err)
	}
	return p, nil
}

func (t *Term) readSome(ctx context.Context, docs []uint32) (*postings, error) {
	cs, err := t.cursors(ctx)
	if err != nil {
		return nil, err
	}
	p := &postings{list: make([]posting, 0, len(docs))}
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

func (t *Term) readAll(ctx context.Context) (*postings, error) {
	cs, err := t.cursors(ctx)
	if err != nil {
		return nil, err
	}
	p := &postings{list: make([]posting, 0, t.docs)}
	for d := cs.doc(); d != end; d = cs.doc() {
		p.add(cs.posting(d))
		if err := cs.advance(d + 1); err != nil {
			return nil, err
		}
	}
	p.spread(t.index.total)
	return p, nil
}

// addTo adds the documents to a set. It reads no more of them than that.
func (t *Term) addTo(s Set) {
	if p := t.all.Load(); p != nil {
		p.addTo(s)
		return
	}
	t.union().Iterate(func(doc uint32) bool {
		s.Add(doc)
		return true
	})
}
