package markdown

import (
	"regexp"
	"slices"
	"strings"

	"kb/content"
)

// A headingReader reads the form in which headings are questions.
type headingReader struct {
	*page
	level    int // of most questions
	prefixed bool
	named    bool // whether every heading at that level has an id of its own
	asked    int  // headings at that level that ask
	index    bool // whether the page mostly links elsewhere
	repeated map[string]int
	parents  []int           // of each heading, the index of the heading above it, or -1
	parts    map[int]bool    // what structured said
	alone    map[int]bool    // what sectionOnly said
	numbered map[[2]int]bool // what numbers said
	problems []content.Problem
	last     int    // index from which on a heading may be a footer
	answered [7]int // headings with a question mark and text of their own, by level
}

// headings reads the form in which headings are questions.
func (p *page) headings() reading {
	h := &headingReader{
		page: p, repeated: map[string]int{}, parents: parents(p.blocks), parts: map[int]bool{}, alone: map[int]bool{},
	}
	h.survey()
	r := reading{form: "headings"}
	if h.level == 0 {
		return r
	}
	s := &sections{p: p}
	next := -1 // a question, as the end of the one before it
	for i := 0; i < len(p.blocks); i++ {
		b := p.blocks[i]
		switch {
		case b.kind == itemBlock && (b.poses() || b.strong && p.faq || b.groups()):
			r.found = append(r.found, p.itemFound(i, s.names())...)
		case b.kind != headingBlock || b.level == 0:
		case i == next || h.entry(i):
			s.enter(b, true)
			end, again := h.end(i)
			if again {
				next = end
			}
			r.found = append(r.found, found{
				question: cleanQuestion(b.title), anchor: b.anchor, fragment: b.fragment, aliases: b.aliases, section: s.names(), body: pieces(p.blocks[i+1 : end]),
				label: true, marks: markingOf(b.title), line: b.line, block: i,
			})
			i = end - 1
		default:
			s.enter(b, false)
		}
	}
	h.cutFooter(&r)
	if !h.faq && !h.named && h.hint.QuestionLevel == 0 && h.asked < 2 && h.lost(r.found) {
		r.left, r.found = r.found, nil
	}
	r.problems = h.problems
	return r
}

// levels counts the headings of a page by level.
type levels struct {
	score    [7]float64 // how much they ask
	count    [7]int
	text     [7]int // with text of their own
	marked   [7]int // with a question mark or a prefix
	prefixed int    // of all levels, with a prefix such as "Q:"
	order    []int  // their indexes
}

// levels counts the headings that can be questions.
func (h *headingReader) levels() levels {
	var n levels
	for i, b := range h.blocks {
		if b.kind != headingBlock || b.level == 0 || h.judge(b.title).toc || template(b.title) {
			continue
		}
		n.order = append(n.order, i)
		n.count[b.level]++
		if h.own(i) {
			n.text[b.level]++
		}
		h.repeated[strings.ToLower(b.title)]++
		marked := prefix(b.title) != ""
		if marked {
			n.prefixed++
		}
		switch {
		case marked || questionMark(b.title):
			if h.own(i) {
				h.answered[b.level]++
			}
			n.score[b.level]++
			n.marked[b.level]++
		case asks(b.title):
			n.score[b.level] += 0.5
		}
	}
	return n
}

// survey finds the level of the questions.
func (h *headingReader) survey() {
	n := h.levels()
	for l := 1; l <= 6; l++ {
		if n.score[l] > n.score[h.level] {
			h.level = l
		}
	}
	if h.level == 0 && h.faq {
		h.level = mostFrequent(n.count, n.text)
	}
	if l := h.namedLevel(); l > 0 {
		h.level, h.named = l, true
	}
	if h.hint.QuestionLevel > 0 {
		h.level = h.hint.QuestionLevel
	}
	h.asked = int(n.score[h.level] + 0.5)
	h.last = h.lastOf(n.order)
	h.numbered = h.numbers()
	if !h.faq && !h.named && h.hint.QuestionLevel == 0 && (n.marked[h.level] == 0 || 2*n.marked[h.level] < n.count[h.level]-h.footers(h.level)) {
		h.level = 0 // an article with a heading that asks
	}
	h.index = h.asked == 0 && h.linking()
	h.prefixed = h.level > 0 && n.prefixed > 1 && 2*n.prefixed > n.count[h.level]
}

// linking reports whether most headings at the level of the questions stand over
// lists of links.
func (h *headingReader) linking() bool {
	n, links := 0, 0
	for i, b := range h.blocks {
		if b.kind != headingBlock || b.level != h.level || h.level == 0 {
			continue
		}
		if n++; h.linksOnly(h.under(i)) {
			links++
		}
	}
	return 2*links > n
}

// minNamed is how many headings with ids of their own show that an author names
// the entries.
const minNamed = 3

// namedLevel returns the level at which every heading has an id written in the
// source and text of its own, if no heading above it has an id: an author who
// names just these has said what the entries are. It is 0 if there is none.
func (h *headingReader) namedLevel() int {
	var count, named [7]int
	for i, b := range h.blocks {
		if b.kind != headingBlock || b.level == 0 {
			continue
		}
		count[b.level]++
		if b.anchor != "" && h.own(i) {
			named[b.level]++
		}
	}
	for l := 1; l <= 6; l++ {
		if named[l] > 0 {
			if named[l] == count[l] && named[l] >= minNamed {
				return l
			}
			return 0
		}
	}
	return 0
}

// mostFrequent returns the level of most headings with text, at least two, or
// that of the only heading.
func mostFrequent(count, text [7]int) int {
	best, all := 0, 0
	for l := 1; l <= 6; l++ {
		all += count[l]
		if text[l] > 1 && text[l] > text[best] {
			best = l
		}
	}
	for l := 1; l <= 6 && best == 0; l++ {
		if text[l] == 1 && all <= 2 {
			best = l
		}
	}
	return best
}

// own reports whether heading i has text before the next heading.
func (p *page) own(i int) bool {
	for _, b := range p.blocks[i+1:] {
		if b.kind == headingBlock {
			return false
		}
		if !p.blank(b) {
			return true
		}
	}
	return false
}

// under returns the range of blocks below heading i.
func (p *page) under(i int) (from, to int) {
	to = i + 1
	for to < len(p.blocks) && !(p.blocks[to].kind == headingBlock && p.blocks[to].level <= p.blocks[i].level) {
		to++
	}
	return i + 1, to
}

// parents returns, of each heading, the index of the heading above it, or -1.
func parents(blocks []block) []int {
	all := make([]int, len(blocks))
	var open []int // each the parent of the next
	for i, b := range blocks {
		all[i] = -1
		if b.kind != headingBlock || b.level == 0 {
			continue
		}
		for len(open) > 0 && blocks[open[len(open)-1]].level >= b.level {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			all[i] = open[len(open)-1]
		}
		open = append(open, i)
	}
	return all
}

// skip notes why a heading that asks, or has text of its own, is no question, and
// reports false.
func (h *headingReader) skip(i int, rule, msg string) bool {
	b := h.blocks[i]
	if asks(b.title) || h.own(i) {
		h.note(b, rule, msg)
	}
	return false
}

// note adds a problem at a heading.
func (h *headingReader) note(b block, rule, msg string) {
	h.problems = append(h.problems, content.Problem{Pos: content.Pos{Path: h.path, Line: b.line}, Rule: rule, Msg: msg})
}

// entry reports whether heading i is a question.
func (h *headingReader) entry(i int) bool {
	b := h.blocks[i]
	switch {
	case b.title == "":
		return false
	case matches(h.hint.ExcludeHeadings, b.title):
		return false
	case matches(h.hint.IncludeHeadings, b.title):
		return true
	case template(b.title):
		h.note(b, "template", "heading is made by a template")
		return false
	case h.judge(b.title).toc, h.isFAQName(b.title) && !strings.ContainsAny(b.title, "?？"):
		return false
	case b.level < h.level && !h.above(i):
		return false
	case b.level > h.level:
		return h.promoted(i)
	case h.footer(i):
		return h.skip(i, "footer", "heading points elsewhere: no entry")
	}
	return b.level < h.level || h.atLevel(i)
}

// above reports whether heading i, above the level of the questions, is like one.
func (h *headingReader) above(i int) bool {
	b := h.blocks[i]
	return (strings.ContainsAny(b.title, "?？") || h.faq && asks(b.title) && h.leaf(i) || h.states(i)) && h.own(i)
}

// leaf reports whether no heading is below heading i.
func (h *headingReader) leaf(i int) bool {
	_, to := h.under(i)
	return h.bare(i+1, to)
}

// bare reports whether no heading is in a range.
func (h *headingReader) bare(from, to int) bool {
	return !slices.ContainsFunc(h.blocks[from:to], func(b block) bool { return b.kind == headingBlock })
}

// states reports whether heading i, above the level of the questions, is one that
// does not ask: others at its level are questions with text, and below it stand
// headings of which none asks, or nothing where there are several of them.
func (h *headingReader) states(i int) bool {
	from, to := h.under(i)
	least := 1
	if h.leaf(i) {
		least = 2
	}
	return h.faq && h.answered[h.blocks[i].level] >= least && h.own(i) && !h.groups(from, to) && !h.linksOnly(from, to)
}

// promoted reports whether heading i, deeper than the questions, is one: it
// asks, and stands in a section that has no text of its own, or is marked as the
// question above it is.
func (h *headingReader) promoted(i int) bool {
	up := h.parents[i]
	if up < 0 || !asks(h.blocks[i].title) {
		return false
	}
	if h.blocks[up].level == h.level && h.own(up) && h.goesOn(up, i) {
		return true
	}
	if h.own(up) || asks(h.blocks[up].title) && !leadsOn(h.blocks[up].title) {
		return false
	}
	return h.blocks[up].level >= h.level || h.sectionOnly(up)
}

// goesOn reports whether heading i, below a question, is the next one by mistake:
// it has the same label, or is the first there and has the next number, which no
// question beside the one above has.
func (h *headingReader) goesOn(up, i int) bool {
	if h.prefixed && prefix(h.blocks[up].title) != "" && prefix(h.blocks[i].title) != "" {
		return true
	}
	n := leadingNumber(h.blocks[up].title)
	return n > 0 && leadingNumber(h.blocks[i].title) == n+1 && h.bare(up+1, i) && !h.numbered[[2]int{h.parents[up], n + 1}]
}

// numbers returns the numbers of the headings at the level of the questions, each
// with the index of the heading above.
func (h *headingReader) numbers() map[[2]int]bool {
	all := map[[2]int]bool{}
	for i, b := range h.blocks {
		if b.kind == headingBlock && b.level == h.level {
			all[[2]int{h.parents[i], leadingNumber(b.title)}] = true
		}
	}
	return all
}

// sectionOnly reports whether heading i only groups: everything below it is
// deeper than the level of the questions.
func (h *headingReader) sectionOnly(i int) bool {
	alone, known := h.alone[i]
	if !known {
		from, to := h.under(i)
		alone = !slices.ContainsFunc(h.blocks[from:to], func(b block) bool { return b.kind == headingBlock && b.level <= h.level })
		h.alone[i] = alone
	}
	return alone
}

// atLevel reports whether a heading at the level of the questions is one. The
// cases are in the order in which they count.
func (h *headingReader) atLevel(i int) bool {
	b := h.blocks[i]
	from, to := h.under(i)
	asking, own := asks(b.title) || prefix(b.title) != "", h.own(i)
	if !h.faq && !own {
		asking = questionMark(b.title)
	}
	switch {
	case h.hint.QuestionLevel > 0:
		return !h.empty(from, to) || asking
	case !own && leadsOn(b.title) && h.groups(from, to):
		return false
	case asking && !h.tocOnly(from, to), h.named && own:
		return true
	case asking:
		return h.skip(i, "toc", "heading over links to this page: no entry")
	case h.empty(from, to), !own && h.groups(from, to), h.index:
		return false
	case !h.faq:
		h.note(b, "not-taken", "heading does not ask, and nothing names the page a FAQ: no entry")
		return false
	case h.prefixed && !own:
		return false
	case h.repeated[strings.ToLower(b.title)] > 2, h.repeated[strings.ToLower(b.title)] > 1 && h.asked > 0:
		return false
	case h.onlyItems(from, to), h.tocOnly(from, to), h.asked == 0 && h.linksOnly(from, to):
		return false
	case i >= h.last && h.linksOnly(from, to):
		return h.skip(i, "footer", "heading over links elsewhere: no entry")
	case h.partOfAnswer(i):
		return false
	}
	return true
}

// matches reports whether a pattern is there and matches.
func matches(pattern, s string) bool {
	if pattern == "" {
		return false
	}
	re, err := regexp.Compile(pattern)
	return err == nil && re.MatchString(s)
}

// empty reports whether nothing but headings is in a range.
func (h *headingReader) empty(from, to int) bool {
	for _, b := range h.blocks[from:to] {
		if b.kind != headingBlock && !h.blank(b) {
			return false
		}
	}
	return true
}

// groups reports whether headings that ask stand in the range.
func (h *headingReader) groups(from, to int) bool {
	for _, b := range h.blocks[from:to] {
		if b.kind == headingBlock && asks(b.title) {
			return true
		}
	}
	return false
}

// onlyItems reports whether the range holds containers and nothing before.
func (h *headingReader) onlyItems(from, to int) bool {
	for _, b := range h.blocks[from:to] {
		if b.kind == itemBlock {
			return asks(b.title)
		}
		if !h.blank(b) {
			return false
		}
	}
	return false
}

// partOfAnswer reports whether heading i and its siblings are the structure of
// one answer.
func (h *headingReader) partOfAnswer(i int) bool {
	up := h.parents[i]
	if up < 0 {
		return false
	}
	part, known := h.parts[up]
	if !known {
		part = h.structured(up)
		h.parts[up] = part
	}
	return part
}

// structured reports whether heading i is a question and none below it, at the
// level of the questions, asks.
func (h *headingReader) structured(i int) bool {
	if !strings.ContainsAny(h.blocks[i].title, "?？") && !h.states(i) {
		return false
	}
	from, to := h.under(i)
	return !slices.ContainsFunc(h.blocks[from:to], func(b block) bool {
		return b.kind == headingBlock && b.level == h.level && asks(b.title)
	})
}

// end returns the index of the block behind the answer to heading i, and
// whether it is a question. Where another FAQ begins the answer ends.
func (h *headingReader) end(i int) (at int, again bool) {
	_, to := h.under(i)
	for j := i + 1; j < to; j++ {
		switch b := h.blocks[j]; {
		case b.kind == headingBlock && h.entry(j):
			return j, true
		case b.kind == headingBlock && h.isFAQName(b.title):
			return j, false
		}
	}
	return to, false
}
