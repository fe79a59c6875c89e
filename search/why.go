package search

import (
	"context"
	"fmt"
	"strings"

	"kb/content"
	"kb/search/bm25"
)

// why says why a match is one, in words for who owns the content, each with
// its number for who tunes the ranking. What stands behind a sign at the end of
// a line adds up to the score.
func (s *Searcher) why(ctx context.Context, a *answer, m match) ([]string, error) {
	t := &tally{}
	lines, err := s.whyWords(ctx, a, m, t)
	if err != nil {
		return nil, err
	}
	for l := inQuestion; l < legs; l++ {
		text := a.whyLeg(l, m)
		if text == "" {
			continue
		}
		if m.gains[l] != 0 {
			text += fmt.Sprintf(": %+.2f", t.add(m.gains[l]))
		}
		lines = append(lines, text)
	}
	return append(lines, fmt.Sprintf("score %.2f", m.score)), nil
}

// whyWords says what each word gives to a match, and each field.
func (s *Searcher) whyWords(ctx context.Context, a *answer, m match, t *tally) ([]string, error) {
	words, of := a.reading.scored()
	reasons, err := s.ranker.Explain(ctx, words, m.doc)
	if err != nil {
		return nil, err
	}
	var whole float64
	for _, r := range reasons {
		whole += r.Score
	}
	if m.gains[inWords] == 0 {
		reasons = nil
	}
	var lines []string
	for _, r := range reasons {
		w := a.reading.words[of[r.Word]]
		gain := t.add(m.gains[inWords] * r.Score / whole)
		read := w.alternatives[r.Alternative].read(w)
		lines = append(lines, fmt.Sprintf("%s: in the %s: %+.2f", read, fieldShares(r, gain), gain))
	}
	if m.coverage > 0 {
		lines = append(lines, fmt.Sprintf("%.0f%% of the query matched (words together %.2f)", 100*m.coverage, m.gains[inWords]))
	}
	return lines, nil
}

// whyLeg says in words what a leg has to say of m, "" for nothing.
func (a *answer) whyLeg(l leg, m match) string {
	switch {
	case l == inQuestion && m.likeness > 0:
		return fmt.Sprintf("its question looks like the query (likeness %.2f)", m.likeness)
	case l == inMeaning && m.cosine > 0:
		return fmt.Sprintf("it is near in meaning (cosine %.2f)", m.cosine)
	case l == inMeaning && m.gains[l] != 0:
		return "it is far in meaning"
	case l == inOneWord && m.gains[l] != 0:
		return "others have the one word of the query"
	case l == inExact && m.exact >= 2:
		return "it asks exactly this"
	case l == inExact && m.exact == 1:
		return "an alias asks exactly this"
	case l == inPin && m.pinned:
		return fmt.Sprintf("pinned to %q by %s", strings.TrimSpace(a.request.unquoted), content.SiteFile)
	case l == inPairs && m.paired > 0:
		return fmt.Sprintf("words stand side by side as in the query (%.0f%% of them)", 100*m.paired)
	case l == inSubject && m.gains[l] > 0:
		return "its question is about just this"
	case l == inSubject && m.gains[l] < 0:
		return "it has no answer"
	}
	return ""
}

// fieldShares names the fields of a reason with their shares of what it gives.
func fieldShares(r bm25.Reason, gain float64) string {
	var whole float64
	for _, f := range r.Fields {
		whole += f.Score
	}
	var names []string
	t := &tally{}
	for _, f := range r.Fields {
		names = append(names, fmt.Sprintf("%s (%.2f)", f.Field, t.add(gain*f.Score/whole)))
	}
	return strings.Join(names, ", ")
}

// read says how a word is read.
func (a alternative) read(w word) string {
	switch a.how {
	case asPrefix:
		return fmt.Sprintf("%s, begun as %s", a.text, w.text)
	case asSpelling, asSplit:
		return fmt.Sprintf("%s read as %s", w.text, a.text)
	case asJoined:
		return a.text + ", written as two words"
	case asSynonym:
		return fmt.Sprintf("%s, a synonym of %s", a.text, w.text)
	case asRelated:
		return fmt.Sprintf("%s, near in meaning to %s", a.text, w.text)
	}
	return w.text
}
