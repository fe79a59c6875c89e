package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// A line is one line of a paragraph. Text in bold that wraps counts as one.
type line struct {
	nodes []ast.Node
	text  string // plain
	bold  bool   // all of it is bold
	line  int    // in the file
}

// linesOf cuts the text of a block at its line breaks.
func (d *document) linesOf(n ast.Node) []line {
	var all []line
	var nodes []ast.Node
	end := func() {
		if l := (line{nodes: nodes}); len(nodes) > 0 {
			l.text = d.text(nodes...)
			l.bold = d.allBold(nodes)
			l.line = d.lineOf(nodes[0])
			if offset(nodes[0]) == 0 {
				l.line = d.lineOf(n)
			}
			all = append(all, d.split(l)...)
		}
		nodes = nil
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		nodes = append(nodes, c)
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

// split cuts a line behind a question in bold that it begins with.
func (d *document) split(l line) []line {
	if _, ok := l.nodes[0].(*ast.Emphasis); !ok || l.bold || len(l.nodes) < 2 || !d.allBold(l.nodes[:1]) {
		return []line{l}
	}
	question := line{nodes: l.nodes[:1], text: d.text(l.nodes[0]), bold: true, line: l.line}
	rest := line{nodes: l.nodes[1:], text: d.text(l.nodes[1:]...), line: l.line}
	if !endsAsking(question.text) || rest.text == "" {
		return []line{l}
	}
	return []line{question, rest}
}

// allBold reports whether nothing but bold text, and signs around it, is in
// nodes.
func (d *document) allBold(nodes []ast.Node) bool {
	found, raw := false, 0
	for _, n := range nodes {
		switch n := n.(type) {
		case *ast.Emphasis:
			if n.Level < 2 && !d.allBold(childNodes(n)) {
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
			if raw == 0 && strings.Trim(string(n.Segment.Value(d.src)), " \t\\.:?？：0123456789)(") != "" {
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
