package markdown

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// fragments gives every heading the id that the generator of the site makes of
// it, for links to the author's own page. A generator numbers ids that would
// be equal, so headings that are no questions count too.
func (p *page) fragments(blocks []block) {
	g := &idMaker{document: p.document, style: p.idStyle(), used: map[string]int{}}
	if g.style != "" && g.style != "explicit" {
		g.blocks(blocks)
	}
}

// idStyle returns the generator that makes the page, or "".
func (p *page) idStyle() string { return cmp.Or(p.hint.Anchors, p.reader.opt.Site.Anchors) }

// An idMaker makes the ids of one page.
type idMaker struct {
	*document
	style string
	used  map[string]int // how often an id was asked for
}

// blocks gives the headings their ids in document order, those inside items too,
// since a generator counts them all.
func (g *idMaker) blocks(blocks []block) {
	for i := range blocks {
		b := &blocks[i]
		g.blocks(b.inner)
		if b.kind == headingBlock {
			b.fragment = g.heading(b)
		}
	}
}

// heading returns the id of a heading. Only GitHub gives one to HTML.
func (g *idMaker) heading(b *block) string {
	n, markdown := b.node.(*ast.Heading)
	switch {
	case g.style == "github" && markdown && len(n.Attributes()) > 0: // which show there as they are written
		return g.unique(generatedID(g.style, b.title+" "+g.attributes(n)))
	case b.anchor != "":
		g.used[b.anchor]++
		return b.anchor
	case g.style == "hugo" && markdown:
		return g.unique(generatedID(g.style, g.lastLine(n)))
	case markdown || g.style == "github":
		return g.unique(generatedID(g.style, b.title))
	}
	return ""
}

// attributes returns those of a heading as written behind its text.
func (g *idMaker) attributes(n *ast.Heading) string {
	lines := n.Lines()
	if lines.Len() == 0 {
		return ""
	}
	line, _, _ := bytes.Cut(g.src[lines.At(lines.Len()-1).Stop:], []byte("\n"))
	return strings.TrimSpace(string(line))
}

// lastLine returns the last line of a heading as written, which is what Hugo
// makes the id of: with the targets of its links.
func (g *idMaker) lastLine(n *ast.Heading) string {
	lines := n.Lines()
	if lines.Len() == 0 {
		return ""
	}
	last := lines.At(lines.Len() - 1)
	return strings.TrimSpace(string(last.Value(g.src)))
}

var counted = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(.*)_([0-9]+)$`) })

// unique numbers an id that is taken. Jekyll and kramdown count how often it was
// asked for and look no further; the others look for one that is free.
func (g *idMaker) unique(id string) string {
	n := g.used[id]
	g.used[id]++
	switch {
	case g.style == "mkdocs":
		for n > 0 || id == "" {
			id = nextCounted(id)
			n = g.used[id]
			g.used[id]++
		}
		return id
	case n == 0:
		return id
	}
	for ; ; n++ {
		next := fmt.Sprintf("%s-%d", id, n)
		if g.style == "jekyll" || g.style == "kramdown" {
			return next
		}
		if g.used[next] == 0 {
			g.used[next]++
			return next
		}
	}
}

// nextCounted returns the id that Python-Markdown tries next.
func nextCounted(id string) string {
	m := counted().FindStringSubmatch(id)
	if m == nil {
		return id + "_1"
	}
	n, err := strconv.Atoi(m[2])
	if err != nil {
		return id + "_1" // more digits than a number has
	}
	return fmt.Sprintf("%s_%d", m[1], n+1)
}

var (
	kramdownStart = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[^a-zA-Z]+`) })
	kramdownDrop  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^a-zA-Z0-9 -]`) })
	mkdocsDrop    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\w\s-]`) })
	mkdocsJoin    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[-\s]+`) })
)

// dashes are what kramdown makes typographic signs of, which no id has.
var dashes = strings.NewReplacer("---", "", "--", "")

// generatedID returns the id that a generator makes of the text of a heading:
//
//	github, docusaurus   words of any script, - and _, lower case, spaces to - (github-slugger)
//	jekyll               the same, without dashes of two and three hyphens (kramdown-parser-gfm)
//	hugo                 the same as github, but for the combining marks (sanitizeAnchorName)
//	kramdown             from the first ASCII letter, ASCII letters, digits and - (basic_generate_id)
//	mkdocs               ASCII words joined by one - (the slugify of Python-Markdown)
func generatedID(style, text string) string {
	switch style {
	case "kramdown":
		id := kramdownDrop().ReplaceAllString(kramdownStart().ReplaceAllString(dashes.Replace(text), ""), "")
		return cmp.Or(strings.ToLower(strings.ReplaceAll(id, " ", "-")), "section")
	case "mkdocs":
		ascii, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.Predicate(func(r rune) bool { return r > unicode.MaxASCII }))), text)
		if err != nil {
			return ""
		}
		ascii = strings.ToLower(strings.TrimSpace(mkdocsDrop().ReplaceAllString(ascii, "")))
		return mkdocsJoin().ReplaceAllString(ascii, "-")
	case "hugo":
		return cmp.Or(strings.Map(func(r rune) rune { return slugRune(r, r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)) }, text), "heading")
	case "jekyll":
		text = dashes.Replace(text)
	}
	return strings.Map(func(r rune) rune { return slugRune(r, unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Pc)) }, text)
}

// slugRune returns what r is in an id, -1 for nothing.
func slugRune(r rune, word bool) rune {
	switch {
	case r == ' ' || r == '-':
		return '-'
	case word:
		return unicode.ToLower(r)
	}
	return -1
}
