package search

import (
	"context"

	"kb/content"
)

// show returns the hits of one page.
func (s *Searcher) show(ctx context.Context, q Query, a *answer, matches []match) ([]Hit, error) {
	matches = matches[:min(len(matches), q.Limit)]
	hits := make([]Hit, 0, len(matches))
	for i, m := range matches {
		e, err := s.see(a, &m)
		if err != nil {
			return nil, err
		}
		h := Hit{
			Rank: q.Offset + i + 1, ID: e.ID, Score: m.score,
			Question: e.Question, Section: append([]string{}, e.Section...), URL: content.EntryPath(e.ID),
			AnswerHTML: e.Answer.HTML, AnswerText: e.Answer.Text,
			Highlights: map[string][]Span{
				"question":    a.marks.spans(m.seen.question),
				"answer_text": a.marks.spans(m.seen.answer),
			},
		}
		h.Excerpt, h.Highlights["excerpt"] = excerpt(e.Answer.Text, h.Highlights["answer_text"])
		if q.Explain {
			if h.Why, err = s.why(ctx, a, m); err != nil {
				return nil, err
			}
		}
		hits = append(hits, h)
	}
	return hits, nil
}
