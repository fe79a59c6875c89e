package markdown

import (
	"bytes"
	"sort"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"kb/content"
	"kb/content/sanitize"
)

// A document is the text of one page, parsed.
type document struct {
	md        goldmark.Markdown
	src       []byte
	first     int   // line of the file on which src begins
	newlines  []int // offsets in src
	root      ast.Node
	hidden    []span // lines of comments whose content is read
	problems  []content.Problem
	notes     map[int]ast.Node        // footnotes by number
	verdicts  map[string]verdict      // what judge said
	textLines map[ast.Node][]textLine // what linesOf said
	markedUp  map[ast.Node]bool       // indented code that is HTML
	includes  bool                    // other files may be named as parts of it
	mdx       bool
	out       buffer // of html, used again: most of what it renders is a paragraph
}

// A span is a range of lines, both included.
type span struct{ from, to int }

// parseDocument parses src, whose first line is the given line of the file.
func parseDocument(md goldmark.Markdown, src []byte, first int) *document {
	d := &document{md: md, src: src, first: first, includes: mayInclude(src), verdicts: map[string]verdict{}, textLines: map[ast.Node][]textLine{}, notes: map[int]ast.Node{}, markedUp: map[ast.Node]bool{}}
	d.newlines = make([]int, 0, bytes.Count(src, []byte{'\n'}))
	for i, c := range src {
		if c == '\n' {
			d.newlines = append(d.newlines, i)
		}
	}
	d.root = md.Parser().Parse(text.NewReader(src))
	return d
}

// line returns the line of the file for an offset in the source.
func (d *document) line(offset int) int {
	return d.first + sort.SearchInts(d.newlines, offset)
}

// offset returns where a node begins in the source.
func offset(n ast.Node) int {
	if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	if t, ok := n.(*ast.Text); ok {
		return t.Segment.Start
	}
	if n.Type() == ast.TypeBlock && n.Pos() > 0 {
		return n.Pos()
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if o := offset(c); o > 0 {
			return o
		}
	}
	return max(n.Pos(), 0)
}

func (d *document) lineOf(n ast.Node) int { return d.line(offset(n)) }

// html renders nodes, one after the other.
func (d *document) html(nodes ...ast.Node) string {
	d.out.Reset()
	for _, n := range nodes {
		if err := d.md.Renderer().Render(&d.out, d.src, n); err != nil {
			panic(err) // a parsed tree written to memory: it cannot fail
		}
	}
	return d.out.String()
}

// A buffer is a util.BufWriter in memory; without it the renderer would make
// a buffer of its own for every node.
type buffer struct{ bytes.Buffer }

func (*buffer) Buffered() int { return 0 }
func (*buffer) Flush() error  { return nil }

// inline renders what is inside a block of text.
func (d *document) inline(n ast.Node) string {
	return d.html(childNodes(n)...)
}

// markdown renders a piece of Markdown that came from elsewhere: a title, a
// front matter field.
func (d *document) markdown(s string) string { return render(d.md, s) }

// render returns the HTML of Markdown that is no part of a document.
func render(md goldmark.Markdown, s string) string {
	var b buffer
	if err := md.Convert([]byte(s), &b); err != nil {
		panic(err) // written to memory: it cannot fail
	}
	return b.String()
}

// plain returns the plain text of HTML on one line.
func plain(html string) string {
	if strings.ContainsAny(html, "<&") {
		html = sanitize.Text(html)
	}
	return oneLine(html)
}

// oneLine returns s with every run of white space in it as one blank, and with
// none at its ends.
func oneLine(s string) string {
	blank := true // what came before
	for i := range len(s) {
		c := s[i]
		if c == ' ' && blank || c < ' ' || c > '~' {
			return strings.Join(strings.Fields(s), " ")
		}
		blank = c == ' '
	}
	return strings.TrimSuffix(s, " ")
}

// text returns the plain text of inline nodes on one line.
func (d *document) text(nodes ...ast.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		d.writeText(&b, n)
	}
	return oneLine(b.String())
}

// writeText writes what of an inline node a reader sees, without images.
func (d *document) writeText(b *strings.Builder, n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		b.Write(unescape(n.Segment.Value(d.src), n.Parent()))
		if n.SoftLineBreak() || n.HardLineBreak() {
			b.WriteByte(' ')
		}
	case *ast.String:
		b.Write(n.Value)
	case *ast.AutoLink:
		b.Write(n.Label(d.src))
	case *ast.RawHTML:
		if tag := string(n.Segments.Value(d.src)); strings.HasPrefix(tag, "<br") {
			b.WriteByte(' ')
		}
	case *ast.Image:
	default:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			d.writeText(b, c)
		}
	}
}

// unescape returns text without backslashes and entities, which mean nothing
// in code.
func unescape(s []byte, parent ast.Node) []byte {
	if parent != nil && parent.Kind() == ast.KindCodeSpan || bytes.IndexByte(s, '&') < 0 && bytes.IndexByte(s, '\\') < 0 {
		return s
	}
	return util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(s)))
}

func childNodes(n ast.Node) []ast.Node {
	var all []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		all = append(all, c)
	}
	return all
}

// raw returns the lines of a block as written.
func (d *document) raw(n ast.Node) string {
	var b strings.Builder
	lines := n.Lines()
	if end := lines.Len(); end > 0 {
		b.Grow(lines.At(end-1).Stop - lines.At(0).Start)
	}
	for i := range lines.Len() {
		s := lines.At(i)
		b.Write(s.Value(d.src))
	}
	if h, ok := n.(*ast.HTMLBlock); ok && h.HasClosure() {
		b.Write(h.ClosureLine.Value(d.src))
	}
	return b.String()
}

// isHidden reports whether a line of the file was inside a comment.
func (d *document) isHidden(line int) bool {
	for _, s := range d.hidden {
		if s.from <= line && line <= s.to {
			return true
		}
	}
	return false
}
