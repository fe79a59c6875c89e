package search

import "kb/index"

// Keywords returns the words of a text that are not of grammar, stemmed, in
// order. Lang is a BCP 47 tag; "" means the language of the site.
func (s *Searcher) Keywords(lang, text string) []index.Token {
	words := s.snapshot.Analyze(index.Words, lang, text)
	t := s.in(lang)
	var all []index.Token
	for i, w := range s.snapshot.Analyze(index.Question, lang, text) {
		if !t.grammar(words[i].Term) {
			all = append(all, w)
		}
	}
	return all
}
