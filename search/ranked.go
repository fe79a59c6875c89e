package search

import (
	"context"
	"fmt"

	"kb/index"
)

// A Ranked is an entry that matches, by its id alone.
type Ranked struct {
	ID    string
	Score float64
}

// Rank is Search for who wants the order of the entries and nothing else: it
// reads no texts.
func (s *Searcher) Rank(ctx context.Context, q Query) ([]Ranked, error) {
	if s.snapshot.Closed() {
		return nil, fmt.Errorf("rank: %w", index.ErrClosed)
	}
	q = q.clamp()
	a, err := s.answer(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("rank: %w", err)
	}
	matches := a.matches[min(q.Offset, len(a.matches)):]
	ranked := make([]Ranked, len(matches))
	for i, m := range matches {
		id, err := s.snapshot.Segment().DocID(uint64(m.doc))
		if err != nil {
			return nil, fmt.Errorf("rank: entry %d: %w", m.doc, err)
		}
		ranked[i] = Ranked{string(id), m.score}
	}
	return ranked, nil
}
