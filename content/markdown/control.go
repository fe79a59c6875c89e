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
	if !isControl(line) {
		return nil, parser.NoChildren
	}
	n := ast.NewHTMLBlock(ast.HTMLBlockType6)
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

// isControl reports whether a line is a control and nothing else.
func isControl(line []byte) bool {
	line = bytes.TrimSpace(line)
	for _, name := range []string{"button", "a"} {
		end := []byte("</" + name + ">")
		if bytes.HasPrefix(line, []byte("<"+name+" ")) && bytes.Index(line, end) == len(line)-len(end) {
			return accordion.HoldsControl(string(line))
		}
	}
	return false
}
