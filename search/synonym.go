package search

import (
	"slices"
	"strings"

	"kb/search/bm25"
)

// A synonym says that the terms of a query can be read as other terms.
type synonym struct {
	terms []string
	as    []alternative
}

// readSynonyms returns what the site says means the same, as a query in a
// tongue has it: each phrase of a list can be read as every other one, and
// what a way leads from as what it leads to.
func (s *Searcher) readSynonyms(in *tongue) []synonym {
	var all []synonym
	add := func(from string, to []string) {
		if syn := s.newSynonym(in, from, to); len(syn.terms) > 0 && len(syn.as) > 0 {
			all = append(all, syn)
		}
	}
	site := s.snapshot.Info().Site
	for _, list := range site.Synonyms {
		for i, from := range list {
			add(from, slices.Concat(list[:i], list[i+1:]))
		}
	}
	for _, one := range site.OneWay {
		for _, from := range one.From {
			add(from, one.To)
		}
	}
	return all
}

// newSynonym says that a phrase of a query can be read as any of others.
func (s *Searcher) newSynonym(in *tongue, from string, to []string) synonym {
	syn := synonym{terms: s.terms(in.tag, from)}
	for _, text := range to {
		for _, terms := range s.stems(in, text) {
			if len(terms) > 0 && !slices.Equal(terms, syn.terms) {
				syn.as = append(syn.as, alternative{bm25.Alternative{Terms: terms, Weight: synonymWeight}, asSynonym, text})
			}
		}
	}
	return syn
}

// addSynonyms adds to the words of a reading what the site says means the
// same. What stands for several words becomes a word of its own.
func (s *Searcher) addSynonyms(r *reading) {
	for _, syn := range r.tongue.synonyms() {
		n := len(syn.terms)
		for i := 0; i+n <= r.typed; i++ {
			if !r.reads(syn.terms, i) {
				continue
			}
			if n == 1 {
				r.words[i].alternatives = append(r.words[i].alternatives, syn.as...)
				continue
			}
			first, last := r.words[i], r.words[i+n-1]
			text := strings.ToLower(r.text[first.start:last.end])
			r.words = append(r.words, word{
				text: text, start: first.start, end: last.end, weight: joinedWeight, known: true, tongue: r.tongue,
				alternatives: slices.Concat([]alternative{phrase(text, syn.terms)}, syn.as),
			})
		}
	}
}

// phrase is several words as they were typed: what they stand for does not
// outrank them.
func phrase(text string, terms []string) alternative {
	return alternative{bm25.Alternative{Terms: terms, Weight: 1}, asTyped, text}
}

// reads reports whether the words from i on, as they are likeliest meant, are
// the terms.
func (r *reading) reads(terms []string, i int) bool {
	for k, t := range terms {
		if w := r.words[i+k].likeliest(); len(w.Terms) != 1 || w.Terms[0] != t {
			return false
		}
	}
	return true
}
