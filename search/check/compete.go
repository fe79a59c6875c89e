package check

import (
	"strings"

	"kb/content"
	"kb/index"
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
				strings.Join(l.keywords(i), " "), e.Pos, e.Question))
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

// keywords returns the keywords of a question as they stand in it.
func (l *library) keywords(i int) []string {
	e := l.corpus.Entries[i]
	var words []string
	for _, w := range strings.Fields(e.Question) {
		if len(l.Keywords(e.Lang, w)) > 0 {
			words = append(words, strings.ToLower(strings.Trim(w, "?!.,:;\"'()“”‘’")))
		}
	}
	return words
}

// idleSynonyms finds synonyms of which no entry has one, so that nothing can
// be found by them.
func idleSynonyms(l *library) []content.Problem {
	known := l.phrases()
	var all []content.Problem
	for n, list := range l.corpus.Site.Synonyms {
		used := false
		for _, phrase := range list {
			used = used || known(phrase)
		}
		if used || n >= len(l.corpus.Site.SynonymPos) {
			continue
		}
		all = append(all, content.Problem{Pos: l.corpus.Site.SynonymPos[n], Rule: "idle-synonym",
			Msg: "no question and no answer has one of " + strings.Join(list, ", ")})
	}
	return all
}

// phrases returns a function that tells whether an entry has a phrase.
func (l *library) phrases() func(phrase string) bool {
	texts := make([]string, 0, len(l.corpus.Entries))
	if len(l.corpus.Site.Synonyms) > 0 {
		for _, e := range l.corpus.Entries {
			text := strings.Join(append([]string{e.Question, e.Answer.Text}, e.Aliases...), "\n")
			texts = append(texts, " "+strings.Join(l.terms(e.Lang, text), " ")+" ")
		}
	}
	return func(phrase string) bool {
		terms := " " + strings.Join(l.terms("", phrase), " ") + " "
		for _, text := range texts {
			if strings.Contains(text, terms) {
				return true
			}
		}
		return false
	}
}

func (l *library) terms(lang, text string) []string {
	var terms []string
	for _, t := range l.Snapshot().Analyze(index.Question, lang, text) {
		terms = append(terms, t.Term)
	}
	return terms
}
