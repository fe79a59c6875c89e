package bm25

import (
	"context"
	"math"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"kb/index"
)

// Cursors go through the documents that have a term, in all fields at once.
type cursors struct {
	model  *Model
	fields []cursor
}

// A cursor goes through the occurrences of a term in one field.
type cursor struct {
	doc      uint32 // at which it is; end after the last
	part     part
	postings segment.PostingsIterator
	field    *Field
	pivot    float64
}

// end comes after the number of any document.
const end = math.MaxUint32 &^ named

// cursors returns those of a term, at the first document.
func (t *Term) cursors(ctx context.Context) (*cursors, error) {
	cs := &cursors{&t.index.model, make([]cursor, len(t.lists))}
	for i, l := range t.lists {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		cs.fields[i] = cursor{
			postings: l.stored.Iterator(true, true, false, nil),
			field:    &t.index.model.Fields[l.field],
			pivot:    t.index.pivot[l.field],
		}
		if err := cs.fields[i].advance(cs.model, 0); err != nil {
			return nil, err
		}
	}
	return cs, nil
}

// advance moves to the first occurrence in that document or after it. The
// cursor is at one before it.
func (c *cursor) advance(m *Model, doc uint32) error {
	p, err := c.postings.Advance(uint64(doc))
	if err != nil || p == nil {
		c.doc = end
		return err
	}
	c.doc = uint32(p.Number())
	c.part = m.part(c.field, float64(p.Frequency()), float64(index.Length(p)), c.pivot)
	return nil
}

// advance moves those that are before a document there, or after it.
func (cs *cursors) advance(doc uint32) error {
	for i := range cs.fields {
		if c := &cs.fields[i]; c.doc < doc {
			if err := c.advance(cs.model, doc); err != nil {
				return err
			}
		}
	}
	return nil
}

// doc returns the first document at which one is, or end.
func (cs *cursors) doc() uint32 {
	doc := uint32(end)
	for i := range cs.fields {
		doc = min(doc, cs.fields[i].doc)
	}
	return doc
}

// posting joins the occurrences in a document.
func (cs *cursors) posting(doc uint32) posting {
	var most, sum, z float64
	p := posting{doc: doc}
	for i := range cs.fields {
		c := &cs.fields[i]
		if c.doc != doc {
			continue
		}
		if c.field.Names {
			p.doc |= named
		}
		most = max(most, c.part.impact)
		sum += c.part.impact
		z += c.part.frequency
	}
	p.impact = float32(cs.model.join(most, sum, z))
	return p
}
