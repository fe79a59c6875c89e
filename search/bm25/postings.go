package bm25

import (
	"context"
	"fmt"
	"math"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"kb/index"
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
	from []int32 // the place in list of what each word of set begins with
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
	_, ok := p.find(doc)
	return ok
}

// place returns the place in the list of a document of the set.
func (p *Postings) place(doc uint32) int {
	return int(p.from[doc/64]) + p.set.before(doc)
}

// find returns the posting of a document.
func (p *Postings) find(doc uint32) (posting, bool) {
	if p.set != nil {
		if !p.set.Has(doc) {
			return posting{}, false
		}
		return p.list[p.place(doc)], true
	}
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
	var fields []*cursor
	most := 0
	for i := range ix.model.Fields {
		c, err := ix.cursor(ctx, term, i)
		if err != nil {
			return nil, err
		}
		if c.count > 0 {
			fields = append(fields, c)
			most = max(most, c.count)
		}
	}
	if len(fields) > 1 {
		most += most / 4
	}
	p, err := ix.merge(fields, most)
	if err != nil {
		return nil, err
	}
	p.IDF = idf(ix.total, p.Len())
	if p.Len() > ix.total/64 {
		set := NewSet(ix.total)
		p.AddTo(set)
		p.set, p.from = set, set.counts()
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

// end comes after the number of any document.
const end = math.MaxUint32 &^ named

// A cursor goes through the occurrences of a term in one field.
type cursor struct {
	occurrence // at which it is; end after the last
	count      int
	postings   segment.PostingsIterator
	model      *Model
	field      Field
	pivot      float64
}

// cursor returns one at the first occurrence of a term in the i-th field.
func (ix *Index) cursor(ctx context.Context, term string, i int) (*cursor, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c := &cursor{model: &ix.model, field: ix.model.Fields[i], pivot: ix.pivot[i]}
	dict, err := ix.segment.Dictionary(c.field.Name)
	if err != nil {
		return nil, err
	}
	list, err := dict.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return nil, err
	}
	c.count = int(list.Count())
	c.postings = list.Iterator(true, true, false, nil)
	return c, c.next()
}

func (c *cursor) next() error {
	p, err := c.postings.Next()
	if err != nil || p == nil {
		c.doc = end
		return err
	}
	c.doc = uint32(p.Number())
	if c.field.Names {
		c.doc |= named
	}
	c.part = c.model.part(c.field, float64(p.Frequency()), float64(index.Length(p)), c.pivot)
	return nil
}

// merge joins the occurrences of one term in all fields. Size is how many
// documents are likely to have it.
func (ix *Index) merge(fields []*cursor, size int) (*Postings, error) {
	p := &Postings{list: make([]posting, 0, size)}
	for {
		doc := uint32(end)
		for _, c := range fields {
			doc = min(doc, c.number())
		}
		if doc == end {
			return p, nil
		}
		x, err := ix.take(fields, doc)
		if err != nil {
			return nil, err
		}
		p.list = append(p.list, x)
		p.most = max(p.most, x.impact)
	}
}

// take joins the occurrences in one document, and goes on to the next ones.
func (ix *Index) take(fields []*cursor, doc uint32) (posting, error) {
	var most, sum, z float64
	out := posting{doc: doc}
	for _, c := range fields {
		if c.number() != doc {
			continue
		}
		out.doc |= c.doc & named
		most = max(most, c.impact)
		sum += c.impact
		z += c.frequency
		if err := c.next(); err != nil {
			return out, err
		}
	}
	out.impact = float32(ix.model.join(most, sum, z))
	return out, nil
}
