package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// A textLine is one line of a paragraph. Text in bold that wraps counts as one.
type textLine struct {
	nodes []ast.Node
	text  string // plain
	bold  bool   // all of it is bold, or a question in italics
	line  int    // in the file
}

// linesOf cuts the text of a block at its line breaks, once for all forms.
func (d *document) linesOf(n ast.Node) []textLine {
	lines, known := d.textLines[n]
	if !known {
		lines = d.cut(n)
		d.textLines[n] = lines
	}
	return lines
}

// cut does the work of linesOf.
func (d *document) cut(n ast.Node) []textLine {
	var all []textLine
	var nodes []ast.Node
	anchors := 0 // nodes at the start of the line that are no more than that
	end := func() {
		if l := (textLine{nodes: nodes}); len(nodes) > 0 {
			l.text = d.marked(nodes, len(all) == 0)
			l.text, l.bold = starred(l.text)
			l.bold = l.bold || d.allBold(nodes, 2) || endsAsking(l.text) && d.allBold(nodes, 1)
			told := nodes[min(anchors, len(nodes)-1)]
			l.line = d.lineOf(told)
			if offset(told) == 0 {
				l.line = d.lineOf(n)
			}
			all = d.split(all, l)
		}
		nodes, anchors = nil, 0
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if nodes = append(nodes, c); anchors == len(nodes)-1 && d.anchors(c) {
			anchors++
			continue
		}
		if t, ok := c.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			end()
		}
		if r, ok := c.(*ast.RawHTML); ok && strings.HasPrefix(strings.ToLower(string(r.Segments.Value(d.src))), "<br") {
			end()
		}
	}
	end()
	return all
}

// anchors reports whether a node is an anchor without text, or the end of its line.
func (d *document) anchors(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.RawHTML:
		tag := strings.ToLower(string(n.Segments.Value(d.src)))
		return strings.HasPrefix(tag, "<a ") || tag == "</a>"
	case *ast.Text:
		return n.SoftLineBreak() && strings.TrimSpace(string(n.Segment.Value(d.src))) == ""
	}
	return false
}

// marked returns the plain text of a line, with a colon behind a Q or an A in bold
// that has none: "**Q** What now?". An A alone, at the start of a block, is a word.
func (d *document) marked(nodes []ast.Node, first bool) string {
	text := d.text(nodes...)
	if e, ok := nodes[0].(*ast.Emphasis); !ok || e.Level < 2 || len(nodes) < 2 {
		return text
	}
	letter := d.text(nodes[0])
	if rest, ok := strings.CutPrefix(text, letter+" "); ok && strings.IndexAny(rest, ":：.)-–—") != 0 && (letter == "Q" || letter == "A" && !first) {
		return letter + ": " + rest
	}
	return text
}

// starred takes the stars from a line that was meant to be bold: with a space
// inside them, "**What now? **", or open they are no emphasis to CommonMark.
func starred(s string) (string, bool) {
	inner, opened := strings.CutPrefix(s, "**")
	inner, closed := strings.CutSuffix(inner, "**")
	if !opened || strings.Contains(inner, "**") || strings.TrimSpace(inner) == "" {
		return s, false
	}
	return strings.TrimSpace(inner), closed
}

// split appends a line, cut behind a question in bold that it begins with.
func (d *document) split(all []textLine, l textLine) []textLine {
	if lead, rest, ok := d.lead(l); ok && endsAsking(lead.text) {
		return append(all, lead, rest)
	}
	return append(all, l)
}

// lead cuts a line behind the words in bold that it begins with.
func (d *document) lead(l textLine) (lead, rest textLine, ok bool) {
	if l.bold || len(l.nodes) < 2 || l.nodes[0].Kind() != ast.KindEmphasis || !d.allBold(l.nodes[:1], 2) {
		return lead, rest, false
	}
	lead = textLine{nodes: l.nodes[:1], text: d.text(l.nodes[0]), bold: true, line: l.line}
	rest = textLine{nodes: l.nodes[1:], text: d.text(l.nodes[1:]...), line: l.line}
	return lead, rest, rest.text != ""
}

// allBold reports whether nothing but emphasis of a level, 2 for bold, and
// signs around it is in nodes.
func (d *document) allBold(nodes []ast.Node, level int) bool {
	found, raw := false, 0
	for _, n := range nodes {
		switch n := n.(type) {
		case *ast.Emphasis:
			if n.Level < level && !d.allBold(childNodes(n), level) {
				return false
			}
			found = true
		case *ast.RawHTML:
			tag := strings.ToLower(string(n.Segments.Value(d.src)))
			switch {
			case strings.HasPrefix(tag, "<strong") || strings.HasPrefix(tag, "<b>"):
				raw++
				found = true
			case strings.HasPrefix(tag, "</strong") || strings.HasPrefix(tag, "</b>"):
				raw--
			}
		case *ast.Text:
			if raw == 0 && strings.Trim(string(n.Segment.Value(d.src)), " \t\\.:?？：0123456789)([]") != "" {
				return false
			}
		default:
			if raw == 0 && n.Kind() != kindInlineMark {
				return false
			}
		}
	}
	return found
}
