package bm25

import (
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

// postings are the documents that have a term, in order.
type postings struct {
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

// len returns the number of documents.
func (p *postings) len() int { return len(p.list) }

// place returns the place in the list of a document of the set.
func (p *postings) place(doc uint32) int {
	return int(p.from[doc/64]) + p.set.before(doc)
}

// find returns the posting of a document.
func (p *postings) find(doc uint32) (posting, bool) {
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

// add adds a posting, which comes after all others.
func (p *postings) add(x posting) {
	p.list = append(p.list, x)
	p.most = max(p.most, x.impact)
}

// many reports whether postings are so many that their set takes little
// beside them.
func many(docs, total int) bool { return docs > total/64 }

// spread makes the set, if there are many postings among all documents.
func (p *postings) spread(total int) {
	if many(p.len(), total) {
		set := NewSet(total)
		p.addTo(set)
		p.set, p.from = set, set.counts()
	}
}

// addTo adds the documents to a set.
func (p *postings) addTo(s Set) {
	if p.set != nil {
		s.Join(p.set)
		return
	}
	for _, x := range p.list {
		s.Add(x.number())
	}
}
