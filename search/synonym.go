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
// tongue has it: each phrase of a list can be read as every other one.
func (s *Searcher) readSynonyms(in *tongue) []synonym {
	var all []synonym
	for _, list := range s.snapshot.Info().Site.Synonyms {
		for i, from := range list {
			syn := synonym{terms: s.terms(in.tag, from)}
			for k, to := range list {
				if k == i {
					continue
				}
				for _, terms := range s.stems(in, to) {
					if len(terms) > 0 {
						syn.as = append(syn.as, alternative{bm25.Alternative{Terms: terms, Weight: synonymWeight}, asSynonym, to})
					}
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
