package index

import (
	"fmt"
	"slices"
	"strings"

	"kb/content"
)

// A Section is a heading with the number of entries anywhere below it.
type Section struct {
	Slug  string   `json:"slug"`  // unique, usable in a URL
	Path  []string `json:"path"`  // headings, outermost first
	Count int      `json:"count"` // of entries
}

// sections collects the sections of a corpus, in its order.
type sections struct {
	all    []*Section
	byPath map[string]*Section
	slugs  map[string]bool
}

func newSections() *sections {
	return &sections{byPath: map[string]*Section{}, slugs: map[string]bool{}}
}

// add counts an entry below path.
func (s *sections) add(path []string) {
	for n := range path {
		s.section(path[:n+1]).Count++
	}
}

// slugsOf returns the slug of each section that an entry below path is in,
// outermost first. It was added.
func (s *sections) slugsOf(path []string) []string {
	slugs := make([]string, len(path))
	for n := range path {
		slugs[n] = s.byPath[sectionKey(path[:n+1])].Slug
	}
	return slugs
}

func (s *sections) section(path []string) *Section {
	key := sectionKey(path)
	sec := s.byPath[key]
	if sec == nil {
		sec = &Section{Slug: s.slug(path), Path: slices.Clone(path)}
		s.byPath[key] = sec
		s.all = append(s.all, sec)
	}
	return sec
}

// slug returns a slug for path; of those that would be the same, all but the
// first are numbered.
func (s *sections) slug(path []string) string {
	want := content.Slug(strings.Join(path, " / "))
	slug := want
	for n := 2; s.slugs[slug]; n++ {
		slug = fmt.Sprintf("%s-%d", want, n)
	}
	s.slugs[slug] = true
	return slug
}

// placed returns the entries of c in their sections: where there are several
// pages, the title of its page stands in for the headings that an entry lacks,
// unless it is the question.
func placed(c *content.Corpus) []*content.Entry {
	if len(c.Pages) < 2 {
		return c.Entries
	}
	entries := make([]*content.Entry, 0, len(c.Entries))
	for _, p := range c.Pages {
		for _, e := range p.Entries {
			if len(e.Section) == 0 && p.Title != "" && p.Title != e.Question {
				titled := *e
				titled.Section = []string{p.Title}
				e = &titled
			}
			entries = append(entries, e)
		}
	}
	return entries
}
