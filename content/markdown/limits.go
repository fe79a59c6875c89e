package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/yuin/goldmark/renderer"
)

// Limits that keep the cost of parsing linear in the size of a page: goldmark
// takes quadratic time and space for some hostile input. What is beyond a
// limit stays in the page as plain text.
const (
	maxPage      = 4 << 20 // bytes of a file, eight times the largest FAQ known
	maxBlocks    = 32      // blocks in each other; people write six
	maxElements  = 100     // HTML elements that are open across blocks
	maxDelimiter = 500     // *, _, ~, [, ], `, < and the like in one paragraph
	maxNotes     = 1000    // footnotes of a page
	maxColumns   = 100     // of a table
	maxCells     = 20000   // of a table, counting those a short row leaves out
)

// shallow is a block parser that opens nothing below maxBlocks.
type shallow struct{ parser.BlockParser }

func (s shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) > maxBlocks {
		return nil, parser.NoChildren
	}
	return s.BlockParser.Open(parent, reader, pc)
}

// SetOption passes options on to parsers that take some.
func (s shallow) SetOption(name parser.OptionName, value any) {
	if o, ok := s.BlockParser.(parser.SetOptioner); ok {
		o.SetOption(name, value)
	}
}

func inlineParsers() []util.PrioritizedValue {
	all := parser.DefaultInlineParsers()
	for i, v := range all {
		all[i].Value = &patient{v.Value.(parser.InlineParser)}
	}
	return all
}

var delimiterKey = parser.NewContextKey()

// delimiters counts what has been tried in one block.
type delimiters struct {
	block ast.Node
	n     int
}

// patient is an inline parser that gives up on a block after maxDelimiter
// attempts of all parsers together.
type patient struct{ parser.InlineParser }

func (p *patient) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	d, _ := pc.Get(delimiterKey).(*delimiters)
	if d == nil {
		d = new(delimiters)
		pc.Set(delimiterKey, d)
	}
	if d.block != parent {
		*d = delimiters{block: parent}
	}
	if d.n++; d.n > maxDelimiter {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// CloseBlock passes the end of a block on to parsers that wait for it.
func (p *patient) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := p.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// tables is the table extension without tables beyond the limits.
type tables struct{}

func (tables) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithParagraphTransformers(util.Prioritized(boundedTable{extension.NewTableParagraphTransformer()}, 200)),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(
		extension.NewTableHTMLRenderer(extension.WithTableHTMLOptions(html.WithUnsafe())), 500)))
}

type boundedTable struct{ parser.ParagraphTransformer }

func (t boundedTable) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	columns := 0
	for i := range lines.Len() {
		s := lines.At(i)
		if n := bytes.Count(s.Value(reader.Source()), []byte("|")); i < 2 {
			columns = max(columns, n)
		}
	}
	if columns > 0 && columns <= maxColumns && columns*lines.Len() <= maxCells {
		t.ParagraphTransformer.Transform(node, reader, pc)
	}
}
