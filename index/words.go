package index

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/blevesearch/vellum"
)

// list returns the words that are known, with the number of entries that each
// is in, and forgets them.
func (a *analyzer) list() (*vellum.FST, error) {
	var b bytes.Buffer
	list, err := vellum.New(&b, nil)
	if err != nil {
		return nil, err
	}
	for _, w := range slices.SortedFunc(maps.Values(a.knownWords), func(v, w *word) int { return strings.Compare(v.text, w.text) }) {
		if err := list.Insert([]byte(w.text), w.entries); err != nil {
			return nil, err
		}
	}
	clear(a.knownWords)
	clear(a.knownStems)
	if err := list.Close(); err != nil {
		return nil, err
	}
	return vellum.Load(b.Bytes())
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
