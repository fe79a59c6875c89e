package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"kb/content/data"
)

// kindContainer is the kind of container nodes.
var kindContainer = ast.NewNodeKind("Container")

// A container is a block that holds blocks, in a notation that CommonMark
// does not know: a shortcode, a component, an admonition.
type container struct {
	ast.BaseBlock
	notation string            // which extension made it
	name     string            // of the shortcode, component or directive
	title    string            // Markdown, or ""
	attrs    map[string]string // as written
	exprs    map[string]string // values that are JavaScript expressions
	value    *data.Value       // that a script exports
	valueAt  int               // offset of that value
	uses     *data.Value       // part of a value that is shown here
	used     bool              // the value is shown elsewhere
	nested   []int             // what is open inside: the widths of their marks
	width    int               // of the mark, where it counts
	indent   int               // columns to strip from each line, -1 before the first
	head     int               // offset at which the opening tag ends
	tail     int               // offset at which the content ends
	closer   string            // name in the closing mark, if it is not that of the container
	ended    bool              // nothing more belongs to it
}

func (c *container) Kind() ast.NodeKind { return kindContainer }

func (c *container) Dump(source []byte, level int) {
	ast.DumpHelper(c, source, level, map[string]string{"Name": c.name, "Title": c.title}, nil)
}

// A notation is one way to write containers. It is a value: an extension
// passes its own to a containerParser.
type notation struct {
	trigger []byte
	// open returns the container that begins at rest, a line without its
	// indentation at offset in src, and how many bytes of src its opening
	// takes, or nil.
	open func(rest, src []byte, offset int, pc parser.Context) (*container, int)
	// line says what an indented line inside c does to it.
	line func(c *container, line []byte, columns int) effect
	// anywhere says that a container may begin where CommonMark has code.
	anywhere bool
}

// An effect is what a line does to the container around it.
type effect int

const (
	inside    effect = iota // it is content
	last                    // it is content, and the container ends with it
	closing                 // it ends the container and is no content
	following               // it stands after the container
)

// A containerParser is a block parser for one notation.
type containerParser struct{ notation }

func (p containerParser) Trigger() []byte { return p.trigger }

// Open reads the opening tag of a container, which may be the whole of it or span
// several lines.
func (p containerParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || pos >= len(line) || len(pc.OpenedBlocks()) > maxBlocks {
		return nil, parser.NoChildren
	}
	offset := segment.Start + pos - segment.Padding
	c, size := p.open(line[pos:], reader.Source(), offset, pc)
	if c == nil {
		return nil, parser.NoChildren
	}
	c.indent, c.head, c.tail = -1, offset+size, segment.Stop
	if rest := pos + size; rest < len(line) && !util.IsBlank(line[rest:]) {
		reader.Advance(rest)
	} else {
		reader.AdvanceToEOL()
	}
	return c, parser.HasChildren
}

// Continue asks the notation what a line does to the container, and strips the
// indentation of its first line from all.
func (p containerParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	c := node.(*container)
	line, segment := reader.PeekLine()
	switch {
	case segment.Start < c.head:
		return p.opening(c, line, segment, reader)
	case c.ended:
		return parser.Close
	case util.IsBlank(line):
		return parser.Continue | parser.HasChildren
	}
	columns, _ := util.IndentWidth(line, reader.LineOffset())
	effect := inside
	if !inCode(pc) {
		effect = p.line(c, line, columns)
	} else if c.notation == "indent" && columns < indentWidth {
		effect = following
	}
	switch effect {
	case closing:
		reader.AdvanceToEOL()
		return parser.Close
	case following:
		return parser.Close
	case last:
		c.ended = true
	}
	if c.indent < 0 {
		c.indent = columns
	}
	c.tail = segment.Stop
	if columns > 0 && c.indent > 0 {
		n, padding := util.IndentPosition(line, reader.LineOffset(), min(columns, c.indent))
		if n >= 0 {
			reader.AdvanceAndSetPadding(n, padding)
		}
	}
	return parser.Continue | parser.HasChildren
}

// opening passes over a line of an opening tag that spans several.
func (p containerParser) opening(c *container, line []byte, segment text.Segment, reader text.Reader) parser.State {
	if rest := c.head - segment.Start; rest < len(line) && !util.IsBlank(line[rest:]) {
		reader.Advance(rest)
		if p.line(c, line[rest:], 0) == last {
			c.ended = true
		}
		return parser.Continue | parser.HasChildren
	}
	reader.AdvanceToEOL()
	return parser.Continue
}

func (p containerParser) Close(ast.Node, text.Reader, parser.Context) {}

func (p containerParser) CanInterruptParagraph() bool { return true }

func (p containerParser) CanAcceptIndentedLine() bool { return p.anywhere }

// ending says what the closing marks in a line do to c. The group of end is
// the name in a mark.
func (c *container) ending(line []byte, end *regexp.Regexp) effect {
	for _, m := range end.FindAllSubmatchIndex(line, -1) {
		switch n := len(c.nested); {
		case string(line[m[2]:m[3]]) != c.closer:
		case n > 0:
			c.nested = c.nested[:n-1]
		case m[0] == 0:
			return closing
		default:
			return last
		}
	}
	return inside
}

// inCode reports whether the innermost open block is fenced code, in which no
// line has a meaning.
func inCode(pc parser.Context) bool {
	_, ok := pc.LastOpenedBlock().Node.(*ast.FencedCodeBlock)
	return ok
}

// lastOffsets remembers where the last mark of each kind stands, so that a
// mark that is never closed is known at once.
type lastOffsets struct {
	key parser.ContextKey
	end func() *regexp.Regexp // matches a closing mark; its group is the name
}

// after reports whether a closing mark of that name is behind the offset. It looks
// through src once.
func (l lastOffsets) after(pc parser.Context, src []byte, name string, offset int) bool {
	m, ok := pc.Get(l.key).(map[string]int)
	if !ok {
		m = map[string]int{}
		for _, at := range l.end().FindAllSubmatchIndex(src, -1) {
			m[string(src[at[2]:at[3]])] = at[0]
		}
		pc.Set(l.key, m)
	}
	return m[name] > offset
}

// containerRenderer renders what is inside a container. A title that is not a
// question's remains as a paragraph, so that no text is lost.
type containerRenderer struct{}

func (containerRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindContainer, renderContainer)
	reg.Register(kindMark, func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
		return ast.WalkSkipChildren, nil
	})
	reg.Register(kindInlineMark, func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
		return ast.WalkSkipChildren, nil
	})
}

// renderContainer writes the title before the children, where it is text.
func renderContainer(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	c := n.(*container)
	if c.name == "comment" || c.notation == "script" {
		return ast.WalkSkipChildren, nil
	}
	if title := c.label(); entering && title != "" {
		var b bytes.Buffer
		b.WriteString("<p><strong>")
		b.Write(util.EscapeHTML([]byte(title)))
		b.WriteString("</strong></p>\n")
		_, err := w.Write(b.Bytes())
		return ast.WalkContinue, err
	}
	return ast.WalkContinue, nil
}

// label returns the title of a container where it is text for the reader.
func (c *container) label() string {
	if c.notation == "indent" || c.notation == "colon" || c.notation == "directive" || titled().MatchString(c.name) || tabName().MatchString(c.name) {
		return c.title
	}
	return c.attrs["title"]
}

// leadsAway reports whether a container is a link to another page, such as a card
// that asks "Need help?". What opens names its panel that way.
func (c *container) leadsAway() bool {
	to := first(c.attrs, "href", "to")
	return to != "" && to[0] != '#' && !titled().MatchString(c.name)
}

// named gives a container the title that its attributes have. A tab may have it
// as a name or a value.
func (c *container) named() {
	if t := first(c.attrs, titleAttributes...); t != "" {
		c.title = t
	}
	if c.title == "" && tabName().MatchString(c.name) {
		c.title = first(c.attrs, "name", "value")
	}
}
