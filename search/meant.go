package search

import (
	"context"
	"strings"
)

// didYouMean returns the query with its unknown words spelt as the index
// spells them, if that has better hits than the query as it was typed.
func (s *Searcher) didYouMean(ctx context.Context, q Query, a *answer) (string, error) {
	text, changed := a.reading.corrected()
	if !changed {
		return "", nil
	}
	literal, err := s.ranker.Score(ctx, a.reading.literal().query())
	if err != nil {
		return "", err
	}
	meant, err := s.read(text, false)
	if err != nil {
		return "", err
	}
	found, err := s.ranker.Score(ctx, meant.query())
	if err != nil {
		return "", err
	}
	top, old := best(found, 1), best(literal, 1)
	if len(top) == 0 || len(old) > 0 && top[0].Score <= old[0].Score {
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
		if len(w.alternatives) < 2 {
			continue
		}
		first := w.alternatives[1]
		if w.known || first.how != asSpelling && first.how != asSplit || w.start < at {
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
		w.alternatives = w.alternatives[:1]
		l.words = append(l.words, w)
	}
	return l
}
