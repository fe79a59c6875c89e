package markdown

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"

	"kb/content"
	"kb/content/accordion"
)

// An element is an HTML element that is open behind the block that starts it.
type element struct {
	name string
	at   int  // index of that block
	asks bool // questions are inside
}

// rows reports whether an element holds items or rows.
func (e element) rows() bool { return e.name == "ul" || e.name == "ol" || e.name == "table" }

// regions returns the ranges of siblings, first to last, that one HTML element
// encloses and that hold questions: CommonMark ends an HTML block at a blank
// line, so the Markdown inside an element becomes its sibling. An element
// around details is passed over: each of them is a range of its own.
func (d *document) regions(nodes []ast.Node) map[int]int {
	var stack []element
	found := map[int]int{}
	for i, n := range nodes {
		raw, ok := d.markup(n, stack)
		if !ok {
			continue
		}
		holds, asks := accordion.HoldsControl(raw), accordion.HoldsRow(raw)
		for j := range stack {
			stack[j].asks = stack[j].asks || holds || asks && stack[j].rows()
		}
		for _, t := range accordion.Tags(raw) {
			if t.End {
				stack = end(stack, t.Name, i, found)
			} else if len(stack) < maxElements {
				e := element{name: t.Name, at: i}
				e.asks = holds || t.Name == "details" || t.Name == "dl" || asks && e.rows()
				stack = append(stack, e)
			}
		}
	}
	return outermost(found, len(nodes))
}

// markup returns the HTML that a node is: a block of it, or indented code inside
// of an open element that goes on or ends there, or that has questions right
// behind HTML.
func (d *document) markup(n ast.Node, open []element) (string, bool) {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		return d.raw(n), !isComment(n)
	case *ast.CodeBlock:
		raw := d.raw(n)
		d.markedUp[n] = len(open) > 0 && (termTag().MatchString(raw) || closes(raw, open) || accordion.HoldsQuestion(raw) && d.isMarkup(n.PreviousSibling()))
		return raw, d.markedUp[n]
	}
	return "", false
}

// isMarkup reports whether a node, which may be nil, is HTML to markup.
func (d *document) isMarkup(n ast.Node) bool {
	_, isHTML := n.(*ast.HTMLBlock)
	return isHTML || d.markedUp[n]
}

var termTag = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*<(?:dt|dd|summary|li|tr)\b`) })

// closes reports whether an end tag in a piece of HTML belongs to an element that
// was open before it.
func closes(piece string, open []element) bool {
	inside := map[string]int{}
	for _, t := range accordion.Tags(piece) {
		switch {
		case !t.End:
			inside[t.Name]++
		case inside[t.Name] > 0:
			inside[t.Name]--
		case slices.ContainsFunc(open, func(e element) bool { return e.name == t.Name }):
			return true
		}
	}
	return false
}

// end closes the innermost element of a name, and those left open inside it.
func end(stack []element, name string, at int, found map[int]int) []element {
	for j := len(stack) - 1; j >= 0; j-- {
		e := stack[j]
		if e.name != name {
			continue
		}
		if e.at < at && e.asks {
			found[e.at] = max(found[e.at], at)
		}
		return stack[:j]
	}
	return stack
}

// outermost leaves out ranges that begin inside another.
func outermost(found map[int]int, n int) map[int]int {
	if len(found) == 0 {
		return nil
	}
	out := map[int]int{}
	for i := 0; i < n; i++ {
		if end, ok := found[i]; ok {
			for j := i + 1; j <= end; j++ { // a range may end behind the one it begins in
				end = max(end, found[j])
			}
			out[i] = end
			i = end
		}
	}
	return out
}

func isComment(h *ast.HTMLBlock) bool { return h.HTMLBlockType == ast.HTMLBlockType2 }

// region adds the questions of siblings that HTML elements enclose.
func (b *builder) region(nodes []ast.Node) {
	var fragment []string
	var lines []int // of the file, by line of the fragment
	for _, n := range nodes {
		start := b.lineOf(n)
		isHTML := b.isMarkup(n)
		html := ""
		if isHTML {
			html = b.raw(n)
		} else {
			html = b.html(n)
		}
		for i := range strings.Count(html, "\n") {
			if isHTML {
				lines = append(lines, start+i)
			} else {
				lines = append(lines, start)
			}
		}
		fragment = append(fragment, html)
	}
	b.parts(strings.Join(fragment, ""), func(line int) int {
		if line < 1 || line > len(lines) {
			return b.lineOf(nodes[0])
		}
		return lines[line-1]
	})
}

// htmlBlock adds a block of HTML: its questions and headings, the anchor that it
// is, or its text. Comments show nothing.
func (b *builder) htmlBlock(h *ast.HTMLBlock) {
	raw := b.raw(h)
	start := b.lineOf(h)
	switch {
	case isComment(h):
	case accordion.Holds(raw):
		b.parts(raw, func(line int) int { return start + line - 1 })
	case onlyAnchor().MatchString(raw):
		b.anchor = onlyAnchor().FindStringSubmatch(raw)[1]
	case anyTag().MatchString(raw):
		b.add(block{html: anyTag().ReplaceAllString(raw, ""), line: start})
	default:
		b.add(block{node: h, line: start})
	}
}

// code adds indented code, or the questions and headings in it if it is HTML.
func (b *builder) code(c *ast.CodeBlock) {
	start := b.lineOf(c)
	if raw := b.raw(c); b.markedUp[c] && accordion.Holds(raw) {
		b.parts(raw, func(line int) int { return start + line - 1 })
		return
	}
	b.add(block{node: c, line: start})
}

// parts adds the parts of a fragment.
func (b *builder) parts(fragment string, line func(int) int) {
	parts, err := accordion.Reader{Render: b.markdown, MDX: b.mdx, IsQuestion: isLabelled}.Parse(withoutTags(fragment))
	if err != nil {
		b.problems = append(b.problems, content.Problem{Pos: content.Pos{Line: line(1)}, Rule: "html", Msg: err.Error()})
		b.add(block{html: fragment, line: line(1)})
		return
	}
	for _, p := range parts {
		b.add(b.partBlock(p, line))
	}
}

var (
	markdownTag = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\{\{[<%]\s*(/?)\s*(?:markdown|markdownify|md)\s*[>%]\}\}`)
	})
	anyTag = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{\{[<%][^{}\n]*[>%]\}\}`) })
)

// withoutTags takes the tags of shortcodes out of HTML, in which they show
// nothing. What is between those that say Markdown is Markdown.
func withoutTags(fragment string) string {
	if !strings.Contains(fragment, "{{") {
		return fragment
	}
	fragment = markdownTag().ReplaceAllStringFunc(fragment, func(tag string) string {
		if strings.Contains(tag, "/") {
			return "</div>"
		}
		return `<div markdown="1">`
	})
	return anyTag().ReplaceAllString(fragment, "")
}

// partBlock returns the block that a part of HTML is.
func (b *builder) partBlock(p accordion.Part, line func(int) int) block {
	x := block{line: line(p.Line), html: p.HTML, anchor: p.Anchor, aliases: p.Aliases}
	switch p.Kind {
	case accordion.Heading:
		x.kind, x.level, x.title = headingBlock, p.Level, plain(p.Title)
	case accordion.Question:
		x.kind, x.title, x.form, x.strong = itemBlock, b.titleText(p.Title), "containers", true
		for _, in := range p.Parts {
			x.inner = append(x.inner, b.partBlock(in, line))
		}
	case accordion.Strong:
		x.lines = []textLine{{text: plain(p.Title), bold: true, line: x.line}}
	case accordion.Label:
		x.lines = []textLine{{text: plain(p.Title), line: x.line}}
	}
	return x
}

// titleText returns the plain text of a title in HTML, in which people also
// write Markdown.
func (d *document) titleText(html string) string {
	text := plain(html)
	if strings.Contains(text, "**") || strings.Contains(text, "`") || d.mdx && strings.ContainsAny(text, "*_[") {
		return plain(d.markdown(text))
	}
	return text
}
