package search

import (
	"context"
	"fmt"

	"kb/content"
)

// MaxSuggestions is how many questions Suggest returns at most.
const MaxSuggestions = 20

// Suggest returns at most limit questions that complete text, best first. Text
// may end inside a word.
func (s *Searcher) Suggest(ctx context.Context, text string, limit int) ([]Suggestion, error) {
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
	matches, err := s.ranker.Score(ctx, r.query())
	if err != nil {
		return nil, err
	}
	marks := s.marker(r)
	list := []Suggestion{}
	for _, m := range best(matches, limit) {
		e, err := s.snapshot.EntryAt(uint64(m.Doc))
		if err != nil {
			return nil, err
		}
		list = append(list, Suggestion{e.ID, e.Question, content.EntryPath(e.ID), marks.spans(e.Lang, e.Question)})
	}
	return list, nil
}
