package sanitize

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// render returns the HTML of what is in root.
func render(root *html.Node) string {
	var b strings.Builder
	for n := range root.ChildNodes() {
		if err := html.Render(&b, n); err != nil {
			panic(err) // a strings.Builder takes all, and parse makes no node that it cannot write
		}
	}
	return strings.Trim(b.String(), " \t\r\n\f")
}

// elementsIn appends the elements in n, in the order of the document.
func elementsIn(n *html.Node, all []*html.Node) []*html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			all = elementsIn(c, append(all, c))
		}
	}
	return all
}

// isImage reports whether n is an image that is still in its tree.
func isImage(n *html.Node) bool { return n.DataAtom == atom.Img && n.Parent != nil }

// A tree fits the nodes of an answer to the pages it will be shown on.
type tree struct {
	base    *url.URL
	prefix  string
	ids     map[string]string // as the author wrote them, to what they are now
	taken   map[string]bool   // what they are now
	outline []byte            // levels of the headings that the next one may stand under
}

// arrange does what needs all elements of an answer: ids before the links to
// them, headings in their order, and cells when images are images or text.
func (t *tree) arrange(all []*html.Node) {
	for _, n := range all {
		t.identify(n)
	}
	for _, n := range all {
		switch n.DataAtom {
		case atom.A:
			t.link(n)
		case atom.Img:
			t.image(n)
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			t.heading(n)
		}
	}
	for _, n := range all {
		if n.DataAtom == atom.Td || n.DataAtom == atom.Th {
			shorten(n)
		}
	}
}

// identify gives n its new id; of elements that ask for the same, the first
// gets it.
func (t *tree) identify(n *html.Node) {
	id := attr(n.Attr, "id")
	if id == "" {
		return
	}
	name := strings.Join(strings.Fields(id), "-")
	if name == "" {
		remove(n, "id")
		return
	}
	if !strings.HasPrefix(name, t.prefix) {
		name = t.prefix + name
	}
	if t.taken[name] {
		remove(n, "id")
		return
	}
	if t.ids == nil {
		t.ids, t.taken = make(map[string]string), make(map[string]bool)
	}
	t.taken[name], t.ids[id] = true, name
	set(n, "id", name)
}

// idPrefix returns what stands before the ids of an answer.
func idPrefix(prefix string) string {
	if prefix == "" {
		return "kb-"
	}
	return "kb-" + strings.Join(strings.Fields(printable(valid(prefix))), "-") + "-"
}

// link resolves a link, and unwraps one that another has taken the id of.
func (t *tree) link(n *html.Node) {
	u, err := url.Parse(attr(n.Attr, "href"))
	switch {
	case idle("a", n.Attr):
		unwrap(n)
	case err != nil || *u == url.URL{}:
		remove(n, "href")
	case inPage(u):
		if id, here := t.ids[u.Fragment]; here {
			u = &url.URL{Fragment: id}
		}
		set(n, "href", u.String())
	default:
		set(n, "href", t.resolve(u))
	}
}

// inPage reports whether u is a fragment alone.
func inPage(u *url.URL) bool {
	return *u == url.URL{Fragment: u.Fragment, RawFragment: u.RawFragment}
}

func (t *tree) resolve(u *url.URL) string {
	if t.base == nil {
		return u.String()
	}
	return t.base.ResolveReference(u).String()
}

// image resolves an image and loads it late, so that closed answers cost
// nothing; one whose address was not allowed becomes its description.
func (t *tree) image(n *html.Node) {
	u, err := url.Parse(attr(n.Attr, "src"))
	if err != nil || *u == (url.URL{}) {
		n.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: " " + attr(n.Attr, "alt") + " "}, n)
		n.Parent.RemoveChild(n)
		return
	}
	set(n, "src", t.resolve(u))
	set(n, "alt", attr(n.Attr, "alt"))
	set(n, "loading", "lazy")
}

// set gives n the attribute.
func set(n *html.Node, key, val string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = val
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: val})
}

// remove takes the attribute from n.
func remove(n *html.Node, key string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr = append(n.Attr[:i], n.Attr[i+1:]...)
			return
		}
	}
}

// unwrap puts the children of n in its place.
func unwrap(n *html.Node) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}
