package markdown

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// list reads the form in which the items of lists are questions. The answer to
// the last of a list goes on behind it if it is the only one, or if another list
// goes on with its numbers.
func (p *page) list() reading {
	r := reading{form: "list"}
	if !p.faq {
		return r
	}
	s := &sections{p: p}
	steps := false
	var open *ast.List // whose last item may go on
	var behind []piece
	end := func(next *ast.List) {
		if open != nil && (open.ChildCount() == 1 || next != nil && goesOn(open, next)) {
			last := &r.found[len(r.found)-1]
			last.body = append(last.body, behind...)
		}
		open, behind = nil, nil
	}
	for i, b := range p.blocks {
		items := p.items(b.node)
		switch {
		case b.kind == headingBlock:
			end(nil)
			s.enter(b, false)
		case len(items) > 0:
			list := b.node.(*ast.List)
			end(list)
			steps = steps || p.steps(list)
			for _, f := range items {
				f.section, f.block = s.names(), i
				r.found = append(r.found, f)
			}
			if len(items) == list.ChildCount() {
				open = list
			}
		case open != nil:
			behind = append(behind, piece{block: b})
		}
	}
	end(nil)
	r.found = ofOneShape(r.found, p.alone() && !steps)
	return r
}

// problems reports whether every item of a list has something below what it
// begins with. Numbered ones are steps, unless they begin in bold.
func (p *page) problems(list *ast.List) bool {
	all := p.items(list)
	return !p.steps(list) && len(all) >= minRun && len(all) == list.ChildCount() && !slices.ContainsFunc(all, func(f found) bool { return len(f.body) == 0 })
}

// steps reports whether a list is numbered and an item does not begin with a
// line in bold.
func (p *page) steps(list *ast.List) bool {
	return list.IsOrdered() && slices.ContainsFunc(childNodes(list), func(item ast.Node) bool {
		first := item.FirstChild()
		return first == nil || !slices.ContainsFunc(p.linesOf(first), func(l textLine) bool { return l.bold })
	})
}

// alone reports whether no heading is in scope.
func (p *page) alone() bool {
	return !slices.ContainsFunc(p.blocks, func(b block) bool { return b.kind == headingBlock && b.level > 0 })
}

// goesOn reports whether a list goes on with the numbers of another.
func goesOn(list, next *ast.List) bool {
	return list.IsOrdered() && next.IsOrdered() && next.Start == list.Start+list.ChildCount()
}

// ofOneShape leaves out items that do not ask, unless most of those that have
// something below their first paragraph do, or all have and are alone on the page:
// then these have the shape of questions too.
func ofOneShape(all []found, alone bool) []found {
	stated, asked := 0, 0
	for _, f := range all {
		switch {
		case !endsAsking(f.question):
			stated++
		case len(f.body) > 0:
			asked++
		}
	}
	if stated < asked || alone && len(all) >= minRun && !slices.ContainsFunc(all, func(f found) bool { return len(f.body) == 0 }) {
		return all
	}
	return slices.DeleteFunc(all, func(f found) bool { return !endsAsking(f.question) })
}

// items returns the questions that the items of a list are.
func (p *page) items(n ast.Node) []found {
	list, ok := n.(*ast.List)
	if !ok || p.linkList(list, "") {
		return nil
	}
	var all []found
	for _, item := range childNodes(list) {
		if f, ok := p.listed(item); ok {
			all = append(all, f)
		}
	}
	return all
}

// listed returns the question that a list item begins with: its lines up to
// the first that ends asking, or those in bold or a first paragraph over others.
func (p *page) listed(item ast.Node) (found, bool) {
	first := item.FirstChild()
	if first == nil || p.onlyLink(first, "") {
		return found{}, false
	}
	lines := p.linesOf(first)
	end := asked(lines)
	if end == 0 {
		end = stated(first, lines)
	}
	if end == 0 || !endsAsking(lines[end-1].text) && end == len(lines) && item.ChildCount() < 2 {
		return found{}, false
	}
	f := found{question: cleanQuestion(joined(lines[:end])), label: true}
	if f.question == "" || len(f.question) > maxPlain && !endsAsking(f.question) {
		return found{}, false
	}
	f.line = lines[0].line
	if end < len(lines) {
		f.body = append(f.body, piece{block: block{node: first, lines: lines}, from: end, to: len(lines)})
	}
	for _, c := range childNodes(item)[1:] {
		f.body = append(f.body, pieces(p.document.blocks([]ast.Node{c}))...)
	}
	return f, true
}

// asked returns the index behind the first line that ends asking, or 0.
func asked(lines []textLine) int {
	for i, l := range lines {
		if endsAsking(l.text) {
			return i + 1
		}
	}
	return 0
}

// stated returns the index behind the lines in bold, or else of the paragraph, that
// an item without a question begins with.
func stated(first ast.Node, lines []textLine) int {
	end := slices.IndexFunc(lines, func(l textLine) bool { return !l.bold })
	switch {
	case end < 0, end == 0 && first.Kind() == ast.KindParagraph:
		return len(lines)
	}
	return end
}

func joined(lines []textLine) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.text
	}
	return strings.Join(texts, " ")
}

// maxPlain is the length in bytes up to which a paragraph that ends asking can
// be a question without any mark.
const maxPlain = 250

// bare reports whether text is one sentence that asks.
func bare(text string) bool {
	return endsAsking(text) && len(text) <= maxPlain && !strings.Contains(text, ". ") && !strings.Contains(text, "! ")
}

// plain reads the form in which a paragraph that asks is a question and those
// below it are the answer, without any mark. If it is quotes that ask, only they
// are questions.
func (p *page) plain() reading {
	s := p.scan("plain", func(textLine) bool { return false })
	if !p.faq {
		return s.r
	}
	quoted := s.quotes()
	s.each(func(b block) {
		from := 0
		if isQuote(b) == quoted && bare(b.lines[0].text) {
			s.begin(b.lines[0].text, b.lines[0], b, false)
			from = 1
		}
		s.collect(b, from, len(b.lines))
	})
	if len(s.r.found) < 2 {
		s.r.found = nil
	}
	p.cutFooter(&s.r)
	return s.r
}

// quotes gives the quotes that are nothing but a question their line, and reports
// whether there are several.
func (s *scan) quotes() bool {
	blocks, asked := slices.Clone(s.blocks), 0
	for i, b := range blocks {
		if !isQuote(b) || b.node.ChildCount() != 1 {
			continue
		}
		if lines := s.linesOf(b.node.FirstChild()); len(lines) == 1 && bare(lines[0].text) {
			blocks[i].lines = lines
			asked++
		}
	}
	if asked > 1 {
		s.blocks = blocks
	}
	return asked > 1
}

func isQuote(b block) bool { return b.node != nil && b.node.Kind() == ast.KindBlockquote }
