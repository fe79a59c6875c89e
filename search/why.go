package search

import (
	"context"
	"fmt"
	"strings"

	"kb/content"
	"kb/search/bm25"
)

// why says why a match is one, in words for who owns the content, each with
// its number for who tunes the ranking.
func (s *Searcher) why(ctx context.Context, a *answer, m match) ([]string, error) {
	words, of := a.reading.scored()
	reasons, err := s.ranker.Explain(ctx, words, m.doc)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, r := range reasons {
		w := a.reading.words[of[r.Word]]
		lines = append(lines, fmt.Sprintf("%s: in the %s (%.2f)", w.alternatives[r.Alternative].read(w), fieldNames(r), r.Score))
	}
	if m.coverage > 0 {
		lines = append(lines, fmt.Sprintf("%.0f%% of the query matched", 100*m.coverage))
	}
	if m.likeness > 0 {
		lines = append(lines, fmt.Sprintf("its question looks like the query (likeness %.2f)", m.likeness))
	}
	if m.cosine > 0 {
		lines = append(lines, fmt.Sprintf("it is near in meaning (cosine %.2f)", m.cosine))
	}
	if m.pinned {
		lines = append(lines, fmt.Sprintf("pinned to %q by %s", strings.TrimSpace(a.request.unquoted), content.SiteFile))
	}
	if m.paired > 0 {
		lines = append(lines, fmt.Sprintf("words stand side by side as in the query (%.0f%% of them)", 100*m.paired))
	}
	switch m.exact {
	case 2:
		lines = append(lines, "it asks exactly this")
	case 1:
		lines = append(lines, "an alias asks exactly this")
	}
	return append(lines, fmt.Sprintf("score %.2f", m.score)), nil
}

func fieldNames(r bm25.Reason) string {
	var names []string
	for _, f := range r.Fields {
		names = append(names, fmt.Sprintf("%s (%.2f)", f.Field, f.Score))
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
