package markdown

import (
	"regexp"
	"sync"

	east "github.com/yuin/goldmark/extension/ast"
)

var (
	questionColumn = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(questions?|q|faqs?|frage|pregunta|pergunta|问题|問題|質問|질문|вопрос)\W*$`)
	})
	answerColumn = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(answers?|a|responses?|antwort|respuesta|resposta|réponse|答案|回答|답변|ответ)\W*$`)
	})
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
	q, a = -1, -1
	head := t.FirstChild()
	if head == nil {
		return q, a
	}
	for i, c := range childNodes(head) {
		switch name := p.text(c); {
		case questionColumn().MatchString(name) && q < 0:
			q = i
		case answerColumn().MatchString(name) && a < 0:
			a = i
		}
	}
	return q, a
}
