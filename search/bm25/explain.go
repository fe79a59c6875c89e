package bm25

import "context"

// A Reason is why a document matches one word of a query.
type Reason struct {
	Word        int          // of the query
	Alternative int          // of the word: the one that counts
	Fields      []FieldScore // of all terms, each field once
	Score       float64      // before coverage
}

// A FieldScore is what one field gives for the terms, by itself.
type FieldScore struct {
	Field string
	Score float64 // weight·idf·B of the formula
}

// Explain returns a reason for each word that a document has.
func (ix *Index) Explain(ctx context.Context, words []Word, doc uint32) ([]Reason, error) {
	weighed, err := ix.weigh(ctx, words)
	if err != nil {
		return nil, err
	}
	var reasons []Reason
	for i, w := range weighed {
		if err := w.load(ctx); err != nil {
			return nil, err
		}
		best, score := w.best(doc)
		if score == 0 {
			continue
		}
		r := Reason{Word: i, Alternative: best.index, Score: score}
		for _, term := range w.Alternatives[best.index].Terms {
			fields, err := ix.fields(ctx, term, doc, best.factor)
			if err != nil {
				return nil, err
			}
			for _, f := range fields {
				r.add(f)
			}
		}
		reasons = append(reasons, r)
	}
	return reasons, nil
}

// add adds the score of a field for one more term.
func (r *Reason) add(f FieldScore) {
	for i := range r.Fields {
		if r.Fields[i].Field == f.Field {
			r.Fields[i].Score += f.Score
			return
		}
	}
	r.Fields = append(r.Fields, f)
}

// best returns the term that counts for a document, and its score. The word is
// loaded.
func (w weighedWord) best(doc uint32) (best weighedTerm, score float64) {
	for _, t := range w.terms {
		if x, ok := t.postings.find(doc); ok && t.factor*float64(x.impact) > score {
			best, score = t, t.factor*float64(x.impact)
		}
	}
	return best, score
}

// fields returns the fields of a document that have a term.
func (ix *Index) fields(ctx context.Context, term string, doc uint32, factor float64) ([]FieldScore, error) {
	t, err := ix.Term(ctx, term)
	if err != nil {
		return nil, err
	}
	cs, err := t.cursors(ctx)
	if err == nil {
		err = cs.advance(doc)
	}
	if err != nil {
		return nil, t.failed(err)
	}
	var fields []FieldScore
	for _, c := range cs.fields {
		if c.doc == doc {
			fields = append(fields, FieldScore{c.field.Name, factor * c.part.impact})
		}
	}
	return fields, nil
}
