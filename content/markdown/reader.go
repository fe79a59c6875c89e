package markdown

import (
	"net/url"
	"path"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"kb/content"
	"kb/content/sanitize"
)

// Options of a Reader.
type Options struct {
	Site     content.Site
	Comments bool // read what is inside HTML comments; its entries are Hidden
	Drafts   bool // read pages that are drafts
	Outline  bool // give every page its Outline
}

// A Reader reads pages. It can be used by several goroutines.
type Reader struct {
	opt     Options
	md, mdx goldmark.Markdown
	base    *url.URL // of the site, or nil
	clean   *sanitize.Policy
}

// New returns a Reader.
func New(opt Options) *Reader {
	r := &Reader{opt: opt, md: newMarkdown(false), mdx: newMarkdown(true), clean: sanitize.New(nil)}
	if u, err := url.Parse(opt.Site.BaseURL); err == nil && opt.Site.BaseURL != "" {
		r.base = u
	}
	return r
}

// Parsers returns the parsers of the reader, by file extension.
func (r *Reader) Parsers() map[string]content.Parser {
	return map[string]content.Parser{
		".md": r.page, ".markdown": r.page, ".mdx": r.page,
		".yml": r.data, ".yaml": r.data, ".json": r.data,
	}
}

// blockParsers returns the blocks of CommonMark, without indented code and HTML.
func blockParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.NewSetextHeadingParser(parser.WithHeadingAttribute()), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(shallow{parser.NewListParser()}, 300),
		util.Prioritized(shallow{parser.NewListItemParser()}, 400),
		util.Prioritized(parser.NewATXHeadingParser(parser.WithHeadingAttribute()), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	}
}

// indentedCode is the extension for what CommonMark has and MDX has not.
type indentedCode struct{}

func (indentedCode) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
	))
}

func newMarkdown(mdx bool) goldmark.Markdown {
	var dialect goldmark.Extender = indentedCode{}
	if mdx {
		dialect = outdents{}
	}
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(blockParsers()...),
			parser.WithInlineParsers(inlineParsers()...),
			parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		)),
		goldmark.WithRendererOptions(
			html.WithUnsafe(),
			renderer.WithNodeRenderers(util.Prioritized(containerRenderer{}, 100)),
		),
		goldmark.WithExtensions(
			extension.Linkify, extension.Strikethrough, extension.TaskList, extension.DefinitionList, footnotes{},
			dialect, controls{}, tables{}, shortcodes{}, components{mdx}, colons{}, pluses{}, directives{}, indented{}, attributeLists{}, labels{}, abbreviations{}, scripts{}, tightHeadings{}, inlineMarks{mdx}, bracketed{},
		),
	)
}

// policy returns the sanitizer for the answers of the page at name, whose
// relative links lead from there.
func (r *Reader) policy(name string) *sanitize.Policy {
	if r.base == nil {
		return r.clean
	}
	ref := &url.URL{Path: strings.TrimPrefix(path.Dir(name)+"/", "./")}
	return r.clean.At(r.base.ResolveReference(ref))
}
