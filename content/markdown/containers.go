package markdown

import (
	"slices"

	"github.com/yuin/goldmark/ast"

	"kb/content"
)

// containers reads the form in which questions are titles of things that open.
func (p *page) containers() reading {
	r := reading{form: "containers"}
	s := &sections{p: p}
	definitions := 0
	for i, b := range p.blocks {
		switch {
		case b.kind == headingBlock:
			s.enter(b, endsAsking(b.title) && b.level > 0)
		case b.form == "definitions" && p.tocItem(b):
		case b.kind == itemBlock && (b.poses() || b.strong || b.groups()):
			got := p.itemFound(i, s.names())
			if r.found = append(r.found, got...); b.form == "definitions" {
				definitions += len(got)
			}
		}
	}
	if 2*definitions > len(r.found) {
		r.form = "definitions"
	}
	if p.faq {
		return r
	}
	r.found = slices.DeleteFunc(r.found, func(f found) bool { return !asks(f.question) && !p.blocks[f.block].asks })
	if n := len(r.found); n == 0 || n == 1 && p.lost(r.found) {
		r.left, r.found = r.found, nil
	}
	return r
}

// tocItem reports whether an item is the name of a group over links to this
// page.
func (p *page) tocItem(b block) bool {
	for _, in := range b.inner {
		if list, ok := in.node.(*ast.List); ok && p.linkList(list, "#") || in.node != nil && p.onlyLink(in.node, "#") {
			continue
		}
		return false
	}
	return len(b.inner) > 0 && !asks(b.title)
}

// itemFound returns what an item holds: itself, or, if it is a group, the
// questions in it.
func (p *page) itemFound(i int, section []string) []found {
	b := p.blocks[i]
	section = append(slices.Clip(section), b.group...)
	all := p.open(b, section)
	for j := range all {
		all[j].block = i
	}
	return all
}

// asked counts the titles in an item that ask, or only those of items.
func (b block) asked(items bool) int {
	n := 0
	for _, in := range b.inner {
		if in.kind != textBlock && asks(in.title) && (in.kind == itemBlock || !items) {
			n++
		}
	}
	return n
}

// groups reports whether a block is the name of a group: no question by its
// title or its tag, with questions in it.
func (b block) groups() bool {
	return !b.strong && !asks(b.title) && b.asked(true) > 0
}

// pointsOn reports whether a block is a remark on where to find more, such as a
// tip called "Need help?".
func (b block) pointsOn() bool { return !b.strong && isFooterName(b.title) }

// poses reports whether the title of a block is a question, and no remark.
func (b block) poses() bool { return asks(b.title) && !b.pointsOn() }

// open returns the question that an item is, or, where two or more questions are
// in it and it does not ask itself, those.
func (p *page) open(b block, section []string) []found {
	if template(b.title) {
		p.document.problems = append(p.document.problems, content.Problem{
			Pos: content.Pos{Path: p.path, Line: b.line}, Rule: "template", Msg: "question is made by a template: no entry"})
		return nil
	}
	if b.title == "" {
		return nil
	}
	if asked := b.asked(false); !asks(b.title) && (asked >= 2 || b.groups()) {
		in := &page{document: p.document, reader: p.reader, path: p.path, hint: p.hint, out: p.out, faq: true, blocks: numbered(b.inner)}
		r := in.containers()
		if h := in.headings(); len(h.found) > len(r.found) {
			r = h
		}
		for i := range r.found {
			r.found[i].section = append(append([]string(nil), section...), append([]string{b.title}, r.found[i].section...)...)
		}
		return r.found
	}
	f := found{question: cleanQuestion(b.title), anchor: b.anchor, aliases: b.aliases, section: section, line: b.line, html: b.html,
		label: true, marks: markingOf(b.title)}
	if b.html == "" {
		f.body = pieces(b.inner)
	}
	return []found{f}
}
