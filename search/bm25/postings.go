package bm25

import (
	"context"
	"fmt"
	"math"
	"slices"
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
	rooms   sync.Pool // of *room
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
	r := ix.room()
	defer ix.rooms.Put(r)
	var lists [][]occurrence
	for i, f := range ix.model.Fields {
		var err error
		if r[i], err = ix.readField(ctx, term, i, f, r[i][:0]); err != nil {
			return nil, err
		}
		if len(r[i]) > 0 {
			lists = append(lists, r[i])
		}
	}
	p := ix.merge(lists)
	p.IDF = idf(ix.total, p.Len())
	if p.Len() > ix.total/64 {
		set := NewSet(ix.total)
		p.AddTo(set)
		p.set = set
	}
	return p, nil
}

// A room is for the occurrences of a term in each field. The next term uses it
// again: new memory for each costs more than to read a common one.
type room [MaxFields][]occurrence

func (ix *Index) room() *room {
	if r, ok := ix.rooms.Get().(*room); ok {
		return r
	}
	return new(room)
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

// readField adds to list the occurrences of a term in one field.
func (ix *Index) readField(ctx context.Context, term string, i int, f Field, list []occurrence) ([]occurrence, error) {
	if err := ctx.Err(); err != nil {
		return list, err
	}
	dict, err := ix.segment.Dictionary(f.Name)
	if err != nil {
		return list, err
	}
	postings, err := dict.PostingsList([]byte(term), nil, nil)
	if err != nil || postings.Count() == 0 {
		return list, err
	}
	var flag uint32
	if f.Names {
		flag = named
	}
	list = slices.Grow(list, int(postings.Count()))
	for it := postings.Iterator(true, true, false, nil); ; {
		p, err := it.Next()
		if err != nil || p == nil {
			return list, err
		}
		length := float64(index.Length(p))
		list = append(list, occurrence{uint32(p.Number()) | flag, ix.model.part(f, float64(p.Frequency()), length, ix.pivot[i])})
	}
}

// merge joins the occurrences of one term in all fields.
func (ix *Index) merge(lists [][]occurrence) *Postings {
	size := 0
	for _, l := range lists {
		size = max(size, len(l))
	}
	if len(lists) > 1 {
		size += size / 4
	}
	p := &Postings{list: make([]posting, 0, size)}
	for {
		doc, left := first(lists)
		if left < 2 {
			break
		}
		p.add(ix.take(lists, doc))
	}
	for _, l := range lists { // only one has something left
		for _, o := range l {
			p.add(posting{o.doc, float32(ix.model.join(o.impact, o.impact, o.frequency))})
		}
	}
	return p
}

func (p *Postings) add(x posting) {
	p.list = append(p.list, x)
	p.most = max(p.most, x.impact)
}

// first returns the first document of the lists, and how many of them have
// something left.
func first(lists [][]occurrence) (doc uint32, left int) {
	doc = math.MaxUint32
	for _, l := range lists {
		if len(l) > 0 {
			doc = min(doc, l[0].number())
			left++
		}
	}
	return doc, left
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
