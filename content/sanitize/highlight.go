package sanitize

import (
	"strings"
	"time"

	"github.com/alecthomas/chroma/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	// maxCode is the size in bytes above which a code block is not
	// highlighted: nobody reads so much in an answer, and spans would make it
	// ten times larger.
	maxCode = 64 << 10

	// maxHighlight is how long the code of one answer may take. An answer
	// takes about 1 ms; only an expression that backtracks without end in
	// code made for that gets near, and its block stays plain.
	maxHighlight = 5 * time.Second
)

// highlight puts spans around the words of every code block whose language is
// known.
func (l *lexers) highlight(root *html.Node) {
	var blocks []*html.Node
	for n := range root.Descendants() {
		if n.DataAtom == atom.Code && n.Parent.DataAtom == atom.Pre {
			blocks = append(blocks, n)
		}
	}
	deadline := time.Now().Add(maxHighlight)
	for _, n := range blocks {
		lang := codeLanguage(n)
		code, ok := codeText(n)
		if lang == "" || !ok || len(code) > maxCode {
			continue
		}
		if spans := l.spans(lang, code, deadline); spans != nil {
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

// spans returns the code as text and span nodes, or nil if the language is
// not known or the code is not to its lexer's taste.
func (l *lexers) spans(lang, code string, deadline time.Time) (nodes []*html.Node) {
	lexer := l.lexer(lang)
	if lexer == nil {
		return nil
	}
	defer func() {
		if recover() != nil { // a lexer's rules can lead it into a state that it does not have
			nodes = nil
		}
	}()
	next, err := lexer.Tokenise(nil, code)
	if err != nil {
		return nil
	}
	var b spanBuilder
	for t := next(); t != chroma.EOF; t = next() {
		b.add(className(t.Type), t.Value)
		if time.Now().After(deadline) {
			return nil
		}
	}
	b.flush()
	if b.size != len(code) {
		return nil
	}
	return b.nodes
}

// A spanBuilder joins neighbours of the same class.
type spanBuilder struct {
	nodes []*html.Node
	class string
	text  strings.Builder
	size  int // bytes of text in all
}

func (b *spanBuilder) add(class, text string) {
	if class != b.class && strings.TrimSpace(text) != "" {
		b.flush()
		b.class = class
	}
	b.text.WriteString(text)
	b.size += len(text)
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
