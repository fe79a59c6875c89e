package search

import (
	"fmt"
	"html/template"
	"slices"
	"testing"

	"kb/content"
)

// TestRough finds the same first entries as a search that reads them, which
// puts those with the words side by side before the others.
func TestRough(t *testing.T) {
	var entries []*content.Entry
	for i := range 2 * DefaultLimit {
		text := fmt.Sprintf("A bicycle %d and a blue bell.", i)
		if i%3 == 0 {
			text = fmt.Sprintf("A blue bicycle %d and a bell.", i)
		}
		entries = append(entries, &content.Entry{
			ID: fmt.Sprintf("n%d", i), Question: fmt.Sprintf("What is number %d?", i), Answer: content.Answer{HTML: template.HTML("<p>" + text + "</p>"), Text: text},
		})
	}
	s := build(t, content.Site{}, entries...)
	ids := func(rough bool) []string {
		found, err := s.Rank(t.Context(), Query{Text: "blue bell bicycle", Rough: rough})
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, r := range found {
			all = append(all, r.ID)
		}
		return all
	}
	rough, read := ids(true), ids(false)
	if slices.Equal(rough, read) {
		t.Errorf("reading changes nothing: %v", read)
	}
	slices.Sort(rough)
	slices.Sort(read)
	if len(read) != DefaultLimit || !slices.Equal(rough, read) {
		t.Errorf("rough %v, read %v", rough, read)
	}
}
