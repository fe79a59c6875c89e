package sanitize

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// verbatim writes preformatted text as it is, below the item it belongs to.
func (w *textWriter) verbatim(n *html.Node) {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case d.DataAtom == atom.Br:
			b.WriteByte('\n')
		case d.DataAtom == atom.Img:
			b.WriteString(attr(d.Attr, "alt"))
		}
	}
	if w.inCell > 0 {
		w.words(" " + b.String() + " ")
		return
	}
	text := strings.TrimRight(strings.TrimLeft(visible(b.String()), "\n"), " \t\n")
	w.separate(2)
	if text != "" {
		w.begin()
		w.out.WriteString(strings.ReplaceAll(text, "\n", "\n"+w.indent))
	}
	w.separate(2)
}

// list writes a list with a marker before each item.
func (w *textWriter) list(n *html.Node) {
	w.separate(2)
	number := 1
	if i, ok := place(n, "start"); ok {
		number = i
	}
	for c := range n.ChildNodes() {
		if c.DataAtom != atom.Li {
			w.node(c)
			continue
		}
		marker := "- "
		if n.DataAtom == atom.Ol {
			if i, ok := place(c, "value"); ok {
				number = i
			}
			marker = strconv.Itoa(number) + ". "
			number++
		}
		w.listItem(c, marker)
	}
	w.separate(2)
}

// maxPlace is the highest number of an item that the policy allows.
const maxPlace = 999_999

// place returns the number that an attribute gives to an item of a list.
func place(n *html.Node, key string) (int, bool) {
	i, err := strconv.Atoi(attr(n.Attr, key))
	return i, err == nil && -maxPlace <= i && i <= maxPlace
}

func (w *textWriter) listItem(n *html.Node, marker string) {
	w.separate(1)
	if w.inCell > 0 {
		w.children(n)
		return
	}
	outer := w.indent
	w.first = outer + marker
	if len(outer) < maxIndent {
		w.indent += strings.Repeat(" ", len(marker))
	}
	w.inItem++
	w.children(n)
	w.separate(1)
	w.inItem--
	w.indent, w.first = outer, ""
}

// row writes a table row on one line.
func (w *textWriter) row(n *html.Node) {
	w.separate(1)
	first := true
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode {
			continue
		}
		if !first {
			w.words(" | ")
		}
		first = false
		w.inCell++
		w.children(c)
		w.inCell--
	}
	w.separate(1)
}
