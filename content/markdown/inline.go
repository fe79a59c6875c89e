package markdown

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// expanded returns the blocks with those lists opened whose items lead with
// what lead accepts and go on.
func (p *page) expanded(lead func(textLine) bool) []block {
	leads := func(b block) bool { return p.leads(b.node, lead) }
	if !slices.ContainsFunc(p.blocks, leads) {
		return p.blocks
	}
	var all []block
	for _, b := range p.blocks {
		if !leads(b) {
			all = append(all, b)
			continue
		}
		items := childNodes(b.node)
		if b.node.Kind() == ast.KindBlockquote {
			items = []ast.Node{b.node}
		}
		for _, item := range items {
			for _, c := range childNodes(item) {
				parts := []block{{node: c, line: p.lineOf(c)}}
				if t, ok := c.(*ast.TextBlock); ok {
					parts[0].lines = p.linesOf(t)
				} else {
					parts = p.document.blocks([]ast.Node{c})
				}
				for _, x := range parts {
					x.at = b.at
					all = append(all, x)
				}
			}
		}
	}
	return all
}

// leads reports whether a quote, or most items of a list, lead with what lead
// accepts. A list of one item may have the rest behind it.
func (p *page) leads(node ast.Node, lead func(textLine) bool) bool {
	if quote, ok := node.(*ast.Blockquote); ok && quote.FirstChild() != nil {
		lines := p.linesOf(quote.FirstChild())
		return len(lines) > 0 && lead(lines[0])
	}
	list, ok := node.(*ast.List)
	if !ok {
		return false
	}
	n, asked := 0, false
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		first := item.FirstChild()
		if first == nil {
			continue
		}
		lines := p.linesOf(first)
		led := len(lines) > 0 && lead(lines[0])
		switch {
		case led && (len(lines) > 1 || item.ChildCount() > 1 || list.ChildCount() == 1):
			n, led = n+1, false
		case asked && len(lines) > 0 && answerPrefix().MatchString(lines[0].text):
			n += 2 // the answer has an item of its own
		}
		asked = led
	}
	return 2*n > list.ChildCount()
}

// A scan goes through the lines of the page for a form that has its questions
// in paragraphs.
type scan struct {
	*page
	blocks []block
	r      reading
	s      sections
	open   bool // an answer is being collected
}

// scan returns a scan for a form whose questions begin with what lead accepts.
func (p *page) scan(form string, lead func(textLine) bool) *scan {
	return &scan{page: p, blocks: p.expanded(lead), r: reading{form: form}, s: sections{p: p}}
}

// each hands the blocks of text to read; all others belong to an answer or end
// it.
func (s *scan) each(read func(b block)) {
	for _, b := range s.blocks {
		switch {
		case b.kind == headingBlock:
			s.heading(b)
		case len(b.lines) == 0:
			s.collect(b, 0, 0)
		default:
			read(b)
		}
	}
}

// heading ends an answer. One that asks and says something is a question, and
// no section.
func (s *scan) heading(b block) {
	s.s.enter(b, endsAsking(b.title) && s.own(b.at))
	s.open = false
}

// begin adds a question.
func (s *scan) begin(text string, l textLine, b block, label bool) {
	anchor := b.anchor
	if anchor == "" {
		anchor = s.inlineAnchor(l.nodes)
	}
	m := markingOf(text)
	m.letter, m.any = m.letter || label, m.any || label
	s.r.found = append(s.r.found, found{question: cleanQuestion(text), section: s.s.names(), anchor: anchor, line: l.line, block: b.at,
		label: label, marks: m})
	s.open = true
}

// collect adds lines of a block to the answer.
func (s *scan) collect(b block, from, to int) {
	if !s.open || len(s.r.found) == 0 {
		return
	}
	f := &s.r.found[len(s.r.found)-1]
	if len(b.lines) == 0 || from == 0 && to == len(b.lines) && !textual(b.node) {
		f.body = append(f.body, piece{block: b})
	} else if from < to {
		f.body = append(f.body, piece{block: b, from: from, to: to})
	}
}

func textual(n ast.Node) bool {
	_, ok := n.(*ast.TextBlock)
	return ok
}

// qa reads the form in which questions and answers are labelled Q and A.
func (p *page) qa() reading {
	s := p.scan("qa", func(l textLine) bool { return prefix(l.text) != "" })
	s.each(s.labelled)
	if !p.faq && len(s.r.found) < 2 && (!p.answerLabelled(s.r.found) || p.lost(s.r.found)) {
		s.r.left, s.r.found = s.r.found, nil
	}
	p.cutFooter(&s.r)
	return s.r
}

// answerLabelled reports whether the answers begin with an A.
func (p *page) answerLabelled(all []found) bool {
	for _, f := range all {
		if len(f.body) == 0 || len(f.body[0].lines) == 0 || !answerPrefix().MatchString(f.body[0].lines[f.body[0].from].text) {
			return false
		}
	}
	return true
}

// labelled reads a block in which lines may begin with Q and A.
func (s *scan) labelled(b block) {
	from := 0
	for i := 0; i < len(b.lines); i++ {
		if prefix(b.lines[i].text) == "" {
			continue
		}
		s.collect(b, from, i)
		end := questionEnd(b.lines, i)
		if unasked(joined(b.lines[i:end])) {
			continue
		}
		s.begin(joined(b.lines[i:end]), b.lines[i], b, true)
		from = end
		i = end - 1
	}
	s.collect(b, from, len(b.lines))
}

// questionEnd returns the line behind the question that begins on line i: the
// one with the answer, or the one after a line in bold or that ends asking.
func questionEnd(lines []textLine, i int) int {
	for j := i + 1; j < len(lines); j++ {
		if answerPrefix().MatchString(lines[j].text) || prefix(lines[j].text) != "" {
			return j
		}
	}
	for j := i; j < len(lines); j++ {
		if endsAsking(lines[j].text) || lines[j].bold && (j+1 == len(lines) || !lines[j+1].bold) {
			return j + 1
		}
	}
	return len(lines)
}

// bold reads the form in which a line in bold is a question.
func (p *page) bold() reading {
	s := p.scan("bold", func(l textLine) bool { return l.bold && asks(l.text) })
	s.each(s.boldLines)
	s.weed()
	if len(s.r.found) == 0 && p.faq && p.alone() {
		s.r.found = p.sentences()
	}
	p.cutFooter(&s.r)
	return s.r
}

// leadsIn reports whether a paragraph begins with a sentence in bold that states
// something.
func (p *page) leadsIn(b block) bool {
	lead, _, ok := p.lead(b.lines[0])
	return ok && endsSentence(lead.text)
}

// leastSentences is how many statements in bold are questions, though none asks,
// and leastWords how many words each has: fewer are remarks, as "**Note.** …".
const (
	leastSentences = 3
	leastWords     = 3
)

// sentences returns the paragraphs that begin so, each with its answer behind the
// sentence, if there are enough.
func (p *page) sentences() []found {
	s := p.scan("bold", func(textLine) bool { return false })
	s.each(func(b block) {
		if !p.leadsIn(b) {
			s.collect(b, 0, len(b.lines))
			return
		}
		lead, rest, _ := p.lead(b.lines[0])
		b.lines = slices.Concat([]textLine{lead, rest}, b.lines[1:])
		s.begin(lead.text, lead, b, false)
		s.collect(b, 1, len(b.lines))
	})
	s.r.found = slices.DeleteFunc(s.r.found, func(f found) bool { return len(strings.Fields(f.question)) < leastWords })
	if len(s.r.found) < leastSentences {
		return nil
	}
	return s.r.found
}

// boldLines reads a block in which lines in bold may be questions: its first, and
// any that ends asking. A colon introduces something.
func (s *scan) boldLines(b block) {
	from := 0
	for i, l := range b.lines {
		if !l.bold || i > 0 && !endsAsking(l.text) || strings.HasSuffix(l.text, ":") || strings.HasSuffix(l.text, "：") {
			continue
		}
		if i > 0 && b.lines[i-1].bold && from == i && s.open { // the question goes on
			f := &s.r.found[len(s.r.found)-1]
			if !endsAsking(f.question) {
				f.question = cleanQuestion(f.question + " " + l.text)
				from = i + 1
				continue
			}
		}
		s.collect(b, from, i)
		if from = i + 1; tocName().MatchString(l.text) {
			s.open = false
			continue
		}
		s.begin(l.text, l, b, true)
	}
	s.collect(b, from, len(b.lines))
}

// weed leaves out lines in bold that only stress something: those that do not
// ask, unless nearly all of them do, or many do or there is no heading and all are
// written alike, right above their answers.
func (s *scan) weed() {
	asked, close := 0, true
	for i := range s.r.found {
		f := &s.r.found[i]
		if asks(f.question) {
			asked++
		}
		close = close && f.above()
	}
	if n := len(s.r.found); s.faq && (10*asked >= 6*n || close && (10*asked >= 4*n || s.alone())) {
		s.r.found = slices.DeleteFunc(s.r.found, func(f found) bool { return !asks(f.question) && !f.answered(s.document) })
		return
	}
	var kept []found
	for _, f := range s.r.found {
		switch {
		case endsAsking(f.question) && (s.faq || asked > 1):
			kept = append(kept, f)
		case endsAsking(f.question):
			s.r.left = append(s.r.left, f)
		case len(kept) > 0:
			last := &kept[len(kept)-1]
			last.body = append(last.body, piece{block: block{html: "<p><strong>" + escape(f.question) + "</strong></p>"}})
			last.body = append(last.body, f.body...)
		}
	}
	s.r.found = kept
}

// above reports whether the answer begins on the line below the question.
func (f *found) above() bool {
	if len(f.body) == 0 {
		return false
	}
	first := f.body[0]
	if first.to > 0 {
		return first.from > 0
	}
	return first.line == f.line+1
}
