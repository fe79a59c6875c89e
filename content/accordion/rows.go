package accordion

import (
	"regexp"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	questionColumn = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(questions?|q|faqs?|frage|pregunta|pergunta|问题|問題|質問|질문|вопрос)\W*$`)
	})
	answerColumn = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(answers?|a|responses?|antwort|respuesta|resposta|réponse|答案|回答|답변|ответ)\W*$`)
	})
)

// Columns returns the indexes of the columns of questions and of answers in a
// table whose columns have these names, or -1 for one that is not there.
func Columns(names []string) (question, answer int) {
	question, answer = -1, -1
	for i, name := range names {
		switch {
		case questionColumn().MatchString(name) && question < 0:
			question = i
		case answerColumn().MatchString(name) && answer < 0:
			answer = i
		}
	}
	return question, answer
}

// table returns the questions in the rows of a table that has a column for
// them and one for the answers.
func (x *index) table(n *html.Node) []Part {
	var parts []Part
	q, a := -1, -1
	for row := range n.Descendants() {
		if row.DataAtom != atom.Tr {
			continue
		}
		cells := cellsOf(row)
		if q < 0 || a < 0 {
			var names []string
			for _, c := range cells {
				names = append(names, strings.TrimSpace(plain(c)))
			}
			if q, a = Columns(names); q < 0 || a < 0 {
				return nil
			}
			continue
		}
		if q < len(cells) && a < len(cells) {
			parts = append(parts, Part{Kind: Question, Title: inner(cells[q]), HTML: inner(cells[a]),
				Anchor: id(row), Aliases: aliases(row), Line: x.lines[row]})
		}
	}
	return parts
}

func cellsOf(row *html.Node) []*html.Node {
	var cells []*html.Node
	for c := range row.ChildNodes() {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			cells = append(cells, c)
		}
	}
	return cells
}

// items returns the questions in a list whose items all begin with one in bold.
func (x *index) items(list *html.Node) []Part {
	var parts []Part
	for li := range list.ChildNodes() {
		if li.DataAtom != atom.Li {
			continue
		}
		body := trimmed(childrenOf(li))
		if len(body) == 0 || body[0].DataAtom != atom.Strong && body[0].DataAtom != atom.B || !strings.HasSuffix(strings.TrimSpace(plain(body[0])), "?") {
			return nil
		}
		title := body[0]
		if body = trimmed(body[1:]); len(body) > 0 && body[0].DataAtom == atom.Br {
			body = body[1:]
		}
		parts = append(parts, Part{Kind: Question, Title: inner(title), HTML: renderAll(body), Anchor: id(li), Aliases: aliases(li), Line: x.lines[li]})
	}
	return parts
}

// trimmed leaves out blank text in front.
func trimmed(nodes []*html.Node) []*html.Node {
	for len(nodes) > 0 && nodes[0].Type == html.TextNode && strings.TrimSpace(nodes[0].Data) == "" {
		nodes = nodes[1:]
	}
	return nodes
}
