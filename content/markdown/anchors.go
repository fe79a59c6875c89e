package markdown

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// fragments gives every heading the id that the generator of the site makes of
// it, for links to the author's own page. A generator numbers ids that would
// be equal, so headings that are no questions count too.
func (p *page) fragments(blocks []block) {
	style := p.hint.Anchors
	if style == "" || style == "explicit" {
		return
	}
	used := map[string]int{}
	for i := range blocks {
		b := &blocks[i]
		if b.kind != headingBlock {
			continue
		}
		id := b.anchor
		if id == "" {
			id = unique(generatedID(style, b.title), style, used)
		}
		used[id]++
		b.fragment = id
	}
}

func unique(id, style string, used map[string]int) string {
	if used[id] == 0 {
		return id
	}
	join := "-"
	if style == "mkdocs" {
		join = "_"
	}
	for n := used[id]; ; n++ {
		if numbered := fmt.Sprintf("%s%s%d", id, join, n); used[numbered] == 0 {
			used[id] = n
			return numbered
		}
	}
}

var (
	kramdownStart = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[^a-zA-Z]+`) })
	kramdownDrop  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^a-zA-Z0-9 -]`) })
	mkdocsDrop    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\w\s-]`) })
	mkdocsJoin    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[-\s]+`) })
)

// generatedID returns the id that a generator makes of the text of a heading:
//
//	github, hugo, docusaurus   letters, digits, - and _ of any script, lower case, spaces to -
//	kramdown                   from the first ASCII letter, ASCII letters, digits and -
//	mkdocs                     ASCII words joined by one -
func generatedID(style, text string) string {
	switch style {
	case "kramdown":
		id := kramdownDrop().ReplaceAllString(kramdownStart().ReplaceAllString(text, ""), "")
		if id = strings.ToLower(strings.ReplaceAll(id, " ", "-")); id == "" {
			return "section"
		}
		return id
	case "mkdocs":
		ascii, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.Predicate(func(r rune) bool { return r > unicode.MaxASCII }))), text)
		if err != nil {
			return ""
		}
		ascii = strings.ToLower(strings.TrimSpace(mkdocsDrop().ReplaceAllString(ascii, "")))
		return mkdocsJoin().ReplaceAllString(ascii, "-")
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-':
			return '-'
		case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}
