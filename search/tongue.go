package search

import (
	"slices"
	"sync"
	"unicode"

	"kb/index"
	"kb/index/lang"
)

// A tongue is a language of entries of an index, as queries are read in it.
type tongue struct {
	tag      string // as Snapshot.Analyze takes it
	function func() map[string]bool
	synonyms func() []synonym
}

// newTongues returns the tongues of the index, that of most entries first.
func (s *Searcher) newTongues() []*tongue {
	bases := s.snapshot.Info().Languages
	if len(bases) == 0 {
		bases = []string{s.snapshot.Info().Site.Lang()}
	}
	all := make([]*tongue, len(bases))
	for i, base := range bases {
		t := &tongue{tag: base}
		t.function = sync.OnceValue(func() map[string]bool { return functionWords(base) })
		t.synonyms = sync.OnceValue(func() []synonym { return s.readSynonyms(t) })
		all[i] = t
	}
	return all
}

// functionWords returns the words of grammar of a language, spelt as the index
// spells them.
func functionWords(tag string) map[string]bool {
	list := index.FunctionWords(tag)
	words := make(map[string]bool, len(list))
	for _, w := range list {
		words[w] = true
	}
	return words
}

// grammar reports whether a word is one of grammar. In Japanese, that is all
// that is written in hiragana alone: what a text is about is not.
func (t *tongue) grammar(word string) bool {
	if t.tag == "ja" {
		return onlyIn(word, unicode.Hiragana)
	}
	return t.function()[word]
}

// functionWeight returns the weight of a word of grammar.
func (t *tongue) functionWeight(word string) float64 {
	switch lang.Asks(t.tag, word) {
	case lang.Kind:
		return kindWeight
	case lang.Manner:
		return mannerWeight
	}
	return functionWeight
}

func onlyIn(word string, script *unicode.RangeTable) bool {
	for _, r := range word {
		if !unicode.Is(script, r) {
			return false
		}
	}
	return true
}

// tongueOf returns the tongue that a query is in: the one most of whose words
// of grammar and letters are in it, and of equal ones, that of most entries.
func (s *Searcher) tongueOf(text string) *tongue {
	if len(s.tongues) == 1 {
		return s.tongues[0]
	}
	var best *tongue
	most := -1
	detected := lang.Detect(text)
	for _, t := range s.tongues {
		votes := 0
		for _, w := range s.snapshot.Analyze(index.Words, t.tag, text) {
			if t.grammar(w.Term) {
				votes++
			}
		}
		if t.tag == detected {
			votes += MaxWords
		}
		if votes > most {
			best, most = t, votes
		}
	}
	return best
}

// in returns the tongue of entries in a language, "" for that of the site.
func (s *Searcher) in(tag string) *tongue {
	base := s.snapshot.Base(tag)
	for _, t := range s.tongues {
		if t.tag == base {
			return t
		}
	}
	return s.tongues[0]
}

// stems returns the terms that a text has, as one list for each tongue that
// has others: the given one first.
func (s *Searcher) stems(t *tongue, text string) [][]string {
	all := [][]string{s.terms(t.tag, text)}
	for _, other := range s.tongues {
		if other == t {
			continue
		}
		terms := s.terms(other.tag, text)
		if len(terms) > 0 && !slices.ContainsFunc(all, func(old []string) bool { return slices.Equal(old, terms) }) {
			all = append(all, terms)
		}
	}
	return all
}
