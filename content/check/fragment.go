package check

import (
	"net/url"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"kb/content"
)

// deadFragments finds links to places that are on no page of the content,
// where all that is on the page can be known.
func deadFragments(in Input) []content.Problem {
	s := newShelf(in)
	known := map[*content.Page]map[string]bool{}
	var all []content.Problem
	for _, p := range in.Corpus.Pages {
		for _, r := range references(p) {
			_, fragment, ok := strings.Cut(r.Target, "#")
			if !ok || r.Image || !judged(fragment) {
				continue
			}
			to, there := s.find(p, r.Target)
			if there != yes || to == nil || to.Outline == nil || to.Outline.Open || to.Form == "data" || len(to.Outline.Headings) == 0 && len(to.Entries) == 0 {
				continue
			}
			if known[to] == nil {
				known[to] = fragments(to)
			}
			if !reaches(known[to], fragment) {
				all = append(all, problem(content.Pos{Path: p.Name, Line: r.Line}, "dead-fragment", "#%s is not in %s", fragment, to.Name))
			}
		}
	}
	return all
}

// judged reports whether a fragment names a place on a page: scripts use
// fragments for paths and values, and browsers for texts.
func judged(fragment string) bool {
	return fragment != "" && !strings.EqualFold(fragment, "top") && !strings.ContainsAny(fragment, "/=!:{}<>$")
}

// fragments returns the ids that are on a page, and the headings, from which
// generators make ids, each in its own way: all squeezed.
func fragments(p *content.Page) map[string]bool {
	all := map[string]bool{}
	for _, id := range p.Outline.IDs {
		all[squeeze(id)] = true
	}
	for _, h := range p.Outline.Headings {
		for _, text := range []string{h.Text, strings.TrimLeftFunc(h.Text, notLetter), strings.Map(asciiOnly, h.Text)} {
			all[squeeze(text)] = true
		}
	}
	for _, e := range p.Entries {
		for _, id := range []string{e.ID, e.Anchor, e.Fragment, e.Question} {
			all[squeeze(id)] = true
		}
	}
	return all
}

var suffix = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[-_]\d+$`) })

func reaches(known map[string]bool, fragment string) bool {
	if plain, err := url.PathUnescape(fragment); err == nil {
		fragment = plain
	}
	fragment = strings.TrimPrefix(fragment, "user-content-")
	return known[squeeze(fragment)] || known[squeeze(suffix().ReplaceAllString(fragment, ""))]
}

// squeeze returns the letters and digits of s in lower case: what the ids that
// generators make of one heading have in common.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func asciiOnly(r rune) rune {
	if r > unicode.MaxASCII {
		return -1
	}
	return r
}
