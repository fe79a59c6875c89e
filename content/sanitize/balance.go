package sanitize

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxDepth is the number of elements that may be open at one time; the tags of
// what lies deeper are left out, and its text is kept. The deepest answer known
// has 14. It bounds the recursion of everything that walks a tree, and keeps
// away from the 512 at which x/net/html refuses to parse.
const maxDepth = 100

// maxAttributes is the number of attributes of an element that are looked at.
// No element has so many that mean something in an answer.
const maxAttributes = 64

// newBalancer returns a balancer that puts nodes into a div.
func newBalancer(src string, z *html.Tokenizer) *balancer {
	div := newElement("div", nil)
	return &balancer{src: src, z: z, in: &div}
}

// run reads the source, and reports whether the mark came right behind it.
func (b *balancer) run() bool {
	for {
		typ := b.z.Next()
		raw := b.z.Raw()
		at := b.read
		if b.read += len(raw); b.read > len(b.src) {
			return at == len(b.src) && string(raw) == mark
		}
		switch typ {
		case html.ErrorToken: // the end: neither of the readers has another error
			return false
		case html.TextToken:
			b.text(b.words(at))
		case html.StartTagToken, html.SelfClosingTagToken:
			b.start(b.clip(b.z.Token()))
		case html.EndTagToken:
			b.end(b.z.Token().Data)
		}
	}
}

// words returns the text that has been read since at: as it stands in the
// source, unless HTML has another way to write what is in it.
func (b *balancer) words(at int) string {
	if s := b.src[at:b.read]; !strings.Contains(s, "&") && !strings.Contains(s, "\r") {
		return s
	}
	return b.z.Token().Data
}

// clip returns the tag with no more than maxAttributes. A tokenizer that has
// seen more starts anew: it would take longer for every tag to come.
func (b *balancer) clip(t html.Token) html.Token {
	if len(t.Attr) > maxAttributes {
		t.Attr = t.Attr[:maxAttributes]
		b.z = html.NewTokenizer(strings.NewReader(b.src[b.read:]))
	}
	return t
}

// A balancer turns a stream of tags into one that nests.
type balancer struct {
	src    string
	z      *html.Tokenizer
	read   int        // bytes of src
	in     *html.Node // the innermost open element
	open   []frame
	over   map[string]int // by name, start tags left out whose end tags are still to come
	last   map[string]int // by name, where the last end tag in src is, or -1
	hidden string         // the element whose end tag ends what is left out, or ""
	linked bool           // the media that is hidden has its link
	nodes  []html.Node    // to be used next: they are made by the dozen
}

type frame struct {
	element
	ended bool // an inline element that ends with the block in it
}

func (b *balancer) text(s string) {
	if b.hidden != "" {
		return
	}
	if b.top().holdsTags() && strings.TrimSpace(s) != "" {
		b.enterCell()
	}
	b.put(printable(s))
}

// put adds text to the innermost open element. A browser passes over a line
// break at the beginning of pre.
func (b *balancer) put(s string) {
	if b.in.DataAtom == atom.Pre && b.in.FirstChild == nil {
		s = strings.TrimPrefix(s, "\n")
	}
	last := b.in.LastChild
	switch {
	case s == "":
	case last != nil && last.Type == html.TextNode:
		last.Data += s
	default:
		n := b.node()
		n.Type, n.Data = html.TextNode, s
		b.in.AppendChild(n)
	}
}

func (b *balancer) start(t html.Token) {
	e := elements[t.Data]
	attrs := normalize(e, t.Attr)
	switch {
	case b.hidden != "":
		b.source(t)
	case e.kind == 0:
	case e.kind == hidden || e.kind == media:
		b.hide(e, t)
	case e.kind == check:
		b.text(checkbox(t.Attr))
	case idle(e.name, attrs):
		b.idle(e)
	case b.admit(e):
		b.write(e, attrs)
	case e.kind != void && e.kind != rule:
		b.leftOut(e, 1)
		b.part(e)
	}
}

// leftOut counts the start tags of e that are left out.
func (b *balancer) leftOut(e element, n int) {
	if b.over == nil {
		b.over = make(map[string]int)
	}
	b.over[e.name] += n
}

func (b *balancer) end(name string) {
	e := elements[name]
	switch {
	case b.hidden != "":
		if name == b.hidden {
			b.hidden = ""
		}
	case b.over[e.name] > 0:
		b.leftOut(e, -1)
		b.part(e)
	default:
		b.close(e)
	}
}

// close ends the innermost e, and everything in it unless e is inline.
func (b *balancer) close(e element) {
	i := b.find(e.kind, func(f frame) bool {
		return f.name == e.name && !f.ended || f.kind == heading && e.kind == heading
	})
	switch {
	case i < 0:
		b.part(e)
	case e.kind == inline && b.blockAbove(i):
		b.open[i].ended = true
	default:
		b.popTo(i)
	}
}

func (b *balancer) blockAbove(i int) bool {
	for _, f := range b.open[i+1:] {
		if f.kind != inline {
			return true
		}
	}
	return false
}

// part keeps words apart where the tag of a block is left out.
func (b *balancer) part(e element) {
	if e.kind > inline {
		b.put("\n")
	}
}

func (b *balancer) write(e element, attrs []html.Attribute) {
	n := b.node()
	*n = newElement(e.name, attrs)
	b.in.AppendChild(n)
	if e.kind != void && e.kind != rule {
		b.open = append(b.open, frame{element: e})
		b.in = n
	}
}

// maxNodes is how many nodes are made at one time, if that many tags are among
// the next nearTags bytes.
const (
	maxNodes = 32
	nearTags = 1 << 10
)

// node returns an empty node.
func (b *balancer) node() *html.Node {
	if len(b.nodes) == 0 {
		rest := b.src[min(b.read, len(b.src)):]
		tags := strings.Count(rest[:min(len(rest), nearTags)], "<")
		b.nodes = make([]html.Node, min(tags+1, maxNodes))
	}
	n := &b.nodes[0]
	b.nodes = b.nodes[1:]
	return n
}

func newElement(name string, attrs []html.Attribute) html.Node {
	return html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name)), Attr: attrs}
}

// top returns the kind of the innermost open element, 0 if there is none.
func (b *balancer) top() kind {
	if len(b.open) == 0 {
		return 0
	}
	return b.open[len(b.open)-1].kind
}

// find returns the index of the innermost open element that is wanted for a
// tag of kind k, or -1. It looks no further than the cell or the table that the
// tag stands in; tags of tables look beyond cells.
func (b *balancer) find(k kind, wanted func(frame) bool) int {
	for i, f := range slices.Backward(b.open) {
		switch {
		case wanted(f):
			return i
		case f.kind == table, f.kind.bounds() && !k.inTable() && k != table:
			return -1
		}
	}
	return -1
}

// popTo closes all but the n outermost open elements, and those that end with
// what it closed.
func (b *balancer) popTo(n int) {
	for len(b.open) > n || len(b.open) > 0 && b.open[len(b.open)-1].ended {
		b.open = b.open[:len(b.open)-1]
		b.in = b.in.Parent
	}
}
