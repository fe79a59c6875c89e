package markdown

import (
	"cmp"
	"slices"
	"strings"
)

// merge adds to the chosen reading what other forms find beside it, since
// people write one page in several. The rules, in order:
//
//  1. What is written one after the other, as lines in bold and Q and A are,
//     ends where a run of questions in another form goes on to the end of the
//     answer; see release. So does the answer of the last heading, and of any
//     heading before a run of containers that it does not announce.
//  2. A question in another form that stands in no answer is an entry, if it
//     plainly is one; see plainly. An item of a list is if others are.
//  3. Its answer ends where the next entry begins.
//
// All else that looks like a question belongs to an answer, and leave names it.
func (p *page) merge(best reading, all []reading) reading {
	others := slices.DeleteFunc(slices.Clone(all), func(r reading) bool { return r.form == best.form || r.form == "plain" })
	for _, r := range others {
		if r.form != "list" {
			p.release(&best, r)
		}
	}
	m := merger{page: p, best: &best, owner: map[int]int{}, asked: map[string]bool{}}
	for i := range best.found {
		m.own(&best.found[i])
	}
	for _, r := range others {
		m.take(r)
	}
	slices.SortStableFunc(best.found, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.block, b.block), cmp.Compare(a.line, b.line))
	})
	return best
}

// A merger knows what is taken.
type merger struct {
	*page
	best  *reading
	owner map[int]int // line of the entry that a block is part of, by block
	asked map[string]bool
}

// own notes which blocks belong to a question.
func (m *merger) own(f *found) {
	m.asked[strings.ToLower(f.question)] = true
	for at := range m.extent(f) {
		m.owner[at] = f.line
	}
}

// extent yields the blocks that a question and its answer take.
func (p *page) extent(f *found) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		if !yield(f.block) || f.block < len(p.blocks) && p.blocks[f.block].kind == itemBlock {
			return
		}
		for _, x := range f.body {
			if !yield(x.at) {
				return
			}
		}
	}
}

// take adds the questions of another form that are in no answer.
func (m *merger) take(r reading) {
	var taken []found
	for _, f := range slices.Concat(r.found, r.left) {
		if m.owner[f.block] > 0 || !m.plainly(&f, r.form) {
			continue
		}
		if next := slices.IndexFunc(f.body, func(x piece) bool { return m.owner[x.at] > 0 }); next >= 0 && m.blocks[f.block].kind != itemBlock {
			f.body = f.body[:next]
		}
		if f.answered(m.document) || r.form == "headings" && m.best.form == "containers" {
			taken = append(taken, f)
		}
	}
	if len(taken) == 0 || r.form == "list" && len(taken) < minRun {
		return
	}
	m.explain("beside them %s: %s", r.form, questions(len(taken)))
	for i := range taken {
		m.own(&taken[i])
	}
	m.best.found = append(m.best.found, taken...)
}

// plainly reports whether a question is one without its form being that of the
// page: it asks, and is not what a page ends with.
func (m *merger) plainly(f *found, form string) bool {
	switch {
	case m.asked[strings.ToLower(f.question)], isFooterName(f.question):
		return false
	case form == "table", form == "qa" && m.answerLabelled([]found{*f}):
		return true
	case form == "containers" || form == "definitions":
		return asks(f.question)
	case form == "headings":
		return m.blocks[f.block].kind == headingBlock && questionMark(f.question)
	}
	return endsAsking(f.question)
}

// minRun is how many questions in a row end an answer in another form. One
// alone may be a part of it.
const minRun = 2

// release ends the answers of a reading before a run of questions that r has.
func (p *page) release(best *reading, r reading) {
	from := 0
	switch {
	case best.form == "containers" || best.form == "definitions" || best.form == "table":
		return
	case best.form == "headings" && r.form == "bold":
		return // headings have their answers structured by lines in bold
	case best.form == "headings" && r.form != "containers":
		from = max(0, len(best.found)-1)
	}
	starts, covered := map[int]int{}, map[int]bool{}
	for _, f := range slices.Concat(r.found, r.left) {
		if r.form != "table" && !endsAsking(f.question) || !f.answered(p.document) {
			continue
		}
		starts[f.block]++
		for at := range p.extent(&f) {
			covered[at] = true
		}
	}
	for i := range best.found[from:] {
		f := &best.found[from+i]
		end := p.tail(f, starts, covered)
		last := f == &best.found[len(best.found)-1]
		if last || end == len(f.body) || !p.announces(f.body[end-1]) {
			f.body = f.body[:end]
		}
	}
}

// tail returns the index in the answer of f at which a run of other questions
// begins that goes on to its end.
func (p *page) tail(f *found, starts map[int]int, covered map[int]bool) int {
	first, run := len(f.body), 0
	for i := len(f.body) - 1; i > 0; i-- {
		x := f.body[i]
		if x.at == f.block || !covered[x.at] && !p.blank(x.block) {
			break
		}
		if starts[x.at] > 0 {
			first, run = i, run+starts[x.at]
		}
	}
	if run < minRun {
		return len(f.body)
	}
	return first
}

// announces reports whether a piece says that what follows belongs to it: it
// ends with a colon.
func (p *page) announces(x piece) bool {
	text := ""
	if x.to > 0 {
		text = x.lines[x.to-1].text
	} else {
		text = plain(p.document.show(x.block))
	}
	text = strings.TrimSpace(text)
	return strings.HasSuffix(text, ":") || strings.HasSuffix(text, "：")
}
