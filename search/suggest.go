package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"kb/content"
	"kb/index"
	"kb/search/bm25"
)

// MaxSuggestions is how many questions Suggest returns at most.
const MaxSuggestions = 20

// Suggest returns at most limit questions that complete text, best first. Text
// may end inside a word.
func (s *Searcher) Suggest(ctx context.Context, text string, limit int) ([]Suggestion, error) {
	if s.snapshot.Closed() {
		return nil, fmt.Errorf("suggest: %w", index.ErrClosed)
	}
	list, err := s.suggest(ctx, clip(text), min(max(limit, 0), MaxSuggestions))
	if err != nil {
		return nil, fmt.Errorf("suggest: %w", err)
	}
	return list, nil
}

func (s *Searcher) suggest(ctx context.Context, text string, limit int) ([]Suggestion, error) {
	r, err := s.read(text, true, nil)
	if err != nil {
		return nil, err
	}
	found, err := s.ranker.Score(ctx, r.query(), limit, nil)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found.Best, func(a, b bm25.Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Doc, b.Doc))
	})
	marks := s.marker(r)
	list := []Suggestion{}
	for _, m := range found.Best {
		e, err := s.snapshot.EntryAt(uint64(m.Doc))
		if err != nil {
			return nil, err
		}
		list = append(list, Suggestion{e.ID, e.Question, content.EntryPath(e.ID), marks.spans(marks.find(e.Lang, e.Question))})
	}
	return list, nil
}
