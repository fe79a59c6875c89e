package index

import (
	"errors"
	"maps"

	"github.com/blevesearch/vellum"
)

// counts are what is counted over all entries.
type counts struct {
	tokens map[string]uint64 // text field to its length in tokens
	words  map[string]uint64 // word to the number of entries that it is in
}

// add counts what an indexer has seen, or with take discounts it.
func (c counts) add(x *indexer, take bool) {
	change := func(of map[string]uint64, key string, n uint64) {
		if take {
			n = -n
		}
		if of[key] += n; of[key] == 0 {
			delete(of, key)
		}
	}
	for word, entries := range x.words() {
		change(c.words, word, entries)
	}
	for field, tokens := range x.tokens {
		change(c.tokens, field, tokens)
	}
}

// counts returns those of the corpus: of the new entries, of those that the
// live generation has counted, less those that are not taken from there.
func (w *segmentWriter) counts() (counts, error) {
	c := counts{map[string]uint64{}, map[string]uint64{}}
	if w.former != nil && w.former.used > 0 {
		gone, err := w.former.gone()
		if err != nil {
			return c, err
		}
		if c, err = w.former.counts(); err != nil {
			return c, err
		}
		c.add(gone, true)
	}
	for _, x := range w.indexers {
		c.add(x, false)
	}
	for _, field := range []string{Question, Alias, Answer, Headings} {
		c.tokens[field] += 0 // is there in any case
	}
	return c, nil
}

// counts returns those that the live generation was written with.
func (f *former) counts() (counts, error) {
	c := counts{map[string]uint64{}, map[string]uint64{}}
	maps.Copy(c.tokens, f.manifest.Tokens)
	it, err := f.Snapshot.words.Iterator(nil, nil)
	for ; err == nil; err = it.Next() {
		word, entries := it.Current()
		c.words[string(word)] = entries
	}
	if !errors.Is(err, vellum.ErrIteratorDone) {
		return c, err
	}
	return c, nil
}
