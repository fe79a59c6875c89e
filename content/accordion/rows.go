package accordion

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kb/content"
)

// QuestionNames and AnswerNames are the words for the two in many languages, as
// alternatives of a regular expression.
const (
	QuestionNames = `question|frage|pregunta|pergunta|domanda|вопрос|питання|vraag|fråga|pytanie|otázka|kysymys|soru|hỏi|pertanyaan|kérdés|întrebare|ερώτηση|السؤال|سؤال|سوال|پرسش|שאלה|प्रश्न|คำถาม|ถาม`
	AnswerNames   = `answer|ans|antwort|respuesta|resposta|risposta|réponse|ответ|відповідь|antwoord|svar|odpowiedź|odpověď|vastaus|cevap|đáp|trả lời|jawaban|válasz|răspuns|απάντηση|الجواب|جواب|الإجابة|إجابة|پاسخ|תשובה|उत्तर|คำตอบ|ตอบ`
)

var (
	questionColumn = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(` + QuestionNames + `|questions|q|faqs?|fragen|preguntas|perguntas|domande|вопросы|vragen|frågor|pytania|otázky|sorular|问题|問題|質問|질문)[^\pL\pM\pN]*$`)
	})
	answerColumn = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(` + AnswerNames + `|answers|a|responses?|antworten|respuestas|respostas|risposte|réponses|ответы|antwoorden|odpowiedzi|odpovědi|cevaplar|答案|回答|답변)[^\pL\pM\pN]*$`)
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

// described returns the question that microdata of schema.org describes, unless it
// is read without: a heading or a summary.
func (x *index) described(n *html.Node) []Part {
	var name, text *html.Node
	seen := 0
	for c := range n.Descendants() {
		switch prop := attr(c, "itemprop"); {
		case prop == "name" && name == nil:
			name = c
		case prop == "text" && text == nil:
			text = c
		}
		if seen++; seen == maxHead {
			break
		}
	}
	if name == nil || text == nil || n.DataAtom == atom.Details || level(name) > 0 || inside(name, text) || inside(text, name) {
		return nil
	}
	return []Part{{Kind: Question, Title: inner(name), HTML: inner(text), Anchor: id(n), Aliases: aliases(n), Line: x.lines[name]}}
}

// items returns the questions in a list whose items all begin with one, or the
// lines of a list that begins with a label.
func (x *index) items(list *html.Node) []Part {
	var parts []Part
	labelled := false
	for li := range list.ChildNodes() {
		if li.DataAtom != atom.Li {
			continue
		}
		switch title, body := lead(trimmed(childrenOf(li))); {
		case x.isQuestion(head(li)) && !paragraphs(body):
			labelled = labelled || len(parts) == 0
			parts = append(parts, Part{Kind: Label, Title: inner(li), HTML: inner(li), Anchor: id(li), Line: x.lines[li]})
		case labelled:
			parts = append(parts, Part{Kind: Text, HTML: inner(li), Line: x.lines[li]})
		case title == nil:
			return nil
		default:
			parts = append(parts, Part{Kind: Question, Title: titleOf(title), HTML: renderAll(body), Anchor: id(li), Aliases: aliases(li), Line: x.lines[li]})
		}
	}
	return parts
}

// paragraphs reports whether a block is among nodes.
func paragraphs(nodes []*html.Node) bool {
	return slices.ContainsFunc(nodes, func(n *html.Node) bool { return n.DataAtom == atom.P || n.DataAtom == atom.Div })
}

// paragraph returns the question that a paragraph begins with, by a label or in
// bold, and the rest of it.
func (x *index) paragraph(p *html.Node) []Part {
	nodes := trimmed(childrenOf(p))
	end := slices.IndexFunc(nodes, func(n *html.Node) bool { return n.DataAtom == atom.Br })
	if end < 0 {
		end = len(nodes)
	}
	question := Part{Kind: Label, Anchor: id(p), Line: x.lines[p]}
	if len(nodes) == 0 || !x.isQuestion(head(nodes[0])) && !x.isQuestion(head(p)) {
		title, rest := lead(nodes)
		if !bold(title) || len(rest) == 0 {
			return nil
		}
		question.Kind, end = Strong, 1
	}
	question.Title = renderAll(nodes[:end])
	question.HTML = "<p>" + question.Title + "</p>"
	parts := []Part{question}
	if rest := renderAll(withoutBreak(nodes[end:])); rest != "" {
		parts = append(parts, Part{Kind: Text, HTML: "<p>" + rest + "</p>", Line: x.lines[p]})
	}
	return parts
}

// lead returns the question that nodes begin with and what is behind it, or nil.
// One that is not in bold must have something behind it, or it is a part of a
// table of contents.
func lead(nodes []*html.Node) (title *html.Node, rest []*html.Node) {
	if len(nodes) == 0 || !mayLead(nodes[0]) || !asks(head(nodes[0])) {
		return nil, nil
	}
	rest = withoutBreak(trimmed(nodes[1:]))
	if !bold(nodes[0]) && (len(rest) == 0 || rest[0].DataAtom == atom.Ul || rest[0].DataAtom == atom.Ol) {
		return nil, nil
	}
	return nodes[0], rest
}

// mayLead reports whether n is what people put a question in.
func mayLead(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.Div, atom.P, atom.Span, atom.Button:
		return true
	}
	return bold(n) || level(n) > 0 || n.Type == html.TextNode
}

func bold(n *html.Node) bool {
	return n != nil && (n.DataAtom == atom.Strong || n.DataAtom == atom.B)
}

func asks(text string) bool { return content.EndsAsking(strings.TrimSpace(text)) }

// titleOf returns what a node that leads shows.
func titleOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return outer(n)
	}
	return inner(n)
}

// withoutBreak leaves out a line break in front.
func withoutBreak(nodes []*html.Node) []*html.Node {
	if len(nodes) > 0 && nodes[0].DataAtom == atom.Br {
		return nodes[1:]
	}
	return nodes
}

// trimmed leaves out blank text in front.
func trimmed(nodes []*html.Node) []*html.Node {
	for len(nodes) > 0 && nodes[0].Type == html.TextNode && strings.TrimSpace(nodes[0].Data) == "" {
		nodes = nodes[1:]
	}
	return nodes
}
