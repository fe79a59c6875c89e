package accordion

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// An index is what one look over a tree finds.
type index struct {
	controls     map[*html.Node]*html.Node // control to panel
	panels       map[*html.Node]bool
	holdsControl map[*html.Node]bool   // has a control inside
	structured   map[*html.Node]bool   // is or has inside a question or heading
	rows         map[*html.Node][]Part // of tables, lists and paragraphs that hold questions
	lines        map[*html.Node]int
	last         int // line of the last part
	isQuestion   func(text string) bool
}

// newIndex looks over the nodes of a fragment.
func (r Reader) newIndex(nodes []*html.Node, fragment string) *index {
	x := &index{lines: map[*html.Node]int{}, isQuestion: r.IsQuestion}
	if x.isQuestion == nil {
		x.isQuestion = func(string) bool { return false }
	}
	byID := map[string]*html.Node{}
	starts := startLines(fragment)
	line := 1 // of an element that the parser adds: where it was found missing
	var all []*html.Node
	for _, root := range nodes {
		all = append(all, root)
		for n := range root.Descendants() {
			all = append(all, n)
		}
	}
	for _, n := range all {
		if n.Type != html.ElementNode {
			continue
		}
		if s := attr(n, "id"); s != "" && byID[s] == nil {
			byID[s] = n
		}
		if q := starts[n.Data]; len(q) > 0 {
			line, starts[n.Data] = q[0], q[1:]
		}
		x.lines[n] = line
	}
	for _, n := range all {
		if x.link(n, byID); x.controls[n] != nil {
			mark(&x.holdsControl, n)
			mark(&x.structured, n)
		}
	}
	for _, n := range all {
		if parts := x.questions(n); parts != nil {
			x.rows = with(x.rows, n, parts)
		}
		if n.DataAtom == atom.Details || n.DataAtom == atom.Dl || x.rows[n] != nil || level(n) > 0 || strong(n) {
			mark(&x.structured, n)
		}
	}
	return x
}

// questions returns what a table, list, paragraph or element of microdata is if it
// holds questions, and no control except a table.
func (x *index) questions(n *html.Node) []Part {
	switch {
	case n.DataAtom == atom.Table:
		return x.table(n)
	case x.holdsControl[n]:
	case strings.HasSuffix(attr(n, "itemtype"), "schema.org/Question"):
		return x.described(n)
	case n.DataAtom == atom.Ul || n.DataAtom == atom.Ol:
		return x.items(n)
	case n.DataAtom == atom.P && !strong(n):
		return x.paragraph(n)
	}
	return nil
}

// mark marks n and everything around it.
func mark(set *map[*html.Node]bool, n *html.Node) {
	for ; n != nil && !(*set)[n]; n = n.Parent {
		*set = with(*set, n, true)
	}
}

// with sets a key of a map, which it makes if it is nil: most fragments have
// nothing to put into most of them.
func with[T any](m map[*html.Node]T, n *html.Node, v T) map[*html.Node]T {
	if m == nil {
		m = map[*html.Node]T{}
	}
	m[n] = v
	return m
}

// link records n as a control if it refers to a panel that it opens. The first
// control of a panel holds the question.
func (x *index) link(n *html.Node, byID map[string]*html.Node) {
	panel := byID[target(n)]
	if panel == nil {
		panel = labelled(n, byID)
	}
	if panel == nil || x.panels[panel] || inside(n, panel) || strings.TrimSpace(plain(n)) == "" {
		return
	}
	x.controls = with(x.controls, n, panel)
	x.panels = with(x.panels, panel, true)
}

// target returns the id of the element that n opens, or "".
func target(n *html.Node) string {
	toggle := attr(n, "data-bs-toggle", "data-toggle")
	switch {
	case toggle == "collapse" || toggle == "accordion":
		ref := attr(n, "data-bs-target", "data-target", "href")
		if ref == "" {
			ref = attr(n, "aria-controls")
		}
		return strings.TrimPrefix(ref, "#")
	case toggle != "":
		return "" // a tab, a menu, a dialog
	case attr(n, "aria-controls") != "" && (attr(n, "aria-expanded") != "" || n.DataAtom == atom.Button):
		return attr(n, "aria-controls")
	case attr(n, "aria-expanded") != "" && strings.HasPrefix(attr(n, "href", "data-target"), "#"):
		return attr(n, "href", "data-target")[1:]
	}
	return ""
}

// labelled returns the element that a label opens by ticking its checkbox, a
// common accordion without scripts, or nil: what follows both, if the label
// asks, since there are other labels.
func labelled(n *html.Node, byID map[string]*html.Node) *html.Node {
	if n.DataAtom != atom.Label {
		return nil
	}
	box := byID[attr(n, "for")]
	kind := ""
	if box != nil {
		kind = attr(box, "type")
	}
	title := strings.TrimSpace(plain(n))
	if kind != "checkbox" && kind != "radio" || !strings.HasSuffix(title, "?") && !strings.HasSuffix(title, "？") {
		return nil
	}
	for next := n.NextSibling; next != nil; next = next.NextSibling {
		if next.Type == html.ElementNode && next != box {
			if next.DataAtom == atom.Label || next.DataAtom == atom.Input {
				return nil
			}
			return next
		}
	}
	return nil
}

func inside(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// startLines returns the lines of the start tags in a fragment by name, in
// order. The parser does not tell positions; it keeps this order.
func startLines(fragment string) map[string][]int {
	lines := map[string][]int{}
	z := html.NewTokenizer(strings.NewReader(fragment))
	line := 1
	for {
		t := z.Next()
		if t == html.ErrorToken {
			return lines
		}
		newlines := bytes.Count(z.Raw(), []byte("\n"))
		if t == html.StartTagToken || t == html.SelfClosingTagToken {
			name, _ := z.TagName()
			lines[string(name)] = append(lines[string(name)], line)
		}
		line += newlines
	}
}
