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

// readSynonyms returns what the site says means the same: each phrase of a
// list can be read as every other one.
func (s *Searcher) readSynonyms() []synonym {
	var all []synonym
	for _, list := range s.snapshot.Info().Site.Synonyms {
		for i, from := range list {
			syn := synonym{terms: s.terms("", from)}
			for k, to := range list {
				terms := s.terms("", to)
				if k != i && len(terms) > 0 {
					syn.as = append(syn.as, alternative{bm25.Alternative{Terms: terms, Weight: synonymWeight}, asSynonym, to})
				}
			}
			if len(syn.terms) > 0 && len(syn.as) > 0 {
				all = append(all, syn)
			}
		}
	}
	return all
}

// addSynonyms adds to the words of a reading what the site says means the
// same. What stands for several words becomes a word of its own.
func (s *Searcher) addSynonyms(r *reading) {
	for _, syn := range s.synonyms() {
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
				text: text, start: first.start, end: last.end, weight: joinedWeight, known: true,
				alternatives: slices.Clone(syn.as),
			})
		}
	}
}

// reads reports whether the words from i on are the terms.
func (r *reading) reads(terms []string, i int) bool {
	for k, t := range terms {
		if r.words[i+k].alternatives[0].Terms[0] != t {
			return false
		}
	}
	return true
}
