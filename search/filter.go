package search

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kb/content"
	"kb/index"
	"kb/search/bm25"
)

// having returns the documents that have term as one of the keywords of field.
func (s *Searcher) having(ctx context.Context, field, term string) (bm25.Set, error) {
	docs := bm25.NewSet(s.ranker.Total())
	err := s.each(ctx, field, term, docs.Add)
	return docs, err
}

func (s *Searcher) each(ctx context.Context, field, term string, visit func(doc uint32)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	dict, err := s.snapshot.Segment().Dictionary(field)
	if err != nil {
		return fmt.Errorf("%s %q: %w", field, term, err)
	}
	postings, err := dict.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return fmt.Errorf("%s %q: %w", field, term, err)
	}
	for it := postings.Iterator(false, false, false, nil); ; {
		p, err := it.Next()
		if err != nil || p == nil {
			return err
		}
		visit(uint32(p.Number()))
	}
}

// places says in which sections entries are.
type places struct {
	sections []index.Section
	runs     [][]run // of each section
}

// A run is entries side by side: those from first on, without end.
type run struct{ first, end uint32 }

// maxSections is how many sections can be counted and filtered by.
const maxSections = 1 << 16

func (s *Searcher) readPlaces() (*places, error) {
	secs, err := s.snapshot.Sections()
	if err != nil {
		return nil, err
	}
	secs = secs[:min(len(secs), maxSections)]
	p := &places{secs, make([][]run, len(secs))}
	for i, sec := range secs {
		err := s.each(context.Background(), index.InSection, sec.Slug, func(doc uint32) {
			p.runs[i] = add(p.runs[i], doc)
		})
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

// add adds an entry that comes after all in runs.
func add(runs []run, doc uint32) []run {
	if n := len(runs); n > 0 && runs[n-1].end == doc {
		runs[n-1].end++
		return runs
	}
	return append(runs, run{doc, doc + 1})
}

// named returns the entries of the sections of that slug, or of that name in
// any case.
func (p *places) named(name string, docs int) bm25.Set {
	set := bm25.NewSet(docs)
	slug := content.Slug(name)
	for i, sec := range p.sections {
		if sec.Slug != name && sec.Slug != slug && !strings.EqualFold(sec.Path[len(sec.Path)-1], name) {
			continue
		}
		for _, r := range p.runs[i] {
			for doc := r.first; doc < r.end; doc++ {
				set.Add(doc)
			}
		}
	}
	return set
}

// facet counts the entries of a set in each section: the largest count first,
// then in the order of the corpus.
func (p *places) facet(set bm25.Set) []Count {
	facet := []Count{}
	for i, sec := range p.sections {
		n := 0
		for _, r := range p.runs[i] {
			n += set.Between(r.first, r.end)
		}
		if n > 0 {
			facet = append(facet, Count{sec.Path[len(sec.Path)-1], sec.Slug, n})
		}
	}
	slices.SortStableFunc(facet, func(a, b Count) int { return b.Count - a.Count })
	return facet
}

// inLanguage returns the entries in a language, given as a BCP 47 tag.
func (s *Searcher) inLanguage(ctx context.Context, tag string) (bm25.Set, error) {
	return s.having(ctx, index.Lang, strings.ToLower(tag))
}
