package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"kb/content/accordion"
)

// outdents is an extension for MDX, which has no indented code: text may stand
// as far to the right as the tags around it. A container without a name holds
// it, so that its own indentation keeps its meaning.
type outdents struct{}

func (outdents) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(
		util.Prioritized(containerParser{notation{open: openOutdent, line: outdentLine, anywhere: true}}, 500),
		util.Prioritized(movedHTML{parser.NewHTMLBlockParser()}, 900),
	))
}

// codeWidth is how many columns to the right text is code to CommonMark.
const codeWidth = 4

// openOutdent begins a container at indented text. A tag begins none: what it
// ends may have begun further to the left.
func openOutdent(rest, _ []byte, _ int, pc parser.Context) (*container, int) {
	last := pc.LastOpenedBlock().Node
	if pc.BlockIndent() < codeWidth || last != nil && ast.IsParagraph(last) || isTag(rest) {
		return nil, 0
	}
	return &container{notation: "outdent", width: pc.BlockIndent()}, 0
}

// outdentLine ends a container at a tag, and at text that is not indented.
func outdentLine(c *container, line []byte, columns int) effect {
	if columns < codeWidth || isTag(util.TrimLeftSpace(line)) {
		return following
	}
	c.indent = c.width
	return inside
}

// isTag reports whether a line begins with the tag of a component or of an element
// that can hold blocks.
func isTag(line []byte) bool {
	return len(line) > 0 && line[0] == '<' &&
		(len(accordion.Tags(string(line))) > 0 || componentName().Match(line) || componentEnd().Match(line))
}

// movedHTML is the parser of HTML blocks, at any indentation.
type movedHTML struct{ parser.BlockParser }

func (movedHTML) CanAcceptIndentedLine() bool { return true }

func (p movedHTML) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	at, segment := reader.Position()
	if pc.BlockIndent() >= codeWidth {
		reader.Advance(pc.BlockOffset())
	}
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node == nil {
		reader.SetPosition(at, segment)
	}
	return node, state
}
