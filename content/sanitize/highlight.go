package sanitize

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	// maxCode is how much code in bytes is highlighted in one answer; a block
	// that would be more stays plain. Nobody reads so much in an answer, and
	// spans would make it several times larger.
	maxCode = 64 << 10

	// codeWindow is how much code in bytes a lexer sees at one time. Many of
	// its rules look ahead as far as the text goes, so that the time for a
	// whole book grows with its square. Of the code blocks in real FAQs, one
	// in 200 is larger.
	codeWindow = 4 << 10

	// maxHighlight is how long the code of one answer may take; what is left
	// then stays plain. It is hundreds of times what maxCode takes, so that no
	// answer depends on how busy the machine is; only a rule that backtracks
	// without end gets there.
	maxHighlight = time.Minute

	// betweenLooks is how many tokens are read between two looks at the clock.
	betweenLooks = 64
)

// highlight puts spans around the words of every code block among the elements
// whose language is known.
func (l *lexers) highlight(all []*html.Node) {
	deadline, left := time.Now().Add(maxHighlight), maxCode
	for _, n := range all {
		if n.DataAtom != atom.Code || n.Parent.DataAtom != atom.Pre {
			continue
		}
		code, ok := codeText(n)
		lexer := l.lexer(codeLanguage(n))
		if lexer == nil || !ok || len(code) > left {
			continue
		}
		left -= len(code)
		if spans := spans(lexer, code, deadline); spans != nil {
			replaceChildren(n, spans)
		}
	}
}

// codeLanguage returns the language of code from its class or that of the pre
// around it.
func codeLanguage(n *html.Node) string {
	for _, n := range []*html.Node{n, n.Parent} {
		if lang, ok := strings.CutPrefix(attr(n.Attr, "class"), "language-"); ok {
			return lang
		}
	}
	return ""
}

// codeText returns the text of n, and false if there is more in n than text
// and spans.
func codeText(n *html.Node) (string, bool) {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case d.DataAtom != atom.Span || attr(d.Attr, "id") != "":
			return "", false
		}
	}
	return b.String(), true
}

// spans returns the code as text and span nodes, or nil if the lexer cannot
// read it in time.
func spans(lexer chroma.Lexer, code string, deadline time.Time) []*html.Node {
	var b spanBuilder
	for rest := code; rest != ""; {
		n := window(rest)
		if !b.lex(lexer, rest[:n], deadline) {
			return nil
		}
		rest = rest[n:]
	}
	b.flush()
	return b.nodes
}

// window returns how much of the code a lexer may see next: up to the last
// empty line in a codeWindow, where comments and strings seldom go on, else up
// to the last line.
func window(code string) int {
	if len(code) <= codeWindow {
		return len(code)
	}
	for _, end := range []string{"\n\n", "\n"} {
		if i := strings.LastIndex(code[:codeWindow], end); i > 0 {
			return i + len(end)
		}
	}
	n := codeWindow
	for !utf8.RuneStart(code[n]) {
		n--
	}
	return n
}

// lex adds the tokens of code. It reports false if they are not all of the
// code, or too long in coming.
func (b *spanBuilder) lex(lexer chroma.Lexer, code string, deadline time.Time) (ok bool) {
	defer func() {
		if recover() != nil { // the rules have led into a state that they do not have
			ok = false
		}
	}()
	src := strings.TrimSuffix(code, "\n") + "\n" // rules end lines with it
	next, err := lexer.Tokenise(nil, src)
	if err != nil {
		return false
	}
	read, tokens := 0, 0
	for t := next(); t != chroma.EOF; t = next() {
		tokens++
		if !strings.HasPrefix(src[read:], t.Value) || tokens%betweenLooks == 0 && time.Now().After(deadline) {
			return false
		}
		end := min(read+len(t.Value), len(code))
		b.add(className(t.Type), code[read:end])
		read = end
	}
	return read == len(code)
}

// A spanBuilder joins neighbours of the same class.
type spanBuilder struct {
	nodes []*html.Node
	class string
	text  strings.Builder
}

func (b *spanBuilder) add(class, text string) {
	if class != b.class && strings.TrimSpace(text) != "" {
		b.flush()
		b.class = class
	}
	b.text.WriteString(text)
}

// flush ends a span, with the white space at its end outside.
func (b *spanBuilder) flush() {
	text := b.text.String()
	b.text.Reset()
	if b.class == "" {
		b.plain(text)
		return
	}
	word := strings.TrimRight(text, " \t\n")
	span := &html.Node{Type: html.ElementNode, Data: "span", DataAtom: atom.Span,
		Attr: []html.Attribute{{Key: "class", Val: b.class}}}
	span.AppendChild(&html.Node{Type: html.TextNode, Data: word})
	b.nodes = append(b.nodes, span)
	b.plain(text[len(word):])
}

// plain adds text without a span.
func (b *spanBuilder) plain(text string) {
	last := len(b.nodes) - 1
	switch {
	case text == "":
	case last >= 0 && b.nodes[last].Type == html.TextNode:
		b.nodes[last].Data += text
	default:
		b.nodes = append(b.nodes, &html.Node{Type: html.TextNode, Data: text})
	}
}

func replaceChildren(n *html.Node, children []*html.Node) {
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	for _, c := range children {
		n.AppendChild(c)
	}
}
