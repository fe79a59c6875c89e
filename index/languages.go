package index

import (
	"cmp"
	"maps"
	"slices"

	"kb/content"
	"kb/index/lang"
)

// languagesOf returns the bases of the languages that the entries of a corpus
// are in, that of most entries first.
func languagesOf(c *content.Corpus) []string {
	count := map[string]int{}
	for _, e := range c.Entries {
		count[lang.Of(cmp.Or(e.Lang, c.Site.Lang())).Base]++
	}
	return slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
}
