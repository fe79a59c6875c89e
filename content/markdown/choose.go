package markdown

import (
	"cmp"
	"slices"
	"strings"

	"kb/content"
)

// A reading is what one form makes of a page.
type reading struct {
	form     string
	found    []found
	left     []found // what is too little to be the form of a page that nothing names a FAQ
	problems []content.Problem
	score    float64
}

// weight is how far a form can be trusted: a container is made for questions
// and answers, a list item that ends in a question mark may be anything.
func weight(form string) float64 {
	switch form {
	case "containers":
		return 1.2
	case "qa":
		return 1.15
	case "definitions", "table":
		return 1.1
	case "headings":
		return 1
	case "bold":
		return 0.95
	case "list":
		return 0.45
	case "plain":
		return 0.4
	}
	return 0
}

// statement is what a title that neither asks nor is labelled as a question counts,
// a question counting 1.
const statement = 0.35

// rate scores a reading:
//
//	(questions + 0.35 × others) × weight of the form × (0.4 + 0.6 × share answered)
//
// The last factor keeps a table of contents, which lists every question and
// answers none, below the headings that it lists.
func (p *page) rate(r *reading) {
	var sum, answered float64
	for i := range r.found {
		f := &r.found[i]
		if sum += statement; asks(f.question) || f.marks.any && r.form != "bold" {
			sum += 1 - statement
		}
		if f.answered(p.document) {
			answered++
		}
	}
	if n := float64(len(r.found)); n > 0 {
		r.score = sum * weight(r.form) * (0.4 + 0.6*answered/n)
	}
}

// choose returns the reading of the page, and explains it.
func (p *page) choose() reading {
	if q := p.front.Value.Field("question").String(); q != "" && p.hint.Form == "" {
		p.explain("page: the front matter has a question")
		return p.whole(cleanQuestion(plain(p.markdown(q))))
	}
	all := p.readings()
	for i := range all {
		p.rate(&all[i])
	}
	if form := p.hint.Form; form != "" && form != "auto" {
		return p.leave(p.ordered(all, form), all)
	}
	slices.SortStableFunc(all, func(a, b reading) int { return cmp.Compare(b.score, a.score) })
	best := p.around(all)
	if whole, ok := p.onePage(best); ok {
		return p.leave(whole, all)
	}
	if len(best.found) == 0 {
		p.explain("no question found")
		return p.leave(reading{}, all)
	}
	p.explain("%s: %s, score %.2f", best.form, questions(len(best.found)), best.score)
	for _, r := range all {
		if r.score > 0 && r.form != best.form {
			p.explain("runner-up %s: %s, score %.2f", r.form, questions(len(r.found)), r.score)
			break
		}
	}
	return p.leave(p.merge(best, all), all)
}

// readings returns the page as it reads in each form.
func (p *page) readings() []reading {
	return []reading{p.containers(), p.qa(), p.headings(), p.bold(), p.table(), p.list(), p.plain()}
}

// around returns the first reading, or that of headings if these ask and everything
// that the first has, in a weaker form, is in their answers.
func (p *page) around(all []reading) reading {
	best := all[0]
	if weight(best.form) >= weight("headings") {
		return best
	}
	h := all[slices.IndexFunc(all, func(r reading) bool { return r.form == "headings" })]
	asked, owned := 0, map[int]bool{}
	for i := range h.found {
		if asks(h.found[i].question) {
			asked++
		}
		for at := range p.extent(&h.found[i]) {
			owned[at] = true
		}
	}
	outside := slices.ContainsFunc(best.found, func(f found) bool { return !owned[f.block] })
	if asked < minRun || 2*asked < len(h.found) || outside {
		return best
	}
	return h
}

// ordered returns the reading that the SiteFile asks for, empty if the page has
// none in that form.
func (p *page) ordered(all []reading, form string) reading {
	p.explain("%s: as %s says", form, content.SiteFile)
	if form == "page" {
		return p.whole(p.title)
	}
	for _, r := range all {
		if r.form == form || r.form == "definitions" && form == "containers" {
			return r
		}
	}
	return reading{form: form}
}

// onePage decides whether the whole page is the answer to its title: the
// title asks, and the text below does not ask more than once.
func (p *page) onePage(best reading) (reading, bool) {
	title := p.title
	if !asks(title) || p.isFAQName(title) || !p.faq && !strings.ContainsAny(title, "?？") {
		return reading{}, false
	}
	asked := 0
	for _, f := range best.found {
		if asks(f.question) && f.question != title {
			asked++
		}
	}
	if asked >= 2 && 2*asked >= len(best.found) {
		return reading{}, false
	}
	p.explain("page: its title %q is the question", title)
	return p.whole(title), true
}

// whole returns the page as one question, in plain text, with all of its text
// as the answer.
func (p *page) whole(question string) reading {
	f := found{question: question, line: p.first}
	if p.front.Value != nil {
		f.line = p.front.Value.Line
		if v := p.front.Value.Field("question", "title"); v != nil {
			f.line = v.Line
		}
		f.anchor = p.front.Value.Field("anchor").String()
	}
	for _, b := range p.blocks {
		if b.kind == headingBlock && (b.level == 0 || strings.EqualFold(cleanQuestion(b.title), f.question)) {
			if !p.titled {
				f.line, f.anchor = b.line, b.anchor
			}
			continue
		}
		f.body = append(f.body, piece{block: b})
	}
	return reading{form: "page", found: []found{f}}
}
