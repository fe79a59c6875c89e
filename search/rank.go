package search

import (
	"cmp"
	"context"
	"slices"

	"kb/search/bm25"
)

// An answer is what a query found, before it is shown.
type answer struct {
	request request
	reading *reading
	meaning *meaning // nil to rank by words alone
	known   float64  // share of the query, in idf, that the model knows
	strict  bool     // only what has the words of the query as it says counts
	limit   int      // matches to rank
	matches []match  // the best, as far as asked for
	marks   *marker  // nil before the first entry is read
	all     bm25.Set // every match, in any section
	within  bm25.Set // entries that can be matches; nil for any
	total   int
	facet   []Count
	notes   []string
}

// A match is an entry that matches, and what speaks for it.
type match struct {
	doc      uint32
	score    float64
	coverage float64 // share of the query that its words matched, from 0 to 1
	words    float64 // score of its words
	gains    gains   // what the score is made of
	likeness float64 // of the query to its question, from 0 to 1
	cosine   float64 // of the query to what it says, from 0 to 1
	pinned   bool    // the site wants it first for the query
	exact    int     // whether it asks just this: 1 in an alias, 2 in its question, 3 letter for letter
	paired   float64 // share of the pairs of the query's words that it has, from 0 to 1
	seen     *seen   // nil if it was not read
}

func (s *Searcher) search(ctx context.Context, q Query) (*Result, error) {
	a, err := s.answer(ctx, q)
	if err != nil {
		return nil, err
	}
	r := &Result{Total: a.total, Notes: a.notes, Facets: map[string][]Count{"section": a.facet}}
	r.Confident = a.confidence() >= even
	first := min(q.Offset, len(a.matches))
	if r.Hits, err = s.show(ctx, q, a, a.matches[first:]); err != nil {
		return nil, err
	}
	r.DidYouMean, err = s.didYouMean(ctx, q, a)
	return r, err
}

// answer finds what matches q. The matches it returns are those up to the end
// of the page that q asks for.
func (s *Searcher) answer(ctx context.Context, q Query) (*answer, error) {
	a := &answer{request: parse(q.Text), limit: max(refined, q.Offset+q.Limit)}
	p, err := s.places()
	if err != nil {
		return nil, err
	}
	lang, err := s.restrict(ctx, q, a, p)
	if err != nil {
		return nil, err
	}
	if err := s.find(ctx, a, q.Lexical); err != nil {
		return nil, err
	}
	if err := s.refine(ctx, a); err != nil {
		return nil, err
	}
	if lang != nil {
		a.all.Keep(lang)
	}
	a.facet = p.facet(a.all)
	if a.within != nil {
		a.all.Keep(a.within)
	}
	a.total = a.all.Len()
	a.matches = best(a.matches, max(q.Offset+q.Limit, DefaultLimit))
	if !q.Rough {
		if err := s.reread(a, a.matches[:min(DefaultLimit, len(a.matches))]); err != nil {
			return nil, err
		}
	}
	a.matches = a.matches[:min(q.Offset+q.Limit, len(a.matches))]
	return a, nil
}

// restrict makes the entries of the section and language that q asks for the
// only ones that can be matches. It returns those of the language: the facet
// counts them in all sections, so that a person can choose another.
func (s *Searcher) restrict(ctx context.Context, q Query, a *answer, p *places) (lang bm25.Set, err error) {
	if q.Lang != "" {
		if lang, err = s.inLanguage(ctx, q.Lang); err != nil {
			return nil, err
		}
		a.keep(lang)
	}
	if q.Section != "" {
		a.keep(p.named(q.Section, s.ranker.Total()))
	}
	return lang, nil
}

// keep makes the entries of set the only ones that can be matches, of those
// that can.
func (a *answer) keep(set bm25.Set) {
	set = slices.Clone(set)
	if a.within != nil {
		set.Keep(a.within)
	}
	a.within = set
}

// find fills in the reading of a and all that matches it.
func (s *Searcher) find(ctx context.Context, a *answer, lexical bool) error {
	if !lexical {
		var err error
		if a.meaning, err = s.meaning(); err != nil {
			return err
		}
		if a.meaning != nil && !a.meaning.model.Covers(s.tongueOf(a.request.words).tag) {
			a.meaning = nil
		}
	}
	if err := s.readAndScore(ctx, a, a.request.words); err != nil {
		return err
	}
	if err := s.leaveOut(ctx, a); err != nil {
		return err
	}
	return s.keepPhrases(ctx, a)
}

func (s *Searcher) readAndScore(ctx context.Context, a *answer, text string) error {
	var err error
	if a.reading, err = s.read(text, false, a.meaning); err != nil {
		return err
	}
	s.addSynonyms(a.reading)
	if a.meaning != nil {
		if err := s.relate(ctx, a.reading, a.meaning); err != nil {
			return err
		}
	}
	found, err := s.score(ctx, a, a.limit, a.within)
	if err == nil {
		a.all = found.All
	}
	return err
}

// score fills in the n best matches of a within a set.
func (s *Searcher) score(ctx context.Context, a *answer, n int, within bm25.Set) (*bm25.Found, error) {
	found, err := s.ranker.Score(ctx, a.reading.query(), n, within)
	if err != nil {
		return nil, err
	}
	a.matches = make([]match, 0, len(found.Best)+nearEntries)
	for _, m := range found.Best {
		a.matches = append(a.matches, match{
			doc: m.Doc, score: m.Score, coverage: m.Coverage, words: m.Score, gains: gains{inWords: m.Score},
		})
	}
	return found, nil
}

// best returns the n best matches in order: by score, then by place in the
// corpus.
func best(matches []match, n int) []match {
	slices.SortFunc(matches, better)
	return matches[:min(n, len(matches))]
}

func better(a, b match) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc))
}

func highest(matches []match) float64 {
	top := 0.0
	for _, m := range matches {
		top = max(top, m.score)
	}
	return top
}
