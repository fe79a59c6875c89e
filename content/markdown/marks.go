package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

var (
	kindMark       = ast.NewNodeKind("Mark")
	kindInlineMark = ast.NewNodeKind("InlineMark")
)

// A mark is a line that shows nothing and says something about the block
// before or after it.
type mark struct {
	ast.BaseBlock
	anchor string // id that it gives
	before bool   // to the block before it, else to the one after
	labels []string
}

func (m *mark) Kind() ast.NodeKind         { return kindMark }
func (m *mark) Dump(src []byte, level int) { ast.DumpHelper(m, src, level, nil, nil) }
func (m *mark) IsRaw() bool                { return true }

// attributeLists is an extension for the lines "{: #id .class}" of kramdown and
// {id="id"} of Writerside.
type attributeLists struct{}

func (attributeLists) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(markParser{'{', readAttributeList}, 80)))
}

// labels is an extension for the lines "(label)=" of MyST.
type labels struct{}

func (labels) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(markParser{'(', readLabel}, 80)))
}

// abbreviations is an extension for the lines "*[HTML]: Hyper Text" of PHP
// Markdown Extra, kramdown and MkDocs.
type abbreviations struct{}

func (abbreviations) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(markParser{'*', readAbbreviation}, 80)))
}

var (
	abbreviation  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\*\[[^\[\]]+\]:`) })
	attributeList = sync.OnceValue(func() *regexp.Regexp {
		const one = `(?:id|class|style|type|title|width|collapsible|[a-z]+-[a-z-]+)="[^"{}]*"`
		return regexp.MustCompile(`^\{(:[^{}]*|` + one + `(?: +` + one + `)*)\}\s*$`)
	})
	attributeID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?:^|\s)(?:#|id=["']?)([^\s"'}]+)`) })
	label       = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\(([\w.:-]+)\)=\s*$`) })
)

// readAttributeList reads a list of attributes, which belongs to the block above.
func readAttributeList(line []byte) *mark {
	m := attributeList().FindSubmatch(line)
	if m == nil {
		return nil
	}
	list := bytes.TrimPrefix(m[1], []byte(":"))
	mk := &mark{before: true, labels: strings.Fields(string(list))}
	if id := attributeID().FindSubmatch(list); id != nil {
		mk.anchor = string(id[1])
	}
	return mk
}

// readLabel reads "(label)=", which belongs to the block below.
func readLabel(line []byte) *mark {
	m := label().FindSubmatch(line)
	if m == nil {
		return nil
	}
	return &mark{anchor: string(m[1])}
}

// readAbbreviation reads "*[HTML]: Hyper Text", which explains a word of the page.
func readAbbreviation(line []byte) *mark {
	if !abbreviation().Match(line) {
		return nil
	}
	return &mark{before: true}
}

// A markParser is a block parser for one kind of mark.
type markParser struct {
	trigger byte
	read    func(line []byte) *mark
}

func (p markParser) Trigger() []byte { return []byte{p.trigger} }

func (p markParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 {
		return nil, parser.NoChildren
	}
	m := p.read(line[pos:])
	if m == nil {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return m, parser.NoChildren
}

func (p markParser) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }
func (p markParser) Close(ast.Node, text.Reader, parser.Context)                 {}
func (p markParser) CanInterruptParagraph() bool                                 { return true }
func (p markParser) CanAcceptIndentedLine() bool                                 { return false }

// An inlineMark is text that shows nothing: a tag of a template, a comment.
type inlineMark struct {
	ast.BaseInline
	anchor string
}

func (m *inlineMark) Kind() ast.NodeKind         { return kindInlineMark }
func (m *inlineMark) Dump(src []byte, level int) { ast.DumpHelper(m, src, level, nil, nil) }

// inlineMarks is an extension that takes tags of templates, attribute lists,
// MDX comments and the [#id] of a heading out of the text.
type inlineMarks struct{ mdx bool }

func (x inlineMarks) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(&patient{inlineMarkParser(x)}, 50)))
}

type inlineMarkParser struct{ mdx bool }

// maxMark bounds the bytes of a mark in text: looking for the end of one that
// has none would take the whole line each time.
const maxMark = 500

func (inlineMarkParser) Trigger() []byte { return []byte{'{', '['} }

var inlineMarkText = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:\{\{[<%].*?[>%]\}\}|\{%.*?%\}|\{/\*.*?\*/\}|\{:[^{}]*\}|\{#[\w.:-]+\})`)
})

// attachedText matches the attributes of Pandoc and markdown-it, which stand
// right behind a link, an image, code or emphasis.
var attachedText = sync.OnceValue(func() *regexp.Regexp {
	const one = `(?:[.#][\w:-]+|[\w-]+=(?:"[^"]*"|'[^']*'|[\w./:%-]+))`
	return regexp.MustCompile(`^\{ ?` + one + `(?: +` + one + `)* ?\}`)
})

// bracketID matches the id that Nextra and Fumadocs give a heading at its end. On a
// page that is not MDX it stands behind the end of a sentence: elsewhere it may be
// the name of a channel.
var bracketID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\[#[\w.:-]*\pL[\w.:-]*\]\s*$`) })

// titleWithID matches a heading in a link that gives it its id, as Documenter has it.
var titleWithID = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\[([^\[\]]+)\]\(@id(?: +([^()\s]+))?\)\s*$`)
})

func (p inlineMarkParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	line = line[:min(len(line), maxMark)]
	var found []byte
	switch {
	case line[0] == '[' && parent.Kind() == ast.KindHeading:
		if m := titleWithID().FindSubmatch(line); m != nil {
			return titleOf(parent, block, m)
		}
		if p.mdx || behindSentence(block) {
			found = bracketID().Find(line)
		}
	case line[0] == '{':
		found = inlineMarkText().Find(line)
		if found == nil && strings.ContainsRune(")]`*_", block.PrecendingCharacter()) {
			found = attachedText().Find(line)
		}
	}
	if found == nil {
		return nil
	}
	block.Advance(len(found))
	if shown := shownBy(found); shown != nil {
		return shown
	}
	m := &inlineMark{}
	if id := attributeID().FindSubmatch(bytes.Trim(found, "{}[]/*: \n")); id != nil && !bytes.HasPrefix(found, []byte("{{")) {
		m.anchor = string(id[1])
	}
	return m
}

// maxEnd is how many bytes before a mark show how the sentence before it ends.
const maxEnd = 16

// behindSentence reports whether a sentence ends where the reader is.
func behindSentence(block text.Reader) bool {
	_, at := block.PeekLine()
	before := string(block.Source()[max(0, at.Start-maxEnd):at.Start])
	return endsAsking(before) || endsSentence(before)
}

// titleOf adds the title that titleWithID found, and returns the id.
func titleOf(parent ast.Node, block text.Reader, m [][]byte) ast.Node {
	block.Advance(len(m[0]))
	parent.AppendChild(parent, ast.NewString(bytes.ReplaceAll(m[1], []byte("`"), nil)))
	return &inlineMark{anchor: string(m[2])}
}

// shownBy returns what a shortcode shows that is given a text, and maybe a target,
// by name, or nil.
func shownBy(tag []byte) ast.Node {
	if !bytes.HasPrefix(tag, []byte("{{")) || !bytes.Contains(tag, []byte("text=")) {
		return nil
	}
	given := map[string]string{}
	for _, m := range shortcodeArgs().FindAllStringSubmatch(string(tag[3:len(tag)-3]), -1) {
		given[m[1]] = unquoted(m[2])
	}
	if given["text"] == "" {
		return nil
	}
	shown := ast.NewString([]byte(given["text"]))
	target := first(given, "link", "href", "url")
	if target == "" {
		return shown
	}
	link := ast.NewLink()
	link.Destination = []byte(target)
	link.AppendChild(link, shown)
	return link
}
