package markdown

import (
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// indented is an extension for the blocks of MkDocs, whose content is what is
// indented below: ??? and ??? + (collapsible), !!! (open) and === (a tab).
type indented struct{}

func (indented) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(containerParser{notation{
		trigger: []byte{'?', '!', '='}, open: openIndented, line: indentedLine,
	}}, 90)))
}

// indentWidth is how far the content of an indented block stands to the right.
const indentWidth = 4

// The title runs to the last quote of the line, since people quote inside it.
var indentedTag = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\?\?\?\+?|!!!|===[!+]?)(?:[ \t]+(\pL[\pL\pN_ -]*?))?(?:[ \t]+"(.*)")?[ \t]*\n?$`)
})

// openIndented begins a container at ???, !!! or a tab with a name or a title.
func openIndented(rest, _ []byte, _ int, _ parser.Context) (*container, int) {
	m := indentedTag().FindSubmatch(rest)
	if m == nil || m[2] == nil && m[3] == nil {
		return nil, 0
	}
	name, _, _ := strings.Cut(string(m[2]), " ")
	c := &container{notation: "indent", name: name, title: string(m[3])}
	switch m[1][0] {
	case '?':
		c.attrs = map[string]string{"collapsible": "true"}
	case '=':
		if m[2] != nil || m[3] == nil {
			return nil, 0
		}
		c.name = "tab"
	}
	return c, len(rest)
}

// indentedLine ends a container at the first line that is indented less.
func indentedLine(c *container, _ []byte, columns int) effect {
	if columns < indentWidth {
		return following
	}
	c.indent = indentWidth
	return inside
}
