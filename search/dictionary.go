package search

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/vellum"

	"kb/search/spell"
)

// A dictionary is the words of an index, unstemmed, each with the number of
// entries that have it.
type dictionary struct {
	words    *vellum.FST
	readers  sync.Pool // of *vellum.Reader
	prefixes sync.Map  // of at most cachedPrefix letters to []spell.Word

	mu    sync.Mutex
	spelt map[string][]spell.Word // what was looked for last
}

const (
	maxCompletions = 24 // words that a prefix is read as: the most frequent ones
	maxSpellings   = 5  // words that a misspelt word is read as
	cachedPrefix   = 3  // letters: shorter prefixes have many words and are few
	minSpelt       = 4  // letters: shorter words are too near to too many others
	minTwoEdits    = 8  // letters of a word that may have two mistakes
	keptSpellings  = 4096
)

// count returns how many entries have the word.
func (d *dictionary) count(word string) (int, error) {
	r, ok := d.readers.Get().(*vellum.Reader)
	if !ok {
		var err error
		if r, err = d.words.Reader(); err != nil {
			return 0, fmt.Errorf("count %q: %w", word, err)
		}
	}
	defer d.readers.Put(r)
	n, err := spell.Count(r, word)
	if err != nil {
		return 0, fmt.Errorf("count %q: %w", word, err)
	}
	return n, nil
}

// completions returns the most frequent words that begin with prefix, without
// itself.
func (d *dictionary) completions(prefix string) ([]spell.Word, error) {
	if words, ok := d.prefixes.Load(prefix); ok {
		return words.([]spell.Word), nil
	}
	words, err := spell.Completions(d.words, prefix)
	if err != nil {
		return nil, fmt.Errorf("complete %q: %w", prefix, err)
	}
	slices.SortStableFunc(words, func(a, b spell.Word) int { return cmp.Compare(b.Count, a.Count) })
	words = slices.Clone(words[:min(len(words), maxCompletions)])
	if len(words) > 0 && utf8.RuneCountInString(prefix) <= cachedPrefix {
		d.prefixes.Store(prefix, words)
	}
	return words, nil
}

// spellings returns the words of the index that are nearest to word, which is
// not in it: those with the same first letter first, then the most frequent.
func (d *dictionary) spellings(word string) ([]spell.Word, error) {
	n := utf8.RuneCountInString(word)
	if n < minSpelt || n > spell.MaxLength {
		return nil, nil
	}
	d.mu.Lock()
	words, known := d.spelt[word]
	d.mu.Unlock()
	if known {
		return words, nil
	}
	words, err := d.nearest(word, n)
	if err != nil {
		return nil, fmt.Errorf("spell %q: %w", word, err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.spelt == nil || len(d.spelt) >= keptSpellings {
		d.spelt = map[string][]spell.Word{}
	}
	d.spelt[word] = words
	return words, nil
}

// nearest is spellings for a word of n letters.
func (d *dictionary) nearest(word string, n int) ([]spell.Word, error) {
	most := 1
	if n >= minTwoEdits {
		most = 2
	}
	start := ""
	for edits := 1; edits <= most; edits++ {
		if edits > 1 {
			r, _ := utf8.DecodeRuneInString(word)
			start = string(r) // few people miss the first letter and another one
		}
		words, err := spell.Near(d.words, word, start, edits)
		if err != nil {
			return nil, err
		}
		if len(words) > 0 {
			slices.SortStableFunc(words, func(a, b spell.Word) int { return byLikeness(a, b, word) })
			return slices.Clone(words[:min(len(words), maxSpellings)]), nil
		}
	}
	return nil, nil
}

func byLikeness(a, b spell.Word, word string) int {
	return cmp.Or(cmp.Compare(firstDiffers(a.Text, word), firstDiffers(b.Text, word)), cmp.Compare(b.Count, a.Count))
}

func firstDiffers(a, b string) int {
	x, _ := utf8.DecodeRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	if x == y {
		return 0
	}
	return 1
}
