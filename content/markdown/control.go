package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"kb/content/accordion"
)

// controls is an extension for a button that opens a panel, at the start of a
// line: to CommonMark it is text, and its panel below a block of HTML.
type controls struct{}

func (controls) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(controlParser{parser.NewHTMLBlockParser()}, 890)))
}

// controlParser begins a block of HTML that ends at a blank line.
type controlParser struct{ parser.BlockParser }

func (controlParser) CanInterruptParagraph() bool { return false }

func (controlParser) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	tag := util.TrimLeftSpace(line)
	if !bytes.HasPrefix(tag, []byte("<button")) && !bytes.HasPrefix(tag, []byte("<a ")) || !accordion.HoldsControl(string(line)) {
		return nil, parser.NoChildren
	}
	n := ast.NewHTMLBlock(ast.HTMLBlockType6)
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}
