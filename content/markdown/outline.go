package markdown

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"kb/content/accordion"
)

// A blockKind says what a block of the outline is.
type blockKind int

const (
	textBlock blockKind = iota
	headingBlock
	itemBlock // a title with content, which may be a question
	ruleBlock // a thematic break
)

// A block is one piece of the outline: the page as a flat list, whatever
// notation its author used.
type block struct {
	kind     blockKind
	node     ast.Node // what it was made of, or nil
	html     string   // what it shows, if node is nil
	level    int      // of a heading
	title    string   // plain text of a heading or item
	form     string   // of an item: "containers" or "definitions"
	strong   bool     // of an item: its notation is for things to open
	asks     bool     // of an item: its notation is for questions
	group    []string // names of the groups around an item, below the sections
	anchor   string
	aliases  []string
	inner    []block    // content of an item
	fragment string     // id that the site's generator makes of a heading
	lines    []textLine // of a paragraph
	line     int
	at       int // index in page.blocks of the block that this is, or is a part of
}

// outline returns the blocks under a node.
func (d *document) outline(parent ast.Node) []block {
	return d.blocks(childNodes(parent))
}

// blocks returns the outline of siblings, those that one HTML element encloses
// together.
func (d *document) blocks(nodes []ast.Node) []block {
	b := &builder{document: d, out: make([]block, 0, len(nodes))}
	regions := d.regions(nodes)
	for i := 0; i < len(nodes); i++ {
		if end, ok := regions[i]; ok {
			b.region(nodes[i : end+1])
			i = end
			continue
		}
		if b.pair(nodes[i:]) {
			i++
			continue
		}
		b.node(nodes[i])
	}
	return b.out
}

// numbered gives blocks their indexes.
func numbered(blocks []block) []block {
	for i := range blocks {
		blocks[i].at = i
	}
	return blocks
}

// A builder collects blocks.
type builder struct {
	*document
	out    []block
	anchor string // given by a mark to the block that follows
}

// add adds a block, with the anchor that stood before it if it has none itself.
func (b *builder) add(x block) {
	if x.kind != ruleBlock && b.anchor != "" {
		if x.anchor == "" {
			x.anchor = b.anchor
		}
		b.anchor = ""
	}
	b.out = append(b.out, x)
}

// node adds what a node of the syntax tree shows.
func (b *builder) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		b.heading(n)
	case *ast.ThematicBreak:
		b.add(block{kind: ruleBlock, node: n, line: b.lineOf(n)})
	case *mark:
		b.mark(n)
	case *container:
		b.container(n)
	case *ast.HTMLBlock:
		b.htmlBlock(n)
	case *ast.CodeBlock:
		b.code(n)
	case *east.DefinitionList:
		b.definitions(n)
	case *ast.List:
		b.list(n)
	case *ast.Blockquote:
		b.quote(n)
	case *east.FootnoteList:
		b.takeNotes(n)
	case *ast.LinkReferenceDefinition:
	case *ast.Paragraph:
		b.paragraph(n)
	default:
		b.add(block{node: n, line: b.lineOf(n)})
	}
}

func (b *builder) heading(n *ast.Heading) {
	x := block{kind: headingBlock, node: n, level: n.Level, title: cleanQuestionMarks(b.text(n)), line: b.lineOf(n)}
	x.anchor = attribute(n, "id")
	x.aliases = accordion.Aliases(attribute(n, "aliases"))
	if x.anchor == "" {
		x.anchor = b.inlineAnchor(childNodes(n))
	}
	b.add(x)
}

// attribute returns an attribute of a node, or "".
func attribute(n ast.Node, name string) string {
	v, _ := n.AttributeString(name)
	switch v := v.(type) {
	case []byte:
		return string(v)
	case string:
		return v
	}
	return ""
}

// inlineAnchor returns the id that something among inline nodes gives to what
// they are in.
func (d *document) inlineAnchor(nodes []ast.Node) string {
	for _, n := range nodes {
		switch n := n.(type) {
		case *inlineMark:
			if n.anchor != "" {
				return n.anchor
			}
		case *ast.RawHTML:
			if m := anchorTag().FindSubmatch(n.Segments.Value(d.src)); m != nil {
				return string(m[1])
			}
		case *ast.Emphasis:
			if id := d.inlineAnchor(childNodes(n)); id != "" {
				return id
			}
		}
	}
	return ""
}

var (
	anchorTag = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`<(?:a|span)\s[^>]*?\b(?:name|id)\s*=\s*["']?([^"'\s>]+)`)
	})
	// looseStars matches text at the start of a title that was meant to be bold and
	// is not to CommonMark, for a space inside its stars or a letter right behind
	// them.
	looseStars = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^([^\pL*]*)\*\*(?:(\pL[^*]*)|\s(\pL[^*]*[^\s*]))\*\*`)
	})
	onlyAnchor = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\s*(?:<p>)?\s*(?:<(?:a|span|div)\s+(?:name|id)\s*=\s*["']?([^"'\s>]+)["']?\s*(?:/>|>\s*(?:</(?:a|span|div)>)?)\s*)+(?:</p>)?\s*$`)
	})
)

// cleanQuestionMarks strips what nobody sees from the ends of a heading.
func cleanQuestionMarks(s string) string {
	if strings.Contains(s, "**") {
		s = looseStars().ReplaceAllString(s, "$1$2$3")
	}
	return strings.TrimSpace(strings.TrimSuffix(strings.Trim(s, "\u200b\ufeff"), "{-}")) // Pandoc: without a number
}

// mark gives an anchor to the heading above or to the block below.
func (b *builder) mark(m *mark) {
	if !m.before {
		b.anchor = m.anchor
		return
	}
	if n := len(b.out); n > 0 && m.anchor != "" && b.out[n-1].kind == headingBlock && b.out[n-1].anchor == "" {
		b.out[n-1].anchor = m.anchor
	}
}

// paragraph adds a paragraph with its lines, or takes the anchor that it is.
func (b *builder) paragraph(n *ast.Paragraph) {
	if _, ok := n.FirstChild().(*ast.RawHTML); ok {
		if m := onlyAnchor().FindStringSubmatch(b.inline(n)); m != nil {
			b.anchor = m[1]
			return
		}
	}
	b.add(block{node: n, line: b.lineOf(n), lines: b.linesOf(n)})
}

// list adds a list, or, if its items begin with headings, what is in them.
func (b *builder) list(n *ast.List) {
	headed := 0
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		if _, ok := item.FirstChild().(*ast.Heading); ok {
			headed++
		}
	}
	if 2*headed <= n.ChildCount() {
		b.add(block{node: n, line: b.lineOf(n)})
		return
	}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		b.out = append(b.out, b.outline(item)...)
	}
}

// definitions adds each term of a definition list as an item with its definitions
// inside. Of terms that share a definition, those after one that asks are other
// ways to ask it, and those after one that does not go on with its sentence.
func (b *builder) definitions(n *east.DefinitionList) {
	var last *block
	end := func() {
		if last != nil {
			b.add(*last)
		}
	}
	for _, c := range childNodes(n) {
		switch c := c.(type) {
		case *east.DefinitionTerm:
			title := b.text(c)
			if last != nil && len(last.inner) == 0 {
				if endsAsking(last.title) {
					last.aliases = append(last.aliases, title)
				} else {
					last.title += " " + title
				}
				continue
			}
			end()
			last = &block{kind: itemBlock, form: "definitions", strong: true, title: title, line: b.lineOf(c)}
		case *east.DefinitionDescription:
			if last != nil {
				last.inner = append(last.inner, b.outline(c)...)
			}
		}
	}
	end()
}

// container adds a container: as an item if it has a title, as the blocks in
// it if it only groups them, else as text.
func (b *builder) container(c *container) {
	b.embedded(c)
	if c.uses != nil {
		b.scripted(c)
	}
	title, children := containerTitle(b.document, c)
	switch {
	case c.name == "comment" || c.notation == "script" || c.uses != nil:
	case title != "" && !c.leadsAway() && !(admonition().MatchString(c.name) && c.attrs["collapsible"] == "" && !endsAsking(title)):
		x := block{kind: itemBlock, node: c, form: "containers", title: title, line: b.line(max(c.Pos(), 0)), inner: b.blocks(children)}
		x.strong = titled().MatchString(c.name) || c.attrs["collapsible"] != ""
		x.asks = asking().MatchString(c.name)
		x.anchor = first(c.attrs, "id", "anchor", "slug")
		x.aliases = accordion.Aliases(first(c.attrs, "data-aliases", "aliases"))
		if a := first(c.attrs, "answer", "a", "content"); a != "" && len(children) == 0 {
			x.html = b.markdown(a)
		}
		b.add(x)
	case admonition().MatchString(c.name) || c.notation == "indent" || c.leadsAway():
		b.add(block{node: c, line: b.line(max(c.Pos(), 0))})
	default:
		b.out = append(b.out, b.blocks(children)...)
	}
}

var (
	triggerName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)(trigger|header|heading|title|question|summary|button|label)$|^q$`)
	})
	panelName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)(answer|content|body|panel)$|^a$`)
	})
)

// triggers reports whether a node is a component that holds nothing but the
// title of what is beside it.
func triggers(n ast.Node) bool {
	c, ok := n.(*container)
	return ok && c.title == "" && triggerName().MatchString(c.name)
}

// pair adds the item that two components beside each other make, a question and
// its answer, and reports whether they do.
func (b *builder) pair(nodes []ast.Node) bool {
	if len(nodes) < 2 || !triggers(nodes[0]) {
		return false
	}
	q := nodes[0].(*container)
	a, ok := nodes[1].(*container)
	if !ok || a.title != "" || !panelName().MatchString(a.name) {
		return false
	}
	b.add(block{kind: itemBlock, node: q, form: "containers", title: plain(b.html(q)), line: b.line(max(q.Pos(), 0)), strong: true,
		asks: asking().MatchString(q.name), anchor: first(q.attrs, "id", "anchor", "slug"), inner: b.outline(a)})
	return true
}

// containerTitle returns the plain title of a container, which may be that of
// a component inside it or the heading of a Quarto callout, and the rest of its
// children.
func containerTitle(d *document, c *container) (string, []ast.Node) {
	children := childNodes(c)
	if c.title != "" {
		return plain(d.markdown(c.title)), children
	}
	if len(children) > 1 {
		switch t := children[0].(type) {
		case *container:
			if triggers(t) && !slices.ContainsFunc(children[1:], triggers) {
				return plain(d.html(t)), children[1:]
			}
		case *ast.Heading:
			if strings.HasPrefix(c.name, "callout-") {
				return d.text(t), children[1:]
			}
		}
	}
	return "", children
}
