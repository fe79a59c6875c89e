package bm25

import (
	"context"
	"fmt"
	"math"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// An Index gives the postings of terms, weighted by a Model. It is safe for
// use by several goroutines at once, as long as its segment is open.
type Index struct {
	segment segment.Segment
	model   Model
	total   int
	pivot   [MaxFields]float64
	cache   *cache
	free    sync.Pool // of *scorer
}

// New returns an Index over s, the one segment of a bleve index. Tokens gives
// the length of each field in tokens, summed over all documents.
func New(s segment.Segment, m Model, tokens map[string]uint64) (*Index, error) {
	if len(m.Fields) == 0 || len(m.Fields) > MaxFields {
		return nil, fmt.Errorf("%w: %d", errFields, len(m.Fields))
	}
	n := int(s.Count())
	ix := &Index{segment: s, model: m, total: n, cache: newCache(n)}
	for i, f := range m.Fields {
		if ix.pivot[i] = f.Pivot; f.Pivot == 0 {
			ix.pivot[i] = float64(tokens[f.Name]) / math.Max(1, float64(n))
		}
	}
	return ix, nil
}

// Total returns the number of documents.
func (ix *Index) Total() int { return ix.total }

// Postings are the documents that have a term, in order.
type Postings struct {
	IDF  float64
	list []posting
	set  Set     // the same as list, if there are many
	most float32 // the largest impact
}

// A posting is a document and what a term gives it before idf.
type posting struct {
	doc    uint32 // with the flag named
	impact float32
}

// named flags a document that has the term in a field with Names.
const named = 1 << 31

func (p posting) number() uint32 { return p.doc &^ named }

// Len returns the number of documents.
func (p *Postings) Len() int { return len(p.list) }

// Has reports whether the document is among them.
func (p *Postings) Has(doc uint32) bool {
	if p.set != nil {
		return p.set.Has(doc)
	}
	_, ok := p.find(doc)
	return ok
}

// find returns the posting of a document.
func (p *Postings) find(doc uint32) (posting, bool) {
	list := seek(p.list, doc)
	if len(list) == 0 || list[0].number() != doc {
		return posting{}, false
	}
	return list[0], true
}

// Postings returns those of a term.
func (ix *Index) Postings(ctx context.Context, term string) (*Postings, error) {
	if p := ix.cache.get(term); p != nil {
		return p, nil
	}
	p, err := ix.read(ctx, term)
	if err != nil {
		return nil, fmt.Errorf("postings of %q: %w", term, err)
	}
	ix.cache.add(term, p)
	return p, nil
}

func (ix *Index) read(ctx context.Context, term string) (*Postings, error) {
	lists := make([][]occurrence, len(ix.model.Fields))
	for i, f := range ix.model.Fields {
		var err error
		if lists[i], err = ix.readField(ctx, term, i, f); err != nil {
			return nil, err
		}
	}
	list := ix.merge(lists)
	p := &Postings{IDF: idf(ix.total, len(list)), list: list}
	for _, x := range list {
		p.most = max(p.most, x.impact)
	}
	if len(list) > ix.total/64 {
		set := NewSet(ix.total)
		p.AddTo(set)
		p.set = set
	}
	return p, nil
}

// AddTo adds the documents to a set.
func (p *Postings) AddTo(s Set) {
	if p.set != nil {
		s.Join(p.set)
		return
	}
	for _, x := range p.list {
		s.Add(x.number())
	}
}

// An occurrence is a document that has a term in one field.
type occurrence struct {
	doc uint32 // with the flag named
	part
}

func (o occurrence) number() uint32 { return o.doc &^ named }

func (ix *Index) readField(ctx context.Context, term string, i int, f Field) ([]occurrence, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	dict, err := ix.segment.Dictionary(f.Name)
	if err != nil {
		return nil, err
	}
	postings, err := dict.PostingsList([]byte(term), nil, nil)
	if err != nil || postings.Count() == 0 {
		return nil, err
	}
	list := make([]occurrence, 0, postings.Count())
	for it := postings.Iterator(true, true, false, nil); ; {
		p, err := it.Next()
		if err != nil || p == nil {
			return list, err
		}
		length := math.Round(1 / (p.Norm() * p.Norm())) // bleve keeps 1/√length
		x := occurrence{uint32(p.Number()), ix.model.part(f, float64(p.Frequency()), length, ix.pivot[i])}
		if f.Names {
			x.doc |= named
		}
		list = append(list, x)
	}
}

// merge joins the occurrences of one term in all fields.
func (ix *Index) merge(lists [][]occurrence) []posting {
	size := 0
	for _, l := range lists {
		size = max(size, len(l))
	}
	merged := make([]posting, 0, size+size/4)
	for {
		next := uint32(math.MaxUint32)
		for _, l := range lists {
			if len(l) > 0 {
				next = min(next, l[0].number())
			}
		}
		if next == math.MaxUint32 {
			return merged
		}
		merged = append(merged, ix.take(lists, next))
	}
}

// take takes the occurrences in one document off the lists.
func (ix *Index) take(lists [][]occurrence, doc uint32) posting {
	var most, sum, z float64
	out := posting{doc: doc}
	for i, l := range lists {
		if len(l) == 0 || l[0].number() != doc {
			continue
		}
		out.doc |= l[0].doc & named
		most = max(most, l[0].impact)
		sum += l[0].impact
		z += l[0].frequency
		lists[i] = l[1:]
	}
	out.impact = float32(ix.model.join(most, sum, z))
	return out
}
