package search

import (
	"iter"

	"kb/index"
)

// Keywords returns the words of a text that are not of grammar, stemmed, in
// order. Lang is a BCP 47 tag; "" means the language of the site.
func (s *Searcher) Keywords(lang, text string) iter.Seq[index.Token] {
	return func(yield func(index.Token) bool) {
		t := s.in(lang)
		for word, token := range s.snapshot.Stems(lang, text) {
			if !t.grammar(word) && !yield(token) {
				return
			}
		}
	}
}
