// Package accordion finds the questions in HTML: details elements, definition
// lists, tables with a column of questions, microdata, and accordions of any style
// sheet, which it knows by the reference from a control to the panel that it opens
// and never by a class name. A line that asks stands out as one in bold does if it
// has a class, whatever that is called, but for those of notes and banners.
package accordion

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Kind says what a Part is.
type Kind int

// The kinds of parts.
const (
	Text     Kind = iota // anything without structure of its own
	Strong               // a paragraph that is nothing but a question in bold
	Label                // a paragraph or item that begins with the label of a question
	Heading              // h1 to h6
	Question             // a question with its answer
)

// A Part is a piece of a fragment.
type Part struct {
	Kind    Kind
	Level   int      // of a Heading, 1 to 6
	Title   string   // of a Heading or Question, as HTML
	HTML    string   // of a Question its answer, else the whole part
	Parts   []Part   // what is inside an answer that has structure
	Anchor  string   // the id written in the source, or ""
	Aliases []string // other ways to ask a Question
	Line    int      // 1-based, in the fragment
}

// maxNesting is how deep answers are searched for questions inside them. Two
// levels, a group and its questions, are all that people write.
const maxNesting = 3

// A Reader reads fragments.
type Reader struct {
	Render func(markdown string) string // for what a fragment says is Markdown
	MDX    bool                         // what is in details is Markdown without being said so

	// IsQuestion reports whether text begins with the label of a question, "Q:".
	IsQuestion func(text string) bool
}

// Parse returns the parts of a fragment in document order. It fails on HTML
// that the parser refuses: elements nested some hundred deep.
func (r Reader) Parse(fragment string) ([]Part, error) {
	if r.MDX {
		fragment = closed(fragment)
	}
	nodes, err := html.ParseFragment(strings.NewReader(fragment), context())
	if err != nil {
		return nil, fmt.Errorf("parse HTML: %w", err)
	}
	if has(fragment, "aria-hidden", "material-") {
		silence(nodes)
	}
	w := &walker{index: r.newIndex(nodes, fragment)}
	if r.MDX || strings.Contains(fragment, "markdown=") {
		r.inside(w.index, nodes)
	}
	w.children(nodes)
	w.flush()
	return w.parts, nil
}

func context() *html.Node {
	return &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
}

// A walker turns a tree into parts.
type walker struct {
	*index
	depth  int
	parts  []Part
	text   strings.Builder // of a Text not yet ended
	line   int             // of that Text
	anchor string          // of an empty anchor just before
}

func (w *walker) children(nodes []*html.Node) {
	for _, n := range nodes {
		w.node(n)
	}
}

// node adds what a node is. Panels come with their controls.
func (w *walker) node(n *html.Node) {
	switch {
	case w.panels[n]:
	case w.controls[n] != nil:
		w.control(n)
	case n.DataAtom == atom.Details:
		w.details(n)
	case n.DataAtom == atom.Dl:
		w.list(n)
	case w.rows[n] != nil:
		for _, p := range w.rows[n] {
			w.add(p)
		}
	case level(n) > 0 && !w.holdsControl[n]:
		w.add(Part{Kind: Heading, Level: level(n), Title: inner(n), HTML: outer(n), Anchor: w.anchorOf(n), Line: w.lines[n]})
	case strong(n):
		w.add(Part{Kind: Strong, Title: renderAll(withoutSign(childrenOf(n))), HTML: outer(n), Anchor: w.anchorOf(n), Line: w.lines[n]})
	case w.structured[n]:
		w.children(childrenOf(n))
	case emptyAnchor(n):
		w.anchor = id(n)
		w.write(n)
	default:
		if n.Type != html.TextNode || strings.TrimSpace(n.Data) != "" {
			w.anchor = ""
		}
		w.write(n)
	}
}

// write adds n to the text that is being collected.
func (w *walker) write(n *html.Node) {
	if w.text.Len() == 0 {
		w.line = max(w.lines[n], w.last)
	}
	render(&w.text, n)
}

func (w *walker) flush() {
	if s := w.text.String(); strings.TrimSpace(s) != "" {
		w.parts = append(w.parts, Part{Kind: Text, HTML: s, Line: max(w.line, 1)})
	}
	w.text.Reset()
}

// add ends the text before a part, and gives it the anchor that stood there.
func (w *walker) add(p Part) {
	w.flush()
	if p.Anchor == "" {
		p.Anchor = w.anchor
	}
	w.anchor = ""
	w.last = max(w.last, p.Line)
	w.parts = append(w.parts, p)
}

// nested returns the parts of an answer, or nil if it has no structure.
func (w *walker) nested(nodes []*html.Node) []Part {
	if w.depth >= maxNesting {
		return nil
	}
	for _, n := range nodes {
		if !w.structured[n] {
			continue
		}
		in := &walker{index: w.index, depth: w.depth + 1}
		in.children(nodes)
		in.flush()
		return in.parts
	}
	return nil
}

// control adds a question: what the control says, and the panel that it opens.
func (w *walker) control(n *html.Node) {
	panel := w.controls[n]
	body := withoutClose(childrenOf(panel))
	w.add(Part{
		Kind: Question, Title: inner(n), HTML: renderAll(body), Parts: w.nested(body),
		Anchor: id(panel), Aliases: aliases(n), Line: w.lines[n],
	})
}

// withoutClose leaves out buttons at the end of a panel, which close it.
func withoutClose(body []*html.Node) []*html.Node {
	for n := len(body); n > 0; n-- {
		last := body[n-1]
		if last.DataAtom != atom.Button && !(last.Type == html.TextNode && strings.TrimSpace(last.Data) == "") {
			return body[:n]
		}
	}
	return nil
}

// details adds a details element with its summary as the question.
func (w *walker) details(n *html.Node) {
	var summary *html.Node
	var body []*html.Node
	for _, c := range childrenOf(n) {
		if c.DataAtom == atom.Summary && summary == nil {
			summary = c
			continue
		}
		body = append(body, c)
	}
	p := Part{Kind: Question, HTML: renderAll(body), Parts: w.nested(body), Anchor: id(n), Aliases: aliases(n), Line: w.lines[n]}
	if summary != nil {
		p.Title, p.Line = inner(summary), w.lines[summary]
		p.Aliases = append(p.Aliases, aliases(summary)...)
		if p.Anchor == "" {
			p.Anchor = w.anchorOf(summary)
		}
	}
	w.add(p)
}

// list adds the terms of a definition list. Terms that share a definition are
// one question with the later terms as aliases.
func (w *walker) list(dl *html.Node) {
	var p *Part
	answered := false
	end := func() {
		if p != nil {
			w.add(*p)
		}
		p, answered = nil, false
	}
	for _, n := range terms(dl) {
		switch {
		case n.DataAtom == atom.Dt && p != nil && !answered:
			p.Aliases = append(p.Aliases, strings.TrimSpace(plain(n)))
		case n.DataAtom == atom.Dt:
			end()
			p = &Part{Kind: Question, Title: inner(n), Anchor: w.anchorOf(n), Aliases: aliases(n), Line: w.lines[n]}
		case p != nil:
			p.HTML += inner(n)
			p.Parts = append(p.Parts, w.nested(childrenOf(n))...)
			answered = true
		}
	}
	end()
}

// terms returns the dt and dd elements of a list, also those grouped in divs.
func terms(dl *html.Node) []*html.Node {
	var all []*html.Node
	for _, n := range childrenOf(dl) {
		switch n.DataAtom {
		case atom.Dt, atom.Dd:
			all = append(all, n)
		case atom.Div:
			all = append(all, terms(n)...)
		}
	}
	return all
}
