package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// linksOnly reports whether the range is nothing but lists of links.
func (h *headingReader) linksOnly(from, to int) bool { return h.links(from, to, "") }

// tocOnly reports whether the range is nothing but links to this page.
func (h *headingReader) tocOnly(from, to int) bool { return h.links(from, to, "#") }

// links reports whether a range is nothing but lists of links to targets with the
// prefix, at least one.
func (h *headingReader) links(from, to int, prefix string) bool {
	any := false
	for _, b := range h.blocks[from:to] {
		if b.kind == headingBlock || h.blank(b) {
			continue
		}
		list, ok := b.node.(*ast.List)
		if !ok || !h.linkList(list, prefix) {
			return false
		}
		any = true
	}
	return any
}

// linkList reports whether every item of a list is one link to a target with
// the prefix, or the name of a group of such links.
func (d *document) linkList(list *ast.List, prefix string) bool {
	links := 0
	return d.countLinks(list, prefix, &links) && links > 0
}

// countLinks adds the links of a list to links. It reports false if the list
// is more than links and the names of groups.
func (d *document) countLinks(list *ast.List, prefix string, links *int) bool {
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		for c := item.FirstChild(); c != nil; c = c.NextSibling() {
			if sub, ok := c.(*ast.List); ok {
				if !d.countLinks(sub, prefix, links) {
					return false
				}
				continue
			}
			switch {
			case d.onlyLink(c, prefix):
				*links++
			case c.ChildCount() != 1 || c.FirstChild().Kind() != ast.KindEmphasis:
				return false
			}
		}
	}
	return true
}

// onlyLink reports whether a block is a link to a target with the prefix, with
// less text around it than in it.
func (d *document) onlyLink(n ast.Node, prefix string) bool {
	inside, around := 0, 0
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		link := linkOf(c)
		switch {
		case link != nil && !strings.HasPrefix(string(link.Destination), prefix):
			return false
		case link != nil:
			inside += len(d.text(link))
		default:
			around += len(d.text(c))
		}
	}
	return inside > around
}

// linkOf returns a link, which may be the only thing in emphasis.
func linkOf(n ast.Node) *ast.Link {
	if e, ok := n.(*ast.Emphasis); ok && e.ChildCount() == 1 {
		n = e.FirstChild()
	}
	link, _ := n.(*ast.Link)
	return link
}

// linksUp reports whether a block is nothing but a link to what is plainly the
// top of the page.
func (d *document) linksUp(n ast.Node) bool {
	link := linkOf(n.FirstChild())
	if link == nil || n.ChildCount() > 1 {
		return false
	}
	switch strings.ToLower(string(link.Destination)) {
	case "#", "#top", "#toc", "#contents", "#table-of-contents", "#index", "#faq":
		return true
	}
	return false
}
