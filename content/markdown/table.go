package markdown

import (
	"regexp"
	"slices"
	"sync"

	"github.com/yuin/goldmark/ast"
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

// problemColumn and solutionColumn match what a FAQ also calls its columns.
var (
	problemColumn = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(problems?|issues?|questions?|errors?|symptoms?|fehler|symptome?|problèmes?|erreurs?|symptômes?|problemas?|errores|síntomas?|erros?|sintomas?|problemi?|проблемы?|ошибк[аи]|симптомы?|问题|問題|常见问题|现象|症状|エラー|문제|증상|오류)[^\pL\pN]*$`)
	})
	solutionColumn = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(solutions?|fix(es)?|answers?|resolutions?|what to do|lösung(en)?|abhilfe|solución|soluciones|solução|soluções|soluzion[ei]|решени[ея]|что делать|(原因\s*[/、和与]?\s*)?(解决|处理|排查)(方案|方法|办法|方式|建议|步骤)?|解決(方案|方法|辦法|策)?|解答|答复|对策|対処(法|方法)?|해결( ?(방법|책))?)[^\pL\pN]*$`)
	})
)

// columns returns the indexes of the columns of questions and answers, or -1.
func (p *page) columns(t *east.Table) (q, a int) {
	var names []string
	if head := t.FirstChild(); head != nil {
		for _, c := range childNodes(head) {
			names = append(names, p.text(c))
		}
	}
	if q, a = accordion.Columns(names); q >= 0 && a >= 0 || !p.faq {
		return q, a
	}
	match := func(re *regexp.Regexp) int { return slices.IndexFunc(names, re.MatchString) }
	return match(problemColumn()), match(solutionColumn())
}

// asking reports whether a node is a table with such columns.
func (p *page) asking(n ast.Node) bool {
	t, ok := n.(*east.Table)
	if !ok {
		return false
	}
	in := *p
	in.faq = true
	q, a := in.columns(t)
	return q >= 0 && a >= 0
}
