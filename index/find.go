package index

import (
	"bytes"
	"unicode/utf8"
)

// Wanted are terms to find in texts.
type Wanted struct {
	terms  map[string]int      // to their numbers
	starts [starts / 64]uint64 // of the terms, as start gives them
}

// NewWanted returns terms to find: stems, as Analyze gives them, each once.
func NewWanted(terms []string) *Wanted {
	w := &Wanted{terms: make(map[string]int, len(terms))}
	for i, t := range terms {
		w.terms[t] = i
		n := start(t)
		w.starts[n/64] |= 1 << (n % 64)
	}
	return w
}

// A Find is a word of a text whose stem is wanted.
type Find struct {
	Term       int // its number among those wanted
	Start, End int // bytes of the text that the word is
}

// Find returns the words of a text whose stem in an entry of that language is
// wanted, in order. It is Analyze for who wants few of many words: it looks
// for the stems of those alone that begin as a wanted one does.
func (s *Snapshot) Find(tag, text string, wanted *Wanted) []Find {
	a := s.analyzer(tag)
	f := fold(a.Language, text)
	if a.Base == "en" && f.simple {
		return a.findSimple(f, wanted)
	}
	var found []Find
	for _, t := range a.words(f.text, new(tokenBuffer)) {
		found = wanted.add(found, a.word(t.Term).stem.text, f, t.Start, t.End)
	}
	return found
}

// add adds a word of f to those found, if its stem is wanted.
func (w *Wanted) add(found []Find, stem string, f folding, start, end int) []Find {
	if n, ok := w.terms[stem]; ok {
		found = append(found, Find{n, f.origin(start), f.origin(end)})
	}
	return found
}

// findSimple is Find for English that is simple. It does to the words what the
// filters of English do to all.
func (a *analyzer) findSimple(f folding, wanted *Wanted) []Find {
	found := make([]Find, 0, len(f.text)/64)
	var room [64]byte
	for i := 0; i < len(f.text); {
		if class(f.text[i]) == other {
			i++
			continue
		}
		end := wordEnd(f.text, i)
		if n := start(f.text[i:end]); wanted.starts[n/64]&(1<<(n%64)) != 0 {
			word := append(room[:0], f.text[i:end]...)
			found = wanted.add(found, a.word(wordOf(word)).stem.text, f, i, end)
		}
		i = end
	}
	return found
}

// wordOf returns an English word in ASCII without a possessive ending and in
// lower case, in place.
func wordOf(text []byte) []byte {
	for i, c := range text {
		if 'A' <= c && c <= 'Z' {
			text[i] = c + 'a' - 'A'
		}
	}
	return bytes.TrimSuffix(text, []byte("'s"))
}

// simple reports whether splitASCII can split a text.
func simple(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || c == '_' {
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
