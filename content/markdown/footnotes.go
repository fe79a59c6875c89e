package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// footnotes is the footnote extension within limits: each reference costs a
// look through all notes.
type footnotes struct{}

func (footnotes) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(boundedNotes{extension.NewFootnoteBlockParser()}, 999)),
		parser.WithInlineParsers(util.Prioritized(&patient{extension.NewFootnoteParser()}, 101)),
		parser.WithASTTransformers(util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
	)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(extension.NewFootnoteHTMLRenderer(), 500)))
}

var notesKey = parser.NewContextKey()

// boundedNotes is a block parser that opens maxNotes notes at most.
type boundedNotes struct{ parser.BlockParser }

func (b boundedNotes) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, _ := pc.Get(notesKey).(int)
	if n >= maxNotes {
		return nil, parser.NoChildren
	}
	node, state := b.BlockParser.Open(parent, reader, pc)
	if node != nil {
		pc.Set(notesKey, n+1)
	}
	return node, state
}

// takeNotes remembers the notes of a page, which stand at its end, for the
// answers that refer to them.
func (d *document) takeNotes(list *east.FootnoteList) {
	for _, note := range childNodes(list) {
		for _, block := range childNodes(note) {
			for _, n := range childNodes(block) {
				if n.Kind() == east.KindFootnoteBacklink {
					block.RemoveChild(block, n)
				}
			}
		}
		d.notes[note.(*east.Footnote).Index] = note
	}
}
