package sanitize

import (
	"io"
	"strings"

	"golang.org/x/net/html"
)

// mark ends each fragment that a scanner reads.
const mark = "<kb->"

// A scanner is a tokenizer that can read one fragment after the other: making
// one takes longer than reading a short answer with it.
type scanner struct {
	z    *html.Tokenizer
	rest string // what z has not asked for yet
}

func newScanner() *scanner {
	s := new(scanner)
	s.z = html.NewTokenizer(s)
	return s
}

// Read hands the rest to the tokenizer.
func (s *scanner) Read(p []byte) (int, error) {
	if s.rest == "" {
		return 0, io.EOF
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// balance is the function of that name, with a scanner that has been used
// before. If the fragment ends within a tag, a comment or a script, which take
// the mark for their own, or where a tokenizer starts anew, it is read again
// with a tokenizer that sees it end.
func (p *Policy) balance(fragment string) *html.Node {
	s, used := p.scanners.Get().(*scanner)
	if !used {
		s = newScanner()
	}
	s.rest = fragment + mark
	b := newBalancer(fragment, s.z)
	if root := b.in; b.run() && b.z == s.z {
		p.scanners.Put(s)
		return root
	}
	return balance(fragment)
}

// balance returns a div with the nodes of the fragment in it: known elements,
// each of them closed where it was opened. An end tag that an author left out
// is understood, and one without a start is not. What a browser makes of the
// nodes, once they are written, is these nodes again: the HTML parser can
// neither move anything out of the fragment nor copy open elements again and
// again, which is what makes its cost quadratic. Cost and output are linear in
// the input.
func balance(fragment string) *html.Node {
	b := newBalancer(fragment, html.NewTokenizer(strings.NewReader(fragment)))
	root := b.in
	b.run()
	return root
}
