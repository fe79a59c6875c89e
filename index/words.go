package index

import (
	"bufio"
	"maps"
	"os"
	"slices"

	"github.com/blevesearch/vellum"
)

// writeWords writes words, with the number of entries that each is in.
func writeWords(name string, all map[string]uint64) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	fst, err := vellum.New(w, nil)
	if err != nil {
		return err
	}
	for _, word := range slices.Sorted(maps.Keys(all)) {
		if err := fst.Insert([]byte(word), all[word]); err != nil {
			return err
		}
	}
	if err := fst.Close(); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
