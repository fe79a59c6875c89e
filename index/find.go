package index

import (
	"bytes"
	"unicode/utf8"
)

// Wanted are terms to find in texts, by one goroutine at a time.
type Wanted struct {
	terms  map[string]int // to their numbers
	starts starts
	words  map[string]int // English words seen so far, to the number of their term
}

// unwanted is the number of a term that is not wanted.
const unwanted = -1

// NewWanted returns terms to find: stems, as Analyze gives them, each once.
func NewWanted(terms []string) *Wanted {
	w := &Wanted{terms: make(map[string]int, len(terms)), words: map[string]int{}}
	for i, t := range terms {
		w.terms[t] = i
		w.starts.add(t)
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
		if n := wanted.number(a.word(t.Term)); n != unwanted {
			found = append(found, Find{n, f.origin(t.Start), f.origin(t.End)})
		}
	}
	return found
}

// number returns that of the stem of a word.
func (w *Wanted) number(word *word) int {
	if n, ok := w.terms[word.stem.text]; ok {
		return n
	}
	return unwanted
}

// findSimple is Find for English that is simple. It does to the words what the
// filters of English do to all.
func (a *analyzer) findSimple(f folding, wanted *Wanted) []Find {
	found := make([]Find, 0, len(f.text)/64)
	for i := 0; i < len(f.text); {
		if class(f.text[i]) == other {
			i++
			continue
		}
		end := wordEnd(f.text, i)
		if n := wanted.simple(a, f.text[i:end]); n != unwanted {
			found = append(found, Find{n, f.origin(i), f.origin(end)})
		}
		i = end
	}
	return found
}

// simple returns the number of the term of an English word in ASCII.
func (w *Wanted) simple(a *analyzer, word string) int {
	if !w.starts.can(word) {
		return unwanted
	}
	n, seen := w.words[word]
	if !seen {
		n = w.number(a.word(wordOf([]byte(word))))
		w.words[word] = n
	}
	return n
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

// starts are how stems begin: those of up to three letters with two letters,
// longer ones with three. The English stemmer changes what it leaves of the
// first three letters of a word from y to i at most, save for words such as
// dying, whose stems have three.
type starts struct {
	two   [1 << (2 * letterBits) / 64]uint64
	three [1 << (3 * letterBits) / 64]uint64
}

const (
	letterBits = 5
	letterMask = 1<<letterBits - 1
)

// add adds a stem.
func (s *starts) add(stem string) {
	two, three := start(stem)
	if len(stem) <= 3 {
		s.two[two/64] |= 1 << (two % 64)
	} else {
		s.three[three/64] |= 1 << (three % 64)
	}
}

// can reports whether an English word in ASCII, in any case, can have one of
// the stems.
func (s *starts) can(word string) bool {
	two, three := start(word)
	return s.two[two/64]>>(two%64)&1 != 0 || s.three[three/64]>>(three%64)&1 != 0
}

// start returns numbers for the first two letters of a word and for the first
// three.
func start(word string) (two, three uint) {
	var n [3]uint
	for i := range min(len(word), 3) {
		if n[i] = uint(word[i] & letterMask); n[i] == 'y'&letterMask {
			n[i] = 'i' & letterMask
		}
	}
	two = n[0]<<letterBits | n[1]
	return two, two<<letterBits | n[2]
}
