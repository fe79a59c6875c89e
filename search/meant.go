package search

import (
	"context"
	"slices"
	"strings"

	"kb/content"
	"kb/index"
)

// didYouMean returns the query with its unknown words spelt as the index
// spells them, if that is likely answered and better than the query as it was
// typed.
func (s *Searcher) didYouMean(ctx context.Context, q Query, a *answer) (string, error) {
	text, changed := a.reading.corrected(func(words string) string { return words })
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
	e, err := s.snapshot.EntryAt(uint64(meant.matches[0].doc))
	if err != nil {
		return "", err
	}
	text, _ = a.reading.corrected(func(words string) string { return s.asWritten(e, words) })
	return text, nil
}

// asWritten returns words of the index with the accents that an entry has on
// them, if it has the words.
func (s *Searcher) asWritten(e *content.Entry, words string) string {
	texts := slices.Concat([]string{e.Question, e.Answer.Text}, e.Aliases, e.Section)
	all := strings.Fields(words)
	for i, word := range all {
		for _, text := range texts {
			tokens := s.snapshot.Analyze(index.Words, e.Lang, text)
			if k := slices.IndexFunc(tokens, func(t index.Token) bool { return t.Term == word }); k >= 0 {
				all[i] = strings.ToLower(text[tokens[k].Start:tokens[k].End])
				break
			}
		}
	}
	return strings.Join(all, " ")
}

// corrected returns the text with the words in it that were read as other
// spellings or as two, replaced by those, as written says.
func (r *reading) corrected(written func(words string) string) (text string, changed bool) {
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
		b.WriteString(written(first.text))
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
