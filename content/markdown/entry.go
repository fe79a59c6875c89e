package markdown

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// A found is a question as a form finds it, before it is known whether that
// form is the page's.
type found struct {
	question string // plain text, cleaned
	anchor   string
	fragment string
	aliases  []string
	section  []string
	body     []piece
	html     string // the answer, if it is not body
	label    bool   // the answer may begin with "A:"
	marks    marking
	line     int
	block    int // index of the block that holds the question
}

// A piece is a block of an answer, or some of its lines.
type piece struct {
	block
	from, to int // lines; all of the block if to is 0
}

// pieces returns blocks as an answer takes them: whole.
func pieces(blocks []block) []piece {
	all := make([]piece, len(blocks))
	for i, b := range blocks {
		all[i].block = b
	}
	return all
}

// answered reports whether anything can be read below the question.
func (f *found) answered(d *document) bool {
	if strings.TrimSpace(f.html) != "" {
		return true
	}
	for _, p := range f.body {
		if !d.blank(p.block) && (p.to == 0 || p.from < p.to) {
			return true
		}
	}
	return false
}

var visible = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?is)<!--.*?-->|<style.*?</style>|<script.*?</script>|<(br|hr|/?p|/?div|/?a|/?span|/?center|/?su[bp]|/?small)\b[^>]*>`)
})

// blank reports whether a block shows nothing.
func (d *document) blank(b block) bool {
	switch n := b.node.(type) {
	case nil:
		return (b.kind != itemBlock || b.title == "") && strings.TrimSpace(visible().ReplaceAllString(b.html, "")) == "" && len(b.inner) == 0
	case *ast.ThematicBreak:
		return true
	case *ast.HTMLBlock:
		text := strings.TrimSpace(visible().ReplaceAllString(d.raw(n), ""))
		return text == "" || strings.Contains(d.raw(n), `href="#`) && leadsBack(text)
	case *ast.Paragraph:
		for _, l := range b.lines {
			if l.text != "" {
				return len(b.lines) == 1 && (leadsBack(l.text) || snippet(l.text) || leadsUp(l.text) && d.onlyLink(n, "#") || d.linksUp(n))
			}
		}
		return !strings.Contains(d.html(n), "<img")
	case *container:
		return n.FirstChild() == nil && n.uses == nil && b.html == ""
	}
	return false
}

// show renders a block.
func (d *document) show(b block) string {
	if b.node != nil {
		return d.html(b.node)
	}
	if b.kind != itemBlock {
		return b.html
	}
	var s strings.Builder
	s.WriteString("<p><strong>" + escape(b.title) + "</strong></p>\n" + b.html)
	if b.html == "" {
		for _, in := range b.inner {
			s.WriteString(d.show(in))
		}
	}
	return s.String()
}

var escapes = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
})

func escape(s string) string { return escapes().Replace(s) }

// answer renders the answer of a question.
func (d *document) answer(f *found) string {
	if f.html != "" {
		return withoutLabel(f.html, f.marks)
	}
	body := d.trim(unlabelled(d.trim(f.body), f.question))
	if len(body) > 0 && body[0].kind == headingBlock && strings.EqualFold(cleanQuestion(body[0].title), f.question) {
		body = d.trim(body[1:]) // some repeat the question as a heading inside
	}
	parts := make([]string, 0, len(body))
	for i, p := range body {
		html := ""
		if p.to > 0 {
			var nodes []ast.Node
			for _, l := range p.lines[p.from:p.to] {
				nodes = append(nodes, l.nodes...)
			}
			html = "<p>" + strings.TrimSpace(d.html(nodes...)) + "</p>\n"
			if i == 0 && p.from > 0 {
				html = separator().ReplaceAllString(html, "<p>")
			}
		} else {
			html = d.show(p.block)
		}
		if i == 0 && f.label {
			html = withoutLabel(html, f.marks)
		}
		parts = append(parts, html)
	}
	return d.annotated(literal(withoutWayUp(strings.Join(parts, ""))))
}

// separator matches what stands between a question and its answer in one line.
var separator = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^<p>(?:[:：]\s*|[-–—]\s+)`) })

// maxWayUp bounds the bytes of a link to the top with what is behind it.
const maxWayUp = 300

var wayUp = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^<a\b[^<>]*\shref="#[^<>]*>([^<]*)</a>(\s*(?:</\w+>\s*)*)$`)
})

// withoutWayUp leaves out a link to the top that an answer ends with, on a line of
// its own or behind a sentence.
func withoutWayUp(html string) string {
	at := strings.LastIndex(html, "<a ")
	if at < 0 || len(html)-at > maxWayUp {
		return html
	}
	m := wayUp().FindStringSubmatch(html[at:])
	before := strings.TrimRight(html[:at], " ")
	if m == nil || !leadsBack(m[1]) || !strings.HasSuffix(before, "\n") && strings.TrimRight(before, ".!?>。！？") == before {
		return html
	}
	return strings.TrimRight(before, "\n") + m[2]
}

// unlabelled opens an item at the start of an answer that is called just that, or as
// the question is.
func unlabelled(body []piece, question string) []piece {
	if len(body) == 0 || body[0].kind != itemBlock || body[0].title == "" {
		return body
	}
	label := strings.TrimRight(body[0].title, ":： ") + ":"
	switch {
	case answerPrefix().FindString(label) != label && !strings.EqualFold(cleanQuestion(body[0].title), question):
		return body
	case body[0].html != "":
		return append([]piece{{block: block{html: body[0].html, at: body[0].at}}}, body[1:]...)
	}
	return append(pieces(body[0].inner), body[1:]...)
}

// quotedShortcode matches a shortcode that Hugo shows as text, without the signs
// of a comment.
var quotedShortcode = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\{\{(&lt;|%)/\*(.*?)\*/(&gt;|%)\}\}`)
})

// literal shows quoted shortcodes as their site does.
func literal(html string) string {
	if !strings.Contains(html, "/*") {
		return html
	}
	return quotedShortcode().ReplaceAllString(html, "{{$1$2$3}}")
}

var noteLink = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`href="#fn:(\d+)"`) })

// annotated appends to an answer the footnotes that it refers to.
func (d *document) annotated(html string) string {
	if !strings.Contains(html, `href="#fn:`) {
		return html
	}
	var s strings.Builder
	done := map[string]bool{}
	for _, m := range noteLink().FindAllStringSubmatch(html, -1) {
		n, err := strconv.Atoi(m[1])
		if note := d.notes[n]; err == nil && note != nil && !done[m[1]] {
			done[m[1]] = true
			s.WriteString(`<li id="fn:` + m[1] + `" value="` + m[1] + `">` + d.html(childNodes(note)...) + "</li>\n")
		}
	}
	return html + "<ol>\n" + s.String() + "</ol>\n"
}

// trim leaves out what surrounds an answer and is none: rules, empty tags.
func (d *document) trim(body []piece) []piece {
	for len(body) > 0 && d.nothing(body[0]) {
		body = body[1:]
	}
	for len(body) > 0 && d.nothing(body[len(body)-1]) {
		body = body[:len(body)-1]
	}
	return body
}

// nothing reports whether a piece shows nothing: its block, or its lines, which
// may be the anchor of the next question.
func (d *document) nothing(p piece) bool {
	if p.to == 0 {
		return d.blank(p.block)
	}
	return !slices.ContainsFunc(p.lines[p.from:p.to], func(l textLine) bool {
		return l.text != "" || strings.Contains(d.html(l.nodes...), "<img")
	})
}

var answerLabel = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^((?:\s*<blockquote>)?(?:\s*<[ou]l>)?(?:\s*<li>)?(?:\s*<p>)?)\s*` + labelSigns + `((?:<(?:strong|em|b|i)>\s*)*)((?i:` + answerNames + `)|[AaRОＡجΑSCVВĐOJ]|答案?|回答|답변?)\s*([\d０-９]*)\s*((?:</(?:strong|em|b|i)>)*)\s*([:：.)、．]|[-–—] |)\s*((?:</(?:strong|em|b|i)>)*)\s*(?:\*\*\s+)?`)
})

// mayBeLabelled is the quick look: false only if an answer has no label.
func mayBeLabelled(html string) bool {
	for {
		html = strings.TrimLeftFunc(html, isSign)
		if !strings.HasPrefix(html, "<") {
			break
		}
		_, html, _ = strings.Cut(html, ">")
	}
	first, _ := utf8.DecodeRuneInString(html)
	return strings.ContainsRune(labelInitials(), unicode.ToLower(unicode.ToUpper(first))) && labelStarts().may(html) // ſ is an s
}

// isSign reports whether r may stand before a label: white space, a symbol.
func isSign(r rune) bool {
	return unicode.IsSpace(r) || r == '\ufe0f' || r == '\u200d' || unicode.Is(unicode.So, r)
}

// labelInitials are the letters, in lower case, that answerLabel begins with.
var labelInitials = sync.OnceValue(func() string {
	var letters strings.Builder
	letters.WriteString("arоａجαscvвđoj答回답")
	for name := range strings.SplitSeq(answerNames, "|") {
		first, _ := utf8.DecodeRuneInString(name)
		letters.WriteString(string(first))
	}
	return letters.String()
})

// withoutLabel strips an "A:" from the start of an answer, or what goes with the
// marks of its question: an "R:", as in other languages, an "A -" or an "A.".
func withoutLabel(html string, question marking) string {
	if !mayBeLabelled(html) {
		return html
	}
	m := answerLabel().FindStringSubmatch(html)
	if m == nil {
		return html
	}
	rest := html[len(m[0]):]
	if !isLabel(m, question) && !stressed(m, rest) {
		return html
	}
	opened, closed := strings.Count(m[2], "<"), strings.Count(m[5]+m[7], "<")
	keep := ""
	if opened > closed {
		keep = m[2]
	}
	if m[6] == "." && keep == "" && m[2] == "" && !strings.HasPrefix(html[len(m[0])-1:], " ") {
		return html
	}
	if before, ok := strings.CutSuffix(m[1], "<p>"); ok && strings.HasPrefix(rest, "</p>") {
		return before + strings.TrimLeft(rest[len("</p>"):], "\n")
	}
	return m[1] + keep + rest
}

// stressed reports whether a match of answerLabel, with what is behind it, is a
// word in bold or italics on a line of its own.
func stressed(m []string, rest string) bool {
	return utf8.RuneCountInString(m[3]) > 1 && m[2] != "" && m[5] != "" && (strings.HasSuffix(m[0], "\n") || strings.HasPrefix(rest, "</p>"))
}

// isLabel reports whether a match of answerLabel is one, and no text that begins
// like it: "a) first", "A - B", "Answering".
func isLabel(m []string, question marking) bool {
	numbered := m[4] != ""
	switch mark := strings.TrimSpace(m[6]); {
	case mark == "":
		return question.letter && m[3] == "A" && strings.HasSuffix(m[2], "<strong>") && m[5] == "</strong>" && strings.HasSuffix(m[0], " ")
	case strings.Contains("RО", m[3]):
		return mark == ":" && (question.letter || strings.Contains(m[2], "<strong>"))
	case strings.Contains("SCVВĐOJ", m[3]):
		return mark == ":" && question.letter
	case mark == ")":
		return numbered || m[2] != ""
	case mark == "." && m[3] == "A":
		return numbered || m[2] != "" || question.any
	case strings.Contains("-–—", mark):
		return numbered || question.dash
	}
	return true
}
