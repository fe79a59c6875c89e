package search

import (
	"context"
	"strings"
)

// didYouMean returns the query with its unknown words spelt as the index
// spells them, if that is likely answered and better than the query as it was
// typed.
func (s *Searcher) didYouMean(ctx context.Context, q Query, a *answer) (string, error) {
	text, changed := a.reading.corrected()
	if !changed || a.strict {
		return "", nil
	}
	typed, err := s.ranker.Score(ctx, a.reading.literal().query(), 1, a.within)
	if err != nil {
		return "", err
	}
	q.Text, q.Offset, q.Limit = text, 0, 1
	meant, err := s.answer(ctx, q)
	if err != nil || meant.confidence() < even {
		return "", err
	}
	if len(typed.Best) > 0 && typed.Best[0].Score >= meant.matches[0].words {
		return "", nil
	}
	return text, nil
}

// corrected returns the text with the words in it that were read as other
// spellings or as two, replaced by those.
func (r *reading) corrected() (text string, changed bool) {
	var b strings.Builder
	at := 0
	for _, w := range r.words[:r.typed] {
		first, ok := w.expansion()
		if !ok {
			if !w.known {
				return "", false // the rest of the query would stay unknown
			}
			continue
		}
		if w.known || w.real || first.how != asSpelling && first.how != asSplit || w.start < at {
			continue
		}
		b.WriteString(r.text[at:w.start])
		b.WriteString(first.text)
		at = w.end
	}
	b.WriteString(r.text[at:])
	return b.String(), at > 0
}

// literal returns the reading with every word as it was typed, and nothing
// else.
func (r *reading) literal() *reading {
	l := &reading{text: r.text, typed: r.typed}
	for _, w := range r.words[:r.typed] {
		w.alternatives = w.alternatives[:w.forms]
		l.words = append(l.words, w)
	}
	return l
}
