package markdown

import (
	east "github.com/yuin/goldmark/extension/ast"

	"kb/content/accordion"
)

// table reads the form in which rows of a table are questions: the table has
// a column for them and one for the answers.
func (p *page) table() reading {
	r := reading{form: "table"}
	s := &sections{p: p}
	for i, b := range p.blocks {
		if b.kind == headingBlock {
			s.enter(b, false)
			continue
		}
		t, ok := b.node.(*east.Table)
		if !ok {
			continue
		}
		q, a := p.columns(t)
		if q < 0 || a < 0 {
			continue
		}
		for row := t.FirstChild(); row != nil; row = row.NextSibling() {
			cells := childNodes(row)
			if row.Kind() == east.KindTableHeader || q >= len(cells) || a >= len(cells) {
				continue
			}
			text := p.text(cells[q])
			if text == "" {
				continue
			}
			f := found{question: cleanQuestion(text), section: s.names(), line: p.lineOf(cells[q]), block: i}
			if html := p.inline(cells[a]); html != "" {
				f.html = "<p>" + html + "</p>"
			}
			r.found = append(r.found, f)
		}
	}
	return r
}

// columns returns the indexes of the columns of questions and answers, or -1.
func (p *page) columns(t *east.Table) (q, a int) {
	var names []string
	if head := t.FirstChild(); head != nil {
		for _, c := range childNodes(head) {
			names = append(names, p.text(c))
		}
	}
	return accordion.Columns(names)
}
