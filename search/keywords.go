package search

import "kb/index"

// Keywords returns the stems of the words of a text that are not of grammar,
// in order. Lang is a BCP 47 tag; "" means the language of the site.
func (s *Searcher) Keywords(lang, text string) []string {
	words := s.snapshot.Analyze(index.Words, lang, text)
	t := s.in(lang)
	var stems []string
	for i, w := range s.snapshot.Analyze(index.Question, lang, text) {
		if !t.grammar(words[i].Term) {
			stems = append(stems, w.Term)
		}
	}
	return stems
}
