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
	meaning *meaning     // nil to rank by words alone
	known   float64      // share of the query, in idf, that the model knows
	strict  bool         // only what has the words of the query as it says counts
	matches []bm25.Match // best first, as far as asked for
	signals map[uint32]signals
	total   int
	facet   []Count
	notes   []string
}

// signals are what speaks for an entry, each by itself.
type signals struct {
	words    float64 // score of its words
	likeness float64 // of the query to its question, from 0 to 1
	cosine   float64 // of the query to what it says, from 0 to 1
	exact    int     // whether it asks just this: 2 in its question, 1 in an alias
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
	a := &answer{request: parse(q.Text)}
	if err := s.find(ctx, a, q.Lexical); err != nil {
		return nil, err
	}
	if err := s.refine(a); err != nil {
		return nil, err
	}
	if err := s.restrict(ctx, q, a); err != nil {
		return nil, err
	}
	a.total = len(a.matches)
	a.matches = best(a.matches, q.Offset+q.Limit)
	return a, nil
}

// find fills in the reading of a and all that matches it.
func (s *Searcher) find(ctx context.Context, a *answer, lexical bool) error {
	if !lexical {
		var err error
		if a.meaning, err = s.meaning(); err != nil {
			return err
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
	a.matches, err = s.ranker.Score(ctx, a.reading.query())
	return err
}

// restrict keeps the matches of the section and language that q asks for. The
// facet counts those of all sections, so that a person can choose another.
func (s *Searcher) restrict(ctx context.Context, q Query, a *answer) error {
	if q.Lang != "" {
		docs, err := s.inLanguage(ctx, q.Lang)
		if err != nil {
			return err
		}
		a.matches = keep(a.matches, docs.has)
	}
	p, err := s.places()
	if err != nil {
		return err
	}
	a.facet = p.facet(a.matches)
	if q.Section != "" {
		set := p.named(q.Section)
		a.matches = keep(a.matches, func(doc uint32) bool { return p.in(doc, set) })
	}
	return nil
}

// best returns the n best matches in order: by score, then by place in the
// corpus. The others stay behind them in memory.
func best(matches []bm25.Match, n int) []bm25.Match {
	top := raise(matches, n)
	slices.SortFunc(top, better)
	return top
}

func better(a, b bm25.Match) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Doc, b.Doc))
}

// raise moves the n best matches to the front, in no order. It is the heap of
// heapsort, the worst of the best on top.
func raise(matches []bm25.Match, n int) []bm25.Match {
	n = min(n, len(matches))
	top := matches[:n]
	for i := n/2 - 1; i >= 0; i-- {
		sink(top, i)
	}
	for i := n; i < len(matches) && n > 0; i++ {
		if better(matches[i], top[0]) < 0 {
			matches[i], top[0] = top[0], matches[i]
			sink(top, 0)
		}
	}
	return top
}

func sink(heap []bm25.Match, i int) {
	for {
		child := 2*i + 1
		if child >= len(heap) {
			return
		}
		if child+1 < len(heap) && better(heap[child+1], heap[child]) > 0 {
			child++
		}
		if better(heap[child], heap[i]) < 0 {
			return
		}
		heap[i], heap[child] = heap[child], heap[i]
		i = child
	}
}
