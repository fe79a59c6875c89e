package markdown

import (
	"fmt"
	"slices"
	"strings"
)

// maxIntro is how many paragraphs may stand before the only question of a
// page that nothing names a FAQ. More make it an article that asks once.
const maxIntro = 3

// lost reports whether questions are too few for what else is on the page:
// more headings have text that are none, or the page begins as an article does.
func (p *page) lost(all []found) bool {
	asked, others, intro := 0, 0, 0
	owned := map[int]bool{}
	for i := range all {
		if asks(all[i].question) {
			asked++
		}
		for at := range p.extent(&all[i]) {
			owned[at] = true
		}
	}
	for i, b := range p.blocks {
		switch {
		case b.kind == headingBlock && b.level > 0:
			if !owned[i] && p.own(i) && !isFooterName(b.title) {
				others++
			}
		case others == 0 && !owned[i] && b.kind == textBlock && !p.blank(b):
			intro++
		}
	}
	return others > asked || intro > maxIntro
}

// A suspect is what looks like a question.
type suspect struct {
	title string
	form  string
	block int
	line  int

	answered bool
}

// listItem is what asks in many answers, and is told outside of them only.
const listItem = "an item of a list"

// suspects returns everything in scope that looks like a question, whichever
// form was chosen.
func (p *page) suspects(all []reading) []suspect {
	var s []suspect
	for i, b := range p.blocks {
		switch {
		case b.kind == headingBlock && b.level > 0 && (endsAsking(b.title) || asks(b.title) && b.anchor != ""):
			s = append(s, suspect{b.title, "a heading", i, b.line, p.own(i)})
		case b.kind == itemBlock && endsAsking(b.title):
			s = append(s, suspect{b.title, "a container", i, b.line, true})
		}
	}
	for _, r := range all {
		name := map[string]string{"qa": "Q and A", "bold": "a line in bold", "table": "a row of a table", "list": listItem}[r.form]
		for _, f := range slices.Concat(r.found, r.left) {
			if name != "" && (endsAsking(f.question) || r.form != "bold") {
				s = append(s, suspect{f.question, name, f.block, f.line, f.answered(p.document)})
			}
		}
	}
	return s
}

// A tally says what a reading has taken.
type tally struct {
	lines   map[int]bool    // of questions, and of problems that say why they are none
	answers map[int]int     // line of the question, by block
	titles  map[string]bool // of questions and sections
}

// tally returns what a reading has taken.
func (p *page) tally(r reading) tally {
	t := tally{map[int]bool{}, map[int]int{}, map[string]bool{}}
	for _, problem := range slices.Concat(r.problems, p.document.problems) {
		t.lines[problem.Pos.Line] = true
	}
	for i := range r.found {
		f := &r.found[i]
		t.lines[f.line] = true
		t.titles[strings.ToLower(f.question)] = true
		for _, title := range f.section {
			t.titles[strings.ToLower(title)] = true
		}
		for at := range p.extent(f) {
			t.answers[at] = f.line
		}
	}
	return t
}

// leave adds to the problems of the page one for each suspect that the chosen
// reading has not taken, and returns that reading.
func (p *page) leave(chosen reading, all []reading) reading {
	t := p.tally(chosen)
	for _, s := range p.suspects(all) {
		if t.lines[s.line] || s.form == listItem && t.answers[s.block] > 0 {
			continue
		}
		question := cleanQuestion(s.title)
		if t.titles[strings.ToLower(question)] || matches(p.hint.ExcludeHeadings, s.title) {
			continue
		}
		t.lines[s.line] = true
		rule, why := p.reason(s, t)
		p.problem(s.line, rule, "%q looks like a question (%s) and was not taken: %s", question, s.form, why)
	}
	for _, b := range p.beside {
		if (b.level > 0 || b.kind == itemBlock) && endsAsking(b.title) && p.hint.Scope == "" {
			p.problem(b.line, "not-taken", "%q looks like a question and was not taken: it stands outside of the FAQ of the page", b.title)
		}
	}
	return chosen
}

// reason says why something that looks like a question is none.
func (p *page) reason(s suspect, t tally) (rule, why string) {
	switch line := t.answers[s.block]; {
	case line > 0:
		return "not-taken", fmt.Sprintf("it is in the answer of line %d", line)
	case isFooterName(s.title):
		return "footer", "it points elsewhere"
	case !s.answered:
		return "not-taken", "it has no answer"
	case p.faq:
		return "not-taken", "the questions of the page are written in another form"
	}
	return "not-taken", "it is lost in other text, and nothing names the page a FAQ"
}
