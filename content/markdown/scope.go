package markdown

import (
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// findTitle takes the first heading for the title if the front matter has
// none or the same, and a heading that only calls the page a FAQ in any case.
func (p *page) findTitle() {
	ones, top := 0, 7
	firstHeading := -1
	for i, b := range p.blocks {
		if b.kind != headingBlock {
			continue
		}
		if firstHeading < 0 {
			firstHeading = i
		}
		if b.level == 1 {
			ones++
		}
		top = min(top, b.level)
	}
	if firstHeading < 0 {
		return
	}
	h := &p.blocks[firstHeading]
	if isFooterName(h.title) {
		return
	}
	names := p.isFAQName(h.title) && h.level == top && p.count(top) == 1
	if !(h.level == 1 && ones == 1) && !names || p.titled && !names && !strings.EqualFold(h.title, p.title) {
		return
	}
	if !p.titled {
		p.title = cleanQuestion(h.title)
		p.out.Title = p.title
	}
	h.level = 0
}

// count returns the number of headings of a level.
func (p *page) count(level int) int {
	n := 0
	for _, b := range p.blocks {
		if b.kind == headingBlock && b.level == level {
			n++
		}
	}
	return n
}

// A verdict is what a title calls what is under it.
type verdict struct{ faq, toc bool }

// judge reads a title, once for all forms.
func (d *document) judge(title string) verdict {
	v, known := d.verdicts[title]
	if !known {
		v = verdict{isFAQName(title), tocName().MatchString(title)}
		d.verdicts[title] = v
	}
	return v
}

func (d *document) isFAQName(title string) bool { return d.judge(title).faq }

// faqStems are parts of what faqName matches in ASCII: a quick look that
// saves most headings the long one.
var faqStems = []string{"faq", "asked", "question", "q&a", "q & a", "qna", "q-a", "q_a", "q-and-a", "q and a", "fragen", "pregunta", "domande",
	"pergunta", "gestelde", "zadawane", "dotazy", "ofte", "usein", "sorulan", "pertanyaan", "gyik", "ukk", "duvidas", "intrebari", "postavljana", "kippuvad"}

// mayBeFAQName is the quick look: false only if isFAQName is.
func mayBeFAQName(s string) bool {
	if !ascii(s) {
		return true
	}
	s = strings.ToLower(s)
	return slices.ContainsFunc(faqStems, func(stem string) bool { return strings.Contains(s, stem) })
}

// isFAQName reports whether text calls something a FAQ. A long question about
// FAQs does not.
func isFAQName(s string) bool {
	return mayBeFAQName(s) && faqName().MatchString(s) && !(strings.ContainsAny(s, "?？") && len(strings.Fields(s)) > 4)
}

// findScope restricts the page to its FAQ if only a part of it is one.
func (p *page) findScope() {
	if p.hint.Scope == "" {
		stem := strings.TrimSuffix(p.path, path.Ext(p.path))
		p.called = isFAQName(p.title) || faqPath(stem)
		if p.faq = p.called; p.faq {
			p.cutHead()
			return
		}
	}
	if parts := p.parts(); len(parts) > 0 {
		p.restrict(parts)
		p.faq = true
		return
	}
	p.faq = p.reader.opt.Site.FAQ && slices.ContainsFunc(p.blocks, p.plainlyAsks)
}

// A part is a range of blocks from a heading on.
type part struct{ from, to int }

// parts returns the parts of the page that call themselves a FAQ, or that the
// SiteFile names.
func (p *page) parts() []part {
	var all []part
	for i := 0; i < len(p.blocks); i++ {
		b := p.blocks[i]
		if b.kind != headingBlock || !(p.hint.Scope != "" && strings.EqualFold(b.title, p.hint.Scope) || p.hint.Scope == "" && p.isFAQName(b.title)) {
			continue
		}
		end := i + 1
		for end < len(p.blocks) && !(p.blocks[end].kind == headingBlock && p.blocks[end].level <= b.level) {
			end++
		}
		if p.holds(p.blocks[i+1 : end]) {
			p.explain("scope: the heading %q on line %d", b.title, b.line)
			all = append(all, part{i, end})
			i = end - 1
		}
	}
	return all
}

// restrict leaves out what is in none of the parts. Of several the headings tell
// them apart.
func (p *page) restrict(parts []part) {
	var in, out []block
	at := 0
	for _, x := range parts {
		out = append(out, p.blocks[at:x.from]...)
		if len(parts) == 1 {
			x.from++
		}
		in = append(in, p.blocks[x.from:x.to]...)
		at = x.to
	}
	p.beside = append(out, p.blocks[at:]...)
	p.blocks = in
}

// cutHead leaves out what stands above the one top heading of a page that
// calls it a FAQ, such as a banner, if nothing there asks.
func (p *page) cutHead() {
	at, top := -1, 7
	for i, b := range p.blocks {
		if b.kind == headingBlock && b.level > 0 && b.level < top {
			at, top = i, b.level
		}
	}
	if at > 0 && p.count(top) == 1 && p.isFAQName(p.blocks[at].title) && !slices.ContainsFunc(p.blocks[:at], p.plainlyAsks) {
		p.beside, p.blocks = p.blocks[:at], p.blocks[at:]
	}
}

// plainlyAsks reports whether a block is a question by itself, wherever it
// stands.
func (p *page) plainlyAsks(b block) bool {
	if b.kind == headingBlock || b.kind == itemBlock {
		return endsAsking(b.title) && (b.level > 0 || b.kind == itemBlock) && !isFooterName(b.title)
	}
	return slices.ContainsFunc(b.lines, func(l textLine) bool {
		return prefix(l.text) != "" || l.bold && endsAsking(l.text)
	})
}

// holds reports whether something that can be a question is among blocks.
func (p *page) holds(blocks []block) bool {
	return slices.ContainsFunc(blocks, func(b block) bool {
		list, ok := b.node.(*ast.List)
		return b.kind == headingBlock || b.kind == itemBlock || len(b.lines) > 0 && (asks(b.lines[0].text) || p.leadsIn(b) || b.lines[0].bold && len(b.lines) > 1) || p.plainlyAsks(b) ||
			p.asking(b.node) || ok && (slices.ContainsFunc(childNodes(list), p.asks) || p.problems(list))
	})
}

// asks reports whether an item of a list begins with a question.
func (p *page) asks(item ast.Node) bool {
	f, ok := p.listed(item)
	return ok && endsAsking(f.question)
}

// faqPath reports whether a folder or the file of a path, without its extension,
// is named like a FAQ.
func faqPath(stem string) bool {
	for s := range strings.SplitSeq(strings.ToLower(stem), "/") {
		if mayBeFAQName(s) && faqName().MatchString(strings.TrimLeft(s, "_")) {
			return true
		}
	}
	return false
}
