package sanitize

import (
	"slices"

	"golang.org/x/net/html"
)

// admit closes what cannot stay open beside e, opens what e needs around it,
// and reports whether e has a place then.
func (b *balancer) admit(e element) bool {
	if e.kind.inTable() {
		return b.enterTable(e.kind) && len(b.open) < maxDepth
	}
	if b.top().holdsTags() {
		b.enterCell()
	}
	switch {
	case e.name == "a" && !b.leaveLink():
		return false
	case e.kind == item || e.kind == term:
		b.leaveItem(e.kind)
	case e.name == "rt" || e.name == "rp":
		b.leaveRuby()
	}
	if e.kind.closesParagraph() {
		b.leaveParagraph()
	}
	if e.kind == heading && b.top() == heading {
		b.popTo(len(b.open) - 1)
	}
	return len(b.open) < maxDepth
}

// idle leaves out an element that says nothing. As a link would, it ends the
// one before it.
func (b *balancer) idle(e element) {
	if e.name == "a" {
		b.leaveLink()
		b.leftOut(e, 1)
	}
}

// idle reports whether the element is nothing without an attribute that is not
// there.
func idle(element string, attrs []html.Attribute) bool {
	switch element {
	case "a":
		return attr(attrs, "href") == "" && attr(attrs, "id") == ""
	case "img":
		return attr(attrs, "src") == "" && attr(attrs, "alt") == ""
	}
	return false
}

// leaveLink closes an open link, and reports whether none is left: one around
// the table that we are in stays.
func (b *balancer) leaveLink() bool {
	delete(b.over, "a")
	isLink := func(f frame) bool { return f.name == "a" }
	if i := b.find(inline, isLink); i >= 0 {
		b.popTo(i)
	}
	return !slices.ContainsFunc(b.open, isLink)
}

// leaveItem closes an open list item or term, unless a list or another block
// has begun in it.
func (b *balancer) leaveItem(k kind) {
	for i, f := range slices.Backward(b.open) {
		switch {
		case f.kind == k:
			b.popTo(i)
			return
		case f.kind != inline && f.kind != para && f.name != "div":
			return
		}
	}
}

// leaveRuby closes an open reading or its parenthesis, and whatever a browser
// ends before the next one.
func (b *balancer) leaveRuby() {
	i := b.find(inline, func(f frame) bool { return f.name == "rt" || f.name == "rp" || f.name == "ruby" })
	if i >= 0 && b.open[i].name != "ruby" {
		b.popTo(i)
	}
	if b.find(inline, func(f frame) bool { return f.name == "ruby" }) < 0 {
		return
	}
	for k := b.top(); k == para || k == item || k == term; k = b.top() {
		b.popTo(len(b.open) - 1)
	}
}

func (b *balancer) leaveParagraph() {
	if i := b.find(para, func(f frame) bool { return f.kind == para }); i >= 0 {
		b.popTo(i)
	}
}

// enterTable closes what stands between the innermost table and the place in
// it for an element of kind k. It reports false if there is no table.
func (b *balancer) enterTable(k kind) bool {
	t := b.find(table, func(f frame) bool { return f.kind == table })
	if t < 0 {
		return false
	}
	n := t + 1
	if k >= row && k <= cell && n < len(b.open) && b.open[n].kind == rows {
		n++
	}
	if k == cell && n < len(b.open) && b.open[n].kind == row {
		n++
	}
	b.popTo(n)
	if k == row {
		b.enterRows()
	}
	if k == cell {
		b.enterRow()
	}
	return true
}

// enterRows opens a body for a row that stands in a table outside of one, as
// browsers do.
func (b *balancer) enterRows() {
	if b.top() == table {
		b.write(elements["tbody"], nil)
	}
}

func (b *balancer) enterRow() {
	if b.top() != row {
		b.enterRows()
		b.write(elements["tr"], nil)
	}
}

// enterCell opens a cell for content that stands in a table outside of one.
func (b *balancer) enterCell() {
	b.enterRow()
	b.write(elements["td"], nil)
}
