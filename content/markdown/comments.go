package markdown

import (
	"bytes"
	"regexp"
	"sync"

	"github.com/yuin/goldmark/ast"

	"kb/content"
)

var commentMark = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<!--+|--+!?>`) })

// erased takes the place of a byte that goes: it occurs in no valid UTF-8.
const erased = 0xff

// uncommented parses the document again without the marks of the
// comments, so that every line keeps its number, and remembers which lines
// were hidden.
func (d *document) uncommented(comments []*ast.HTMLBlock) *document {
	src := bytes.Clone(d.src)
	var hidden []span
	for _, h := range comments {
		lines := h.Lines()
		start, stop := lines.At(0).Start, lines.At(lines.Len()-1).Stop
		if h.HasClosure() {
			stop = h.ClosureLine.Stop
		}
		for _, m := range commentMark().FindAllIndex(src[start:stop], -1) {
			for i := start + m[0]; i < start+m[1]; i++ {
				src[i] = erased
			}
		}
		hidden = append(hidden, span{d.line(start), d.line(max(start, stop-1))})
	}
	out := parseDocument(d.md, bytes.ReplaceAll(src, []byte{erased}, nil), d.first)
	out.hidden, out.mdx = hidden, d.mdx
	return out
}

// hiddenQuestions returns how many questions a comment would have in it.
func (p *page) hiddenQuestions(h *ast.HTMLBlock) int {
	inside := commentMark().ReplaceAll([]byte(p.raw(h)), nil)
	line := p.lineOf(h)
	in := &page{reader: p.reader, path: p.path, faq: true, out: new(content.Page), hint: p.hint, document: parseDocument(p.md, inside, line)}
	in.blocks = numbered(in.outline(in.root))
	n := 0
	for _, r := range []reading{in.headings(), in.containers(), in.qa(), in.bold()} {
		asked := 0
		for _, f := range r.found {
			if endsAsking(f.question) {
				asked++
			}
		}
		n = max(n, asked)
	}
	return n
}
