package index

import (
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// Wanted are terms to find in texts.
type Wanted struct {
	terms  map[string]bool
	starts [starts / 64]uint64 // of the terms, as start gives them
}

// NewWanted returns terms to find: stems, as Analyze gives them.
func NewWanted(terms map[string]bool) *Wanted {
	w := &Wanted{terms: terms}
	for t := range terms {
		n := start(t)
		w.starts[n/64] |= 1 << (n % 64)
	}
	return w
}

// Find returns the words of a text whose stem in an entry of that language is
// wanted, in order. It is Analyze for who wants few of many words: it looks
// for the stems of those alone that begin as a wanted one does.
func (s *Snapshot) Find(tag, text string, wanted *Wanted) []Token {
	a := s.analyzer(tag)
	f := fold(a.Language, text)
	var found []Token
	for _, t := range a.likely([]byte(f.text), wanted) {
		if term := a.term(Question, t.Term); wanted.terms[term] {
			found = append(found, Token{term, f.origin(t.Start), f.origin(t.End)})
		}
	}
	return found
}

// likely returns the words of folded text that can be wanted.
func (a *analyzer) likely(folded []byte, wanted *Wanted) analysis.TokenStream {
	if a.Base != "en" || !simple(folded) {
		return a.words(string(folded), new(tokenBuffer))
	}
	var stream analysis.TokenStream
	for i := 0; i < len(folded); {
		if class(folded[i]) == other {
			i++
			continue
		}
		end := wordEnd(folded, i)
		if n := start(folded[i:end]); wanted.starts[n/64]&(1<<(n%64)) != 0 {
			stream = append(stream, &analysis.Token{Term: folded[i:end:end], Start: i, End: end})
		}
		i = end
	}
	for _, f := range a.wording {
		stream = f.Filter(stream)
	}
	return stream
}

// simple reports whether splitASCII can split a text.
func simple(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf || c == '_' {
			return false
		}
	}
	return true
}

// starts is how many numbers start can give.
const starts = 1 << 10

// start returns a number for the first two letters of an English word in
// ASCII, in any case, that its stem has as well: the English stemmer changes
// the second letter at most from y to i.
func start[T string | []byte](word T) int {
	const letterBits, y, i = 5, 'y' & 31, 'i' & 31
	if len(word) == 0 {
		return 0
	}
	n := int(word[0]&31) << letterBits
	if len(word) == 1 {
		return n
	}
	second := int(word[1] & 31)
	if second == y {
		second = i
	}
	return n | second
}
