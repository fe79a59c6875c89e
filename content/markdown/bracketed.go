package markdown

import (
	"bytes"

	"kb/content/sanitize"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// bracketed is an extension that takes for text what is written as a tag and is
// none: "<your-name>", without attributes, of no element that answers know, and
// closed nowhere on the page.
type bracketed struct{}

func (bracketed) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(bracketed{}, 600)))
}

// Transform makes text of such tags.
func (bracketed) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	src := reader.Source()
	var tags []*ast.RawHTML
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if tag, ok := n.(*ast.RawHTML); ok && entering && unknownTag(tag, src) != "" {
			tags = append(tags, tag)
		}
		return ast.WalkContinue, nil
	})
	if len(tags) == 0 {
		return
	}
	closed := endTags(src)
	for _, tag := range tags {
		if !closed[unknownTag(tag, src)] {
			tag.Parent().ReplaceChild(tag.Parent(), tag, ast.NewTextSegment(tag.Segments.At(0)))
		}
	}
}

// unknownTag returns the name in a start tag without attributes of no element that
// answers know, or "".
func unknownTag(tag *ast.RawHTML, src []byte) string {
	if tag.Segments.Len() != 1 {
		return ""
	}
	name := bytes.Trim(tag.Segments.Value(src), "<>")
	if tagName(name) < len(name) || sanitize.Knows(string(name)) {
		return ""
	}
	return string(name)
}

// endTags returns the names of the end tags in src.
func endTags(src []byte) map[string]bool {
	names := map[string]bool{}
	for {
		_, rest, ok := bytes.Cut(src, []byte("</"))
		if !ok {
			return names
		}
		n := tagName(rest)
		names[string(rest[:n])] = true
		src = rest[n:]
	}
}

// tagName returns how many bytes at the beginning of s are the name of a tag.
func tagName(s []byte) int {
	n := bytes.IndexFunc(s, func(r rune) bool {
		return !('a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' || r == '-')
	})
	if n < 0 {
		return len(s)
	}
	return n
}
