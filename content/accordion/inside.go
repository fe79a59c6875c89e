package accordion

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inside renders what is in elements that say markdown="1", as kramdown and
// MkDocs have it: their content is Markdown without a blank line before it.
// Elements that hold questions stay as they are.
func (r Reader) inside(x *index, nodes []*html.Node) {
	for _, n := range nodes {
		text := childrenOf(n)
		if n.DataAtom == atom.Details {
			text = slices.DeleteFunc(text, func(c *html.Node) bool { return c.DataAtom == atom.Summary })
		}
		holds := func(c *html.Node) bool { return x.structured[c] }
		if n.DataAtom == atom.Dl || !r.isMarkdown(n) || slices.ContainsFunc(text, holds) {
			r.inside(x, text)
			continue
		}
		x.replace(n, text, r.Render)
	}
}

// isMarkdown reports whether the content of n is Markdown.
func (r Reader) isMarkdown(n *html.Node) bool {
	switch attr(n, "markdown") {
	case "1", "block", "span":
		return true
	}
	return r.MDX && n.DataAtom == atom.Details
}

// replace puts rendered Markdown in the place of some children of n, on its line.
func (x *index) replace(n *html.Node, text []*html.Node, render func(markdown string) string) {
	var b strings.Builder
	for _, c := range text {
		writeSource(&b, c)
	}
	nodes, err := html.ParseFragment(strings.NewReader(render(dedent(b.String()))), context())
	if err != nil {
		return // nested too deep: it stays as written
	}
	for _, c := range text {
		n.RemoveChild(c)
	}
	for _, c := range nodes {
		n.AppendChild(c)
		x.lines[c] = x.lines[n]
		for inner := range c.Descendants() {
			x.lines[inner] = x.lines[n]
		}
	}
}

var tagStart = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<([a-zA-Z/!?])`) })

// writeSource writes a node as its author did, with text as it is but for what
// would begin a tag.
func writeSource(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(tagStart().ReplaceAllString(n.Data, "&lt;$1"))
		return
	}
	if n.FirstChild == nil || n.DataAtom == atom.Pre || n.Type != html.ElementNode {
		render(b, n)
		return
	}
	open := *n
	open.FirstChild, open.LastChild, open.NextSibling, open.PrevSibling, open.Parent = nil, nil, nil, nil, nil
	tag, end, _ := strings.Cut(outer(&open), "</")
	b.WriteString(tag)
	for _, c := range childrenOf(n) {
		writeSource(b, c)
	}
	b.WriteString("</" + end)
}

// dedent strips from every line the white space that all lines begin with.
func dedent(s string) string {
	lines := strings.Split(s, "\n")
	margin := -1
	for _, l := range lines[min(1, len(lines)-1):] {
		if text := strings.TrimLeft(l, " "); text != "" && (margin < 0 || len(l)-len(text) < margin) {
			margin = len(l) - len(text)
		}
	}
	for i, l := range lines {
		lines[i] = l[min(max(margin, 0), len(l)-len(strings.TrimLeft(l, " "))):]
	}
	return strings.Join(lines, "\n")
}
