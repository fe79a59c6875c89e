package markdown

import (
	"bytes"
	"regexp"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// tightHeadings is an extension for headings without a space behind the
// hashes, which Markdown knew before CommonMark: "##Title", "####Q5: …". One
// hash alone begins a heading only before "Q5", a tag or a link, since it may
// as well begin a hashtag.
type tightHeadings struct{}

func (tightHeadings) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(tightParser{}, 610)))
}

type tightParser struct{}

var tightHeading = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:#{2,6}([^\s#!].*)|#((?:Q\d|<|\[).*))`)
})

func (tightParser) Trigger() []byte { return []byte{'#'} }

func (tightParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 {
		return nil, parser.NoChildren
	}
	m := tightHeading().FindSubmatchIndex(line[pos:])
	if m == nil {
		return nil, parser.NoChildren
	}
	start := pos + max(m[2], m[4])
	node := ast.NewHeading(start - pos)
	s := text.NewSegment(segment.Start+start-segment.Padding, segment.Stop)
	s = s.TrimRightSpace(reader.Source())
	value := bytes.TrimRight(s.Value(reader.Source()), "# ")
	s.Stop = s.Start + len(value)
	node.Lines().Append(s)
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

func (tightParser) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }
func (tightParser) Close(ast.Node, text.Reader, parser.Context)                 {}
func (tightParser) CanInterruptParagraph() bool                                 { return true }
func (tightParser) CanAcceptIndentedLine() bool                                 { return false }
