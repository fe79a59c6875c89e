package sanitize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// maxIndent is the number of columns from which on nested lists are indented
// no further, so that text stays linear in its source.
const maxIndent = 24

// plain returns the text of what is in root, as Text describes it.
func plain(root *html.Node) string {
	var w textWriter
	w.children(root)
	return norm.NFC.String(w.out.String())
}

// A textWriter lays nodes out as plain text.
type textWriter struct {
	out    strings.Builder
	breaks int    // line breaks due before the next word, 0 to 2
	space  bool   // a space is due before the next word
	indent string // of lines in the list item
	first  string // what the next line begins with instead, or ""
	inItem int    // list items around
	inCell int    // table cells around
}

func (w *textWriter) children(n *html.Node) {
	for c := range n.ChildNodes() {
		w.node(c)
	}
}

func (w *textWriter) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		w.words(n.Data)
		return
	case n.Type != html.ElementNode, linksAs(n, "doc-backlink"):
		return
	}
	switch e := elements[n.Data]; n.DataAtom {
	case atom.Br:
		w.lineBreak()
	case atom.Img:
		w.words(" " + attr(n.Attr, "alt") + " ")
	case atom.Pre:
		w.verbatim(n)
	case atom.Ul, atom.Ol:
		w.list(n)
	case atom.Tr:
		w.row(n)
	case atom.Dd, atom.Thead, atom.Tbody, atom.Tfoot:
		w.block(n, 1)
	default:
		if e.kind == inline || e.kind == void {
			w.inline(n)
			return
		}
		w.block(n, 2)
	}
}

// inline writes the children of n; the mark of a footnote is set apart from
// the word before it.
func (w *textWriter) inline(n *html.Node) {
	if !linksAs(n, "doc-noteref") {
		w.children(n)
		return
	}
	w.words("[")
	w.children(n)
	w.words("]")
}

// linksAs reports whether n is a link of the role.
func linksAs(n *html.Node, role string) bool {
	return n.DataAtom == atom.A && attr(n.Attr, "role") == role
}

// block writes the children of n with so many line breaks around.
func (w *textWriter) block(n *html.Node, breaks int) {
	w.separate(breaks)
	w.children(n)
	w.separate(breaks)
}

// separate asks for so many line breaks before the next word: at most one in a
// list item, and a space instead in a table cell.
func (w *textWriter) separate(breaks int) {
	switch {
	case w.inCell > 0:
		w.space = true
		return
	case w.inItem > 0:
		breaks = min(breaks, 1)
	}
	w.breaks = max(w.breaks, breaks)
}

func (w *textWriter) lineBreak() {
	if w.inCell > 0 {
		w.space = true
		return
	}
	w.breaks = min(w.breaks+1, 2)
}

// begin writes the breaks or the space that are due before something.
func (w *textWriter) begin() {
	switch {
	case w.breaks > 0 || w.out.Len() == 0:
		if w.out.Len() > 0 {
			w.out.WriteString("\n\n"[:w.breaks])
		}
		w.out.WriteString(w.margin())
	case w.space:
		w.out.WriteByte(' ')
	}
	w.breaks, w.space = 0, false
}

// margin returns what the next line begins with.
func (w *textWriter) margin() string {
	m := w.indent
	if w.first != "" {
		m, w.first = w.first, ""
	}
	return m
}

// words writes text with its white space folded.
func (w *textWriter) words(s string) {
	s = visible(s)
	if s == "" {
		return
	}
	first, _ := utf8.DecodeRuneInString(s)
	w.space = w.space || unicode.IsSpace(first)
	if spaced(s) {
		w.word(strings.Trim(s, " "))
	} else {
		for word := range strings.FieldsSeq(s) {
			w.word(word)
		}
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	w.space = unicode.IsSpace(last)
}

// spaced reports whether s is words of ASCII, already apart by one blank each.
func spaced(s string) bool {
	blank := false // what came before
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == ' ' && blank {
			return false
		}
		blank = s[i] == ' '
	}
	return true
}

// word writes what has no other white space in it than single blanks.
func (w *textWriter) word(s string) {
	if s != "" {
		w.begin()
		w.out.WriteString(s)
		w.space = true
	}
}
