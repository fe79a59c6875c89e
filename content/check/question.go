package check

import (
	"strings"

	"kb/content"
)

// duplicates finds questions that another page asks in the same words. Those
// of one page are found when it is read.
func duplicates(in Input) []content.Problem {
	first := map[string]*content.Entry{}
	var all []content.Problem
	for _, e := range in.Corpus.Entries {
		k := key(in.Corpus, e, e.Question)
		other := first[k]
		if other == nil {
			first[k] = e
			continue
		}
		if other.Pos.Path != e.Pos.Path {
			all = append(all, problem(e.Pos, "duplicate", "asks the same as %s", other.Pos))
		}
	}
	return all
}

// hidingAliases finds aliases that are the question of another entry: who
// types them gets that one first.
func hidingAliases(in Input) []content.Problem {
	questions := map[string]*content.Entry{}
	for _, e := range in.Corpus.Entries {
		questions[key(in.Corpus, e, e.Question)] = e
	}
	var all []content.Problem
	for _, e := range in.Corpus.Entries {
		for _, alias := range e.Aliases {
			if other := questions[key(in.Corpus, e, alias)]; other != nil && other != e && key(in.Corpus, e, e.Question) != key(in.Corpus, e, alias) {
				all = append(all, problem(e.Pos, "alias-hides", "the alias %q is the question of %s", alias, other.Pos))
			}
		}
	}
	return all
}

// key returns what a text has in common with those of its language that differ
// from it in case and punctuation alone.
func key(c *content.Corpus, e *content.Entry, text string) string {
	lang := e.Lang
	if lang == "" {
		lang = c.Site.Lang()
	}
	if k := squeeze(text); k != "" {
		return lang + " " + k
	}
	return lang + " " + strings.ToLower(text)
}
