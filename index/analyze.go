package index

// A Token is a word of a text as an index knows it.
type Token struct {
	Term       string
	Start, End int // bytes of the text that the word is
}

// Analyze returns the terms that text has in a field of an entry in that
// language: stems for Question, Alias, Answer and Headings, and whole words
// for Words. Both give the same words at the same places. Lang is a BCP 47
// tag; "" means the language of the site.
func (s *Snapshot) Analyze(field, lang, text string) []Token {
	if lang == "" {
		lang = s.manifest.Site.Lang()
	}
	l := languageOf(lang)
	f := fold(l, text)
	stream := s.Mapping().AnalyzerNamed(l.analyzer(field)).Analyze([]byte(f.text))
	tokens := make([]Token, len(stream))
	for i, t := range stream {
		tokens[i] = Token{string(t.Term), f.origin(t.Start), f.origin(t.End)}
	}
	return tokens
}
