package accordion

import (
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func attr(n *html.Node, keys ...string) string {
	for _, key := range keys {
		for _, a := range n.Attr {
			if a.Key == key && a.Namespace == "" {
				return strings.TrimSpace(a.Val)
			}
		}
	}
	return ""
}

func id(n *html.Node) string { return attr(n, "id", "name") }

// anchorOf returns the id of n, or of an empty anchor inside.
func (w *walker) anchorOf(n *html.Node) string {
	if s := id(n); s != "" {
		return s
	}
	for c := range n.Descendants() {
		if c.DataAtom == atom.A && id(c) != "" {
			return id(c)
		}
	}
	return ""
}

// emptyAnchor reports whether n only marks a place, such as <a name="x"></a>.
func emptyAnchor(n *html.Node) bool {
	if n.DataAtom != atom.A && n.DataAtom != atom.Span && n.DataAtom != atom.P && n.DataAtom != atom.Div {
		return false
	}
	if n.DataAtom == atom.P && n.FirstChild != nil && n.FirstChild == n.LastChild {
		return emptyAnchor(n.FirstChild)
	}
	return id(n) != "" && attr(n, "href") == "" && strings.TrimSpace(plain(n)) == ""
}

// Aliases splits a list of other ways to ask a question, as it is written in
// an attribute.
func Aliases(list string) []string {
	var all []string
	for s := range strings.SplitSeq(list, ";") {
		if s = strings.TrimSpace(s); s != "" {
			all = append(all, s)
		}
	}
	return all
}

func aliases(n *html.Node) []string { return Aliases(attr(n, "data-aliases")) }

// strong reports whether n is a paragraph of bold text that ends asking.
func strong(n *html.Node) bool {
	if n.DataAtom != atom.P || !strings.HasSuffix(strings.TrimSpace(plain(n)), "?") {
		return false
	}
	for c := range n.ChildNodes() {
		blank := c.Type == html.TextNode && strings.TrimSpace(c.Data) == ""
		if !blank && c.DataAtom != atom.Strong && c.DataAtom != atom.B && c.DataAtom != atom.Br {
			return false
		}
	}
	return true
}

// level returns the level of a heading element, or 0.
func level(n *html.Node) int {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return int(n.Data[1] - '0')
	}
	return 0
}

func childrenOf(n *html.Node) []*html.Node {
	var all []*html.Node
	for c := range n.ChildNodes() {
		all = append(all, c)
	}
	return all
}

func render(w io.Writer, n *html.Node) {
	if err := html.Render(w, n); err != nil {
		panic(err) // a parsed tree written to memory: it cannot fail
	}
}

func renderAll(nodes []*html.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		render(&b, n)
	}
	return strings.TrimSpace(b.String())
}

func inner(n *html.Node) string { return renderAll(childrenOf(n)) }

func outer(n *html.Node) string { return renderAll([]*html.Node{n}) }

// plain returns the text in n, unformatted.
func plain(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// maxHead is how many nodes are looked at for the text of something: a title has
// few, and looking at all of it in each of nested elements would take long.
const maxHead = 100

// head returns the text in n as plain does, without what is far inside of it.
func head(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	seen := 0
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
		if seen++; seen == maxHead {
			break
		}
	}
	return b.String()
}
