package index

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/blevesearch/vellum"
)

// plainly makes lists that live as long as a build: what would make them smaller
// takes most of the time.
var plainly = &vellum.BuilderOpts{Encoder: 1, RegistryTableSize: 1, RegistryMRUSize: 1}

// forget forgets the words that are in fewer entries than that, and lists them,
// with the number of entries that each is in times one.
func (a *analyzer) forget(fewer, one uint64) (*vellum.FST, error) {
	var b bytes.Buffer
	list, err := vellum.New(&b, plainly)
	if err != nil {
		return nil, err
	}
	for _, w := range a.rare(fewer) {
		if err := list.Insert([]byte(w.text), w.entries*one); err != nil {
			return nil, err
		}
		delete(a.knownWords, w.text)
	}
	clear(a.knownStems)
	for _, w := range a.knownWords {
		a.knownStems[w.stem.text] = w.stem
	}
	if err := list.Close(); err != nil {
		return nil, err
	}
	return vellum.Load(b.Bytes())
}

// rare returns the words that are in fewer entries than that, in order.
func (a *analyzer) rare(fewer uint64) []*word {
	var words []*word
	for _, w := range a.knownWords {
		if w.entries < fewer {
			words = append(words, w)
		}
	}
	slices.SortFunc(words, func(v, w *word) int { return strings.Compare(v.text, w.text) })
	return words
}

// writeWords writes the words of all lists, each with the sum of its numbers,
// but not those of which that is 0.
func writeWords(w io.Writer, lists []*vellum.FST) error {
	var all []vellum.Iterator
	for _, l := range lists {
		it, err := l.Iterator(nil, nil)
		switch {
		case err == nil:
			all = append(all, it)
		case !errors.Is(err, vellum.ErrIteratorDone):
			return err
		}
	}
	fst, err := vellum.New(w, nil)
	if err != nil {
		return err
	}
	it, err := vellum.NewMergeIterator(all, vellum.MergeSum)
	for ; err == nil; err = it.Next() {
		if word, n := it.Current(); n > 0 {
			if err := fst.Insert(word, n); err != nil {
				return err
			}
		}
	}
	if !errors.Is(err, vellum.ErrIteratorDone) {
		return err
	}
	return fst.Close()
}
