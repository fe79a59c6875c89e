package markdown

import (
	"bytes"
	"html"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"kb/content"
)

// A surveyor fills in the outline of a page.
type surveyor struct {
	*document
	out       *content.Outline
	templated map[string]bool // targets that stand in a tag of a template
	blocks    []int           // lines on which blocks begin that are no comments
	code      map[int]bool    // lines of code
}

// survey sets the outline of the page from its text src, as it was before the
// tags of templates were replaced.
func (p *page) survey(src []byte) {
	s := &surveyor{document: p.document, out: p.outlined(), templated: map[string]bool{}, code: map[int]bool{}}
	for _, m := range templateTarget().FindAllSubmatch(src, -1) {
		s.templated[string(m[1])+string(m[2])] = true
	}
	if p.document.includes || len(s.templated) > 0 {
		s.out.Open = true
	}
	_ = ast.Walk(p.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			s.visit(n)
		}
		return ast.WalkContinue, nil
	})
	if path.Ext(p.path) == ".mdx" {
		s.mdxComments()
	}
	s.place()
}

// outlined returns the outline of the page, which it makes if there is none.
func (p *page) outlined() *content.Outline {
	if p.out.Outline == nil {
		p.out.Outline = new(content.Outline)
	}
	return p.out.Outline
}

func (s *surveyor) visit(n ast.Node) {
	if id, ok := n.AttributeString("id"); ok {
		if text, ok := id.([]byte); ok {
			s.out.IDs = append(s.out.IDs, string(text))
		}
	}
	if up := n.Parent(); n.Type() == ast.TypeBlock && up != nil && !isCommentBlock(n) && (up.Kind() == ast.KindDocument || up.Kind() == kindContainer) {
		s.blocks = append(s.blocks, s.lineOf(n))
	}
	switch n := n.(type) {
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		for i := range n.Lines().Len() {
			s.code[s.line(n.Lines().At(i).Start)] = true
		}
	case *ast.Heading:
		s.out.Headings = append(s.out.Headings, content.Heading{Level: n.Level, Text: s.text(n), Line: s.lineOf(n), Empty: s.nothingBelow(n)})
	case *ast.Link:
		s.refer(string(n.Destination), false, n)
	case *ast.Image:
		s.refer(string(n.Destination), true, n)
	case *ast.HTMLBlock:
		s.html(s.raw(n), s.lineOf(n), isComment(n))
	case *ast.RawHTML:
		s.html(string(n.Segments.Value(s.src)), s.lineOf(n), false)
	case *container:
		s.out.Open = s.out.Open || n.notation == "shortcode" || n.notation == "component"
		if id := n.attrs["id"]; id != "" {
			s.out.IDs = append(s.out.IDs, id)
		}
	}
}

// refer notes a reference in Markdown.
func (s *surveyor) refer(target string, image bool, n ast.Node) {
	target = string(util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(target)))))
	line := s.lineOf(n)
	if up := n.Parent(); offset(n) == 0 && up != nil {
		line = s.lineOf(up)
	}
	if !s.templated[target] {
		s.out.References = append(s.out.References, content.Reference{Target: target, Image: image, Line: line})
	}
}

// nothingBelow reports whether the next thing to see behind a heading is
// another heading, or nothing.
func (s *surveyor) nothingBelow(n ast.Node) bool {
	next := n.NextSibling()
	for ; next != nil; next = next.NextSibling() {
		if !isCommentBlock(next) && next.Kind() != ast.KindThematicBreak {
			break
		}
	}
	if next == nil {
		return n.Parent().Kind() == ast.KindDocument
	}
	return next.Kind() == ast.KindHeading
}

// alone marks a comment with nothing else on its lines, until it has a place.
const alone = -1

// place says of the comments that stand alone what they stand above.
func (s *surveyor) place() {
	slices.Sort(s.blocks)
	starts := slices.Compact(s.blocks)
	for i := range s.out.Comments {
		c := &s.out.Comments[i]
		if c.Next != alone {
			continue
		}
		c.Next = 0
		at, _ := slices.BinarySearch(starts, c.Line+1)
		if at < len(starts) {
			c.Next, c.End = starts[at], s.line(len(s.src))
		}
		if at+1 < len(starts) {
			c.End = starts[at+1] - 1
		}
	}
}

var mdxComment = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^[ \t]*\{/\*(.*?)\*/\}[ \t]*$`) })

// mdxComments notes the comments of MDX that have a line of their own.
func (s *surveyor) mdxComments() {
	for _, m := range mdxComment().FindAllSubmatchIndex(s.src, -1) {
		line := s.line(m[2])
		if !s.code[line] {
			s.out.Comments = append(s.out.Comments, content.Comment{Text: strings.TrimSpace(string(s.src[m[2]:m[3]])), Line: line, Next: alone})
		}
	}
}

func isCommentBlock(n ast.Node) bool {
	h, ok := n.(*ast.HTMLBlock)
	return ok && isComment(h)
}

// What of HTML an outline has in it.
var (
	htmlComment = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)<!--(.*?)-->`) })
	htmlTag     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)<(h[1-6]|[a-zA-Z][\w.-]*)\b([^<>]*)>`) })
	htmlWhere   = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?is)(?:^|\s)(id|name|href|src)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>{]+)`)
	})
)

// html notes what is in HTML that begins on a line. A comment may be all of it.
func (s *surveyor) html(raw string, line int, comment bool) {
	lineAt := counter(raw, line)
	for _, m := range htmlComment().FindAllStringSubmatchIndex(raw, -1) {
		c := content.Comment{Text: strings.TrimSpace(raw[m[2]:m[3]]), Line: lineAt(m[0])}
		if comment {
			c.Next = alone
		}
		s.out.Comments = append(s.out.Comments, c)
	}
	raw = htmlComment().ReplaceAllStringFunc(raw, func(c string) string { return strings.Repeat("\n", strings.Count(c, "\n")) })
	lineAt = counter(raw, line)
	for _, m := range htmlTag().FindAllStringSubmatchIndex(raw, -1) {
		name := strings.ToLower(raw[m[2]:m[3]])
		at := lineAt(m[0])
		if len(name) == 2 && name[0] == 'h' && '1' <= name[1] && name[1] <= '6' {
			s.heading(int(name[1]-'0'), raw[m[1]:min(len(raw), m[1]+maxHeading)], at)
		}
		s.attributes(name, raw[m[4]:m[5]], at)
	}
}

// maxHeading is how many bytes of HTML are looked at for the text of a heading.
const maxHeading = 1000

// counter returns a function that tells on which line an offset in raw is, for
// offsets in order.
func counter(raw string, line int) func(at int) int {
	seen := 0
	return func(at int) int {
		line += strings.Count(raw[seen:at], "\n")
		seen = at
		return line
	}
}

// heading notes a heading in HTML, whose text is at the beginning of rest.
func (s *surveyor) heading(level int, rest string, line int) {
	text, _, ended := strings.Cut(rest, "</h")
	if !ended {
		text, _, _ = strings.Cut(rest, "\n")
	}
	s.out.Headings = append(s.out.Headings, content.Heading{Level: level, Text: plain(strings.ToValidUTF8(text, "")), Line: line})
}

func (s *surveyor) attributes(tag, attrs string, line int) {
	for _, m := range htmlWhere().FindAllStringSubmatch(attrs, -1) {
		value := strings.TrimSpace(html.UnescapeString(strings.Trim(m[2], `"'`)))
		switch key := strings.ToLower(m[1]); {
		case key == "id" || key == "name" && tag == "a":
			s.out.IDs = append(s.out.IDs, value)
		case key == "href" && tag == "a":
			s.out.References = append(s.out.References, content.Reference{Target: value, Line: line})
		case key == "src" && tag == "img":
			s.out.References = append(s.out.References, content.Reference{Target: value, Image: true, Line: line})
		}
	}
}

// surveyItem adds to the outline what the answer of a data file, as HTML, has
// in it.
func (p *page) surveyItem(answer string, line int) {
	in := new(content.Outline)
	s := &surveyor{document: p.document, out: in}
	s.html(answer, line, false)
	out := p.outlined()
	out.IDs = append(out.IDs, in.IDs...)
	for _, r := range in.References {
		r.Line = line
		out.References = append(out.References, r)
	}
}

// surveyData adds to the outline the comments of a YAML file, or of front
// matter that begins on the first line of src.
func (p *page) surveyData(src []byte) {
	line := 0
	for text := range bytes.Lines(src) {
		line++
		if rest, ok := bytes.CutPrefix(bytes.TrimSpace(text), []byte("#")); ok {
			out := p.outlined()
			out.Comments = append(out.Comments, content.Comment{Text: strings.TrimSpace(string(rest)), Line: line, Next: line + 1, End: line + 1})
		}
	}
}
