package check

import (
	"strings"

	"kb/content"
	"kb/search"
)

// competing finds questions that have their keywords in common, and aliases
// that two entries have: what a visitor types asks for both, and only one can
// come first.
func competing(l *library) []content.Problem {
	var all []content.Problem
	first := map[string]int{}
	for i, a := range l.asked {
		query := l.corpus.Entries[i].Lang + " " + strings.Join(a.keywords, " ") + " " + a.contrast
		other, ok := first[query]
		if !ok {
			first[query] = i
			continue
		}
		if len(a.keywords) > 0 && l.asked[other].key != a.key {
			e := l.corpus.Entries[other]
			all = append(all, l.problem(i, "competing", "a search for %q asks for it and for %s, %q",
				Keywords(l.Searcher, l.corpus.Entries[i]), e.Pos, e.Question))
		}
	}
	return append(all, l.competingAliases()...)
}

func (l *library) competingAliases() []content.Problem {
	var all []content.Problem
	first := map[string]int{}
	for i, e := range l.corpus.Entries {
		for _, alias := range e.Aliases {
			query := e.Lang + " " + l.Snapshot().Key(e.Lang, alias)
			if other, ok := first[query]; !ok {
				first[query] = i
			} else if other != i {
				all = append(all, l.problem(i, "competing", "the alias %q is one of %s, too", alias, l.corpus.Entries[other].Pos))
			}
		}
	}
	return all
}

// Keywords returns the words of a question that are not of grammar, as they
// stand in it, in lower case: what a hurried visitor types.
func Keywords(s *search.Searcher, e *content.Entry) string {
	var words []string
	for t := range s.Keywords(e.Lang, e.Question) {
		words = append(words, strings.ToLower(e.Question[t.Start:t.End]))
	}
	return strings.Join(words, " ")
}
