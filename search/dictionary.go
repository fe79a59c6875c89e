package search

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"unicode/utf8"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"kb/index"
)

// A dictionary is the words of an index, unstemmed, each with the number of
// entries that have it. It reads the index as it is asked.
type dictionary struct {
	reader   bleveindex.IndexReader
	prefixes sync.Map // of at most cachedPrefix letters to []entryWord
}

// An entryWord is a word and the number of entries that have it.
type entryWord struct {
	text  string
	count int
}

const (
	maxExpansions = 24 // words that a prefix is read as: the most frequent ones
	maxSpellings  = 5  // words that a misspelt word is read as
	cachedPrefix  = 3  // letters: shorter prefixes have many words and are few
	minSpelt      = 4  // letters: shorter words are too near to too many others
	minTwoEdits   = 8  // letters of a word that may have two mistakes
	maxSpelt      = 32 // letters: the automaton of a longer word costs too much
)

// count returns how many entries have the word.
func (d *dictionary) count(word string) (int, error) {
	r, err := d.reader.TermFieldReader(nil, []byte(word), index.Words, false, false, false)
	if err != nil {
		return 0, fmt.Errorf("count %q: %w", word, err)
	}
	defer r.Close()
	return int(r.Count()), nil
}

// completions returns the most frequent words that begin with prefix, without
// itself.
func (d *dictionary) completions(prefix string) ([]entryWord, error) {
	if words, ok := d.prefixes.Load(prefix); ok {
		return words.([]entryWord), nil
	}
	dict, err := d.reader.FieldDictPrefix(index.Words, []byte(prefix))
	if err != nil {
		return nil, fmt.Errorf("complete %q: %w", prefix, err)
	}
	words, err := collect(dict, func(w string) bool { return w != prefix })
	if err != nil {
		return nil, fmt.Errorf("complete %q: %w", prefix, err)
	}
	slices.SortStableFunc(words, func(a, b entryWord) int { return cmp.Compare(b.count, a.count) })
	words = slices.Clone(words[:min(len(words), maxExpansions)])
	if utf8.RuneCountInString(prefix) <= cachedPrefix {
		d.prefixes.Store(prefix, words)
	}
	return words, nil
}

func collect(dict bleveindex.FieldDict, want func(string) bool) ([]entryWord, error) {
	defer dict.Close()
	var words []entryWord
	for {
		e, err := dict.Next()
		if err != nil || e == nil {
			return words, err
		}
		if want(e.Term) {
			words = append(words, entryWord{e.Term, int(e.Count)})
		}
	}
}

// spellings returns the words of the index that are nearest to word, which is
// not in it, and how far they are in edits of one letter: those with the same
// first letter first, then the most frequent.
func (d *dictionary) spellings(word string) ([]entryWord, int, error) {
	n := utf8.RuneCountInString(word)
	if n < minSpelt || n > maxSpelt {
		return nil, 0, nil
	}
	for edits := 1; edits <= 2; edits++ {
		words, err := d.within(word, edits)
		if err != nil {
			return nil, 0, fmt.Errorf("spell %q: %w", word, err)
		}
		if len(words) > 0 {
			return words[:min(len(words), maxSpellings)], edits, nil
		}
		if n < minTwoEdits {
			break
		}
	}
	return nil, 0, nil
}

func (d *dictionary) within(word string, edits int) ([]entryWord, error) {
	fuzzy, ok := d.reader.(bleveindex.IndexReaderFuzzy)
	if !ok {
		return nil, nil
	}
	dict, err := fuzzy.FieldDictFuzzy(index.Words, word, edits, "")
	if err != nil {
		return nil, err
	}
	words, err := collect(dict, func(string) bool { return true })
	if err != nil {
		return nil, err
	}
	for i, w := range words {
		if words[i].count, err = d.count(w.text); err != nil { // the automaton gives none
			return nil, err
		}
	}
	slices.SortStableFunc(words, func(a, b entryWord) int {
		return cmp.Or(cmp.Compare(firstDiffers(a.text, word), firstDiffers(b.text, word)), cmp.Compare(b.count, a.count))
	})
	return words, nil
}

func firstDiffers(a, b string) int {
	x, _ := utf8.DecodeRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	if x == y {
		return 0
	}
	return 1
}
