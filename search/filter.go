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

// A docset is a set of documents.
type docset []uint64

func newDocset(docs int) docset { return make(docset, (docs+63)/64) }

func (d docset) add(doc uint32)      { d[doc/64] |= 1 << (doc % 64) }
func (d docset) has(doc uint32) bool { return d[doc/64]&(1<<(doc%64)) != 0 }

// having returns the documents that have term as one of the keywords of field.
func (s *Searcher) having(ctx context.Context, field, term string) (docset, error) {
	docs := newDocset(s.ranker.Total())
	err := s.each(ctx, field, term, docs.add)
	return docs, err
}

func (s *Searcher) each(ctx context.Context, field, term string, visit func(doc uint32)) error {
	r, err := s.snapshot.Reader().TermFieldReader(ctx, []byte(term), field, false, false, false)
	if err != nil {
		return fmt.Errorf("%s %q: %w", field, term, err)
	}
	defer r.Close()
	for {
		d, err := r.Next(nil)
		if err != nil || d == nil {
			return err
		}
		visit(uint32(d.ID.Value()))
	}
}

// keep returns the matches that want approves of, in the same memory.
func keep(matches []bm25.Match, want func(doc uint32) bool) []bm25.Match {
	return slices.DeleteFunc(matches, func(m bm25.Match) bool { return !want(m.Doc) })
}

// places says in which sections entries are.
type places struct {
	sections []index.Section
	of       [][]uint16 // document to its sections, by number, outermost first
}

// maxSections is how many sections can be counted and filtered by.
const maxSections = 1 << 16

func (s *Searcher) readPlaces() (*places, error) {
	secs, err := s.snapshot.Sections()
	if err != nil {
		return nil, err
	}
	secs = secs[:min(len(secs), maxSections)]
	p := &places{secs, make([][]uint16, s.ranker.Total())}
	for i, sec := range secs {
		err := s.each(context.Background(), index.InSection, sec.Slug, func(doc uint32) {
			p.of[doc] = append(p.of[doc], uint16(i))
		})
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

// named returns the sections of that slug, or of that name in any case.
func (p *places) named(name string) map[uint16]bool {
	set := map[uint16]bool{}
	slug := content.Slug(name)
	for i, sec := range p.sections {
		if sec.Slug == name || sec.Slug == slug || strings.EqualFold(sec.Path[len(sec.Path)-1], name) {
			set[uint16(i)] = true
		}
	}
	return set
}

func (p *places) in(doc uint32, set map[uint16]bool) bool {
	return slices.ContainsFunc(p.of[doc], func(sec uint16) bool { return set[sec] })
}

// facet counts the matches in each section: the largest count first, then in
// the order of the corpus.
func (p *places) facet(matches []bm25.Match) []Count {
	counts := make([]int, len(p.sections))
	for _, m := range matches {
		for _, sec := range p.of[m.Doc] {
			counts[sec]++
		}
	}
	facet := []Count{}
	for i, n := range counts {
		if n > 0 {
			sec := p.sections[i]
			facet = append(facet, Count{sec.Path[len(sec.Path)-1], sec.Slug, n})
		}
	}
	slices.SortStableFunc(facet, func(a, b Count) int { return b.Count - a.Count })
	return facet
}

// inLanguage returns the entries in a language, given as a BCP 47 tag.
func (s *Searcher) inLanguage(ctx context.Context, tag string) (docset, error) {
	return s.having(ctx, index.Lang, strings.ToLower(tag))
}
