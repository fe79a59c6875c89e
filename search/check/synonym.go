package check

import (
	"slices"
	"strings"

	"kb/content"
	"kb/index"
)

// idleSynonyms finds synonyms by which nothing is found: no entry has one of
// them, or a search takes all of them for the same words anyway.
func idleSynonyms(l *library) []content.Problem {
	site := l.corpus.Site
	if len(site.Synonyms)+len(site.OneWay) == 0 {
		return nil
	}
	texts := l.texts()
	var all []content.Problem
	for n, list := range site.Synonyms {
		if n < len(site.SynonymPos) {
			all = append(all, l.idle(texts, site.SynonymPos[n], list, list)...)
		}
	}
	for _, one := range site.OneWay {
		all = append(all, l.idle(texts, one.Pos, one.To, slices.Concat(one.From, one.To))...)
	}
	return all
}

// idle returns the problem of synonyms of which a query can be read as those
// in to.
func (l *library) idle(texts map[string][]string, at content.Pos, to, list []string) []content.Problem {
	msg := ""
	switch {
	case !slices.ContainsFunc(to, func(phrase string) bool { return l.has(texts, phrase) }):
		msg = "no question and no answer has one of " + strings.Join(to, ", ")
	case !slices.ContainsFunc(list, func(phrase string) bool { return l.terms("", phrase) != l.terms("", list[0]) }):
		msg = "a search takes these for the same without being told: " + strings.Join(list, ", ")
	default:
		return nil
	}
	return []content.Problem{{Pos: at, Rule: "idle-synonym", Msg: msg}}
}

// texts returns the terms of each entry, by language.
func (l *library) texts() map[string][]string {
	all := map[string][]string{}
	for _, e := range l.corpus.Entries {
		text := strings.Join(append([]string{e.Question, e.Answer.Text}, e.Aliases...), "\n")
		all[e.Lang] = append(all[e.Lang], l.terms(e.Lang, text))
	}
	return all
}

// has reports whether an entry has a phrase, as its language stems it.
func (l *library) has(texts map[string][]string, phrase string) bool {
	for lang, some := range texts {
		terms := l.terms(lang, phrase)
		if slices.ContainsFunc(some, func(text string) bool { return strings.Contains(text, terms) }) {
			return true
		}
	}
	return false
}

// terms returns the terms of a text between blanks.
func (l *library) terms(lang, text string) string {
	var b strings.Builder
	for _, t := range l.Snapshot().Analyze(index.Question, lang, text) {
		b.WriteString(" " + t.Term)
	}
	return b.String() + " "
}
