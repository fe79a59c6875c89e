package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"kb/content"
	"kb/search"
)

// namedSections is how many sections are named to who asked for one that is
// not there: as many as one reads in a line.
const namedSections = 8

// sectioned returns an error unless name is "" or a section of what s searches.
func sectioned(s *search.Searcher, name, from string) error {
	if name == "" {
		return nil
	}
	sections, err := s.Snapshot().Sections()
	if err != nil {
		return err
	}
	slug := content.Slug(name)
	var headings []string
	for _, sec := range sections {
		heading := sec.Path[len(sec.Path)-1]
		if sec.Slug == name || sec.Slug == slug || strings.EqualFold(heading, name) {
			return nil
		}
		headings = append(headings, heading)
	}
	err = fmt.Errorf("no section %q in %s", name, from)
	if len(headings) == 0 {
		return hinted(err, "it has no sections: leave --section out")
	}
	return hinted(err, "its sections: %s", strings.Join(nearestFirst(name, headings), ", "))
}

// nearestFirst returns the names most like name, each once.
func nearestFirst(name string, names []string) []string {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	far := func(other string) int {
		return levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(other))
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(far(a), far(b)) })
	return names[:min(len(names), namedSections)]
}
