package index

import (
	"maps"

	"github.com/blevesearch/vellum"
)

// counts are what is counted over all entries.
type counts struct {
	tokens map[string]uint64 // text field to its length in tokens
	words  []*vellum.FST     // lists of words with numbers of entries, to be added up
}

// counts returns those of the corpus: of the new entries, of those that the
// live generation has counted, less those that are not taken from there.
func (w *segmentWriter) counts() (counts, error) {
	c := counts{tokens: map[string]uint64{Question: 0, Alias: 0, Answer: 0, Headings: 0}}
	indexers := w.indexers
	if w.former != nil && w.former.used > 0 {
		gone, err := w.former.gone(w.memo)
		if err != nil {
			return c, err
		}
		indexers = append(indexers, gone)
		c.words = append(c.words, w.former.words)
		maps.Copy(c.tokens, w.former.manifest.Tokens)
	}
	for _, x := range indexers {
		if err := x.forget(every); err != nil {
			return c, err
		}
		c.words = append(c.words, x.lists...)
		for field, n := range x.tokens {
			c.tokens[field] += n
		}
	}
	return c, nil
}
