package accordion

import (
	"io"
	"regexp"
	"strings"
	"sync"

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

// silence takes the words out of icons: names such as expand_more, for which a font
// shows a picture, and what is hidden from those who listen to the page.
func silence(nodes []*html.Node) {
	for _, root := range nodes {
		for n := range root.Descendants() {
			if up := n.Parent; n.Type == html.TextNode && (up.DataAtom == atom.I || up.DataAtom == atom.Span) && icon(up) {
				n.Data = ""
			}
		}
	}
}

func icon(n *html.Node) bool {
	class := attr(n, "class", "classname")
	return attr(n, "aria-hidden") == "true" || has(class, "material-icons", "material-symbols")
}

// strong reports whether n is a paragraph of bold text that ends asking, or stands
// out by its class.
func strong(n *html.Node) bool {
	if named(n) {
		return true
	}
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

// signs are what shows that a question opens.
const signs = " \t\n+-↓▼▾⌄›»✕"

// withoutSign leaves out a sign behind a question.
func withoutSign(nodes []*html.Node) []*html.Node {
	for n := len(nodes); n > 1 && strings.Trim(head(nodes[n-1]), signs) == ""; n-- {
		nodes = nodes[:n-1]
	}
	return nodes
}

// named reports whether n is a paragraph or division with a class, and nothing in it
// but a line that ends asking, above another element or at the top of a fragment.
func named(n *html.Node) bool {
	class := attr(n, "class", "classname")
	if n.DataAtom != atom.P && n.DataAtom != atom.Div || class == "" || besides().MatchString(class) || !asks(strings.TrimRight(head(n), signs)) {
		return false
	}
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && !inline(c) {
			return false
		}
	}
	return n.Parent == nil || nextElement(n) != nil
}

// besides matches classes of what is said beside the text of a page.
var besides = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(note|tip|info|hint|alert|warning|danger|caution|callout|admonition|banner|lead|intro|subtitle|tagline|footer|breadcrumbs?)\b`)
})

// inline reports whether n is what people put into a line that is a title.
func inline(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.B, atom.Strong, atom.Em, atom.I, atom.Code, atom.Span, atom.Svg:
		return true
	}
	return n.Namespace == "svg"
}

func nextElement(n *html.Node) *html.Node {
	for next := n.NextSibling; next != nil; next = next.NextSibling {
		if next.Type == html.ElementNode {
			return next
		}
	}
	return nil
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
