// Package spell finds words near a misspelt one, and words that begin with
// some letters, in a dictionary with counts: a finite state transducer.
//
// Oflazer: Error-tolerant Finite-state Recognition, Computational Linguistics
// 22(1), 1996.
package spell

import (
	"errors"
	"unicode/utf8"

	"github.com/blevesearch/vellum"
)

// A Word is a word of a dictionary.
type Word struct {
	Text  string
	Count int
	Edits int // how far it is from the word that was looked for
}

// Count returns the count of a word, 0 if it is not in the dictionary.
func Count(dict *vellum.Reader, word string) (int, error) {
	n, _, err := dict.Get([]byte(word))
	return int(n), err
}

// Near returns the words at most that many edits away from word, in the order
// of the dictionary, that begin with start. There are none for a word longer
// than MaxLength.
func Near(dict *vellum.FST, word, start string, edits int) ([]Word, error) {
	a := automaton{[]rune(word), min(edits, MaxEdits)}
	if len(a.word) > MaxLength || !utf8.ValidString(word) {
		return nil, nil
	}
	var end []byte
	if start != "" {
		end = after([]byte(start))
	}
	it, err := dict.Search(newMemo(a), []byte(start), end)
	return collect(it, err, func(text []byte) int { return a.distance(a.read(text)) })
}

// read returns the state after text.
func (a automaton) read(text []byte) int {
	s := a.Start()
	for _, b := range text {
		s = a.Accept(s, b)
	}
	return s
}

// Completions returns the words that begin with prefix, but for itself, in the
// order of the dictionary.
func Completions(dict *vellum.FST, prefix string) ([]Word, error) {
	start := []byte(prefix)
	it, err := dict.Iterator(append(start, 0), after(start))
	return collect(it, err, func([]byte) int { return 0 })
}

// after returns the first text after all that begin with prefix; nil if there
// is none.
func after(prefix []byte) []byte {
	end := append([]byte(nil), prefix...)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i] < 0xff {
			end[i]++
			return end[:i+1]
		}
	}
	return nil
}

func collect(it *vellum.FSTIterator, err error, edits func([]byte) int) ([]Word, error) {
	var words []Word
	for ; err == nil; err = it.Next() {
		text, count := it.Current()
		words = append(words, Word{string(text), int(count), edits(text)})
	}
	if errors.Is(err, vellum.ErrIteratorDone) {
		err = nil
	}
	return words, err
}
