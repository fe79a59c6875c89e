package search

import (
	"slices"
	"strings"

	"kb/content"
	"kb/index"
)

// key returns a text as its words, folded: two texts that differ in case,
// accents and punctuation alone have the same key.
func (s *Searcher) key(lang, text string) string {
	var b strings.Builder
	for _, t := range s.snapshot.Analyze(index.Words, lang, text) {
		b.WriteString(t.Term)
		b.WriteByte(' ')
	}
	return b.String()
}

// maxExact is how many of the best matches can be moved to the top for asking
// exactly what the query asks.
const maxExact = 50

// putExactFirst moves the entries that have the query as their question, or
// else as an alias, before all others.
func (s *Searcher) putExactFirst(a *answer) error {
	key := s.key("", a.request.unquoted)
	if key == "" {
		return nil
	}
	tier := make(map[uint32]int, maxExact)
	for _, m := range a.matches[:min(len(a.matches), maxExact)] {
		e, err := s.snapshot.EntryAt(uint64(m.Doc))
		if err != nil {
			return err
		}
		tier[m.Doc] = s.exactness(e, key)
	}
	for i := range a.matches {
		if t := tier[a.matches[i].Doc]; t > 0 {
			a.matches[i].Score += float64(t) * a.matches[0].Score
		}
	}
	slices.SortFunc(a.matches, better)
	return nil
}

func (s *Searcher) exactness(e *content.Entry, key string) int {
	if s.key(e.Lang, e.Question) == key {
		return 2
	}
	for _, alias := range e.Aliases {
		if s.key(e.Lang, alias) == key {
			return 1
		}
	}
	return 0
}
