package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// colons is an extension for the containers of VitePress, Docusaurus, Pandoc
// and MyST: "::: name title" to ":::".
type colons struct{}

func (colons) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(containerParser{notation{
		trigger: []byte{':'}, open: openColons, line: colonsLine,
	}}, 95)))
}

var colonTag = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*(:{3,})[ \t]*(?:\{?\.?([A-Za-z][\w-]*)\}?(\{[^}]*\})?(?:\[(.*)\])?[ \t]*(.*?)(?:[ \t]*(\{[^}]*\}))?)?[ \t]*:*\n?$`)
})

// openColons begins a container at ":::". A mark without a name closes one that
// is not open, and is empty.
func openColons(rest, _ []byte, _ int, _ parser.Context) (*container, int) {
	m := colonTag().FindSubmatch(rest)
	if m == nil {
		return nil, 0
	}
	c := &container{notation: "colon", name: string(m[2]), width: len(m[1])}
	c.title = string(bytes.TrimSpace(slices.Concat(m[4], m[5])))
	for _, list := range [][]byte{m[3], m[6]} {
		if t, ok := scanTag(slices.Concat(bytes.Trim(list, "{}"), []byte{'>'}), 0); ok && len(list) > 0 {
			c.attrs = t.attrs
			c.named()
		}
	}
	c.ended = c.name == "" // a mark without a partner
	return c, len(rest)
}

// colonsLine counts the marks inside a container: equal colons may open another
// one, and the mark that opens the same again ends one that was never closed.
func colonsLine(c *container, line []byte, _ int) effect {
	m := colonTag().FindSubmatch(line)
	switch {
	case m == nil:
		return inside
	case len(m[2]) == 0 && len(c.nested) == 0:
		return closing
	case len(m[2]) == 0:
		c.nested = c.nested[:len(c.nested)-1]
	case string(m[2]) == c.name && len(m[1]) == c.width && len(c.nested) == 0:
		return following // the author forgot to close this one
	default:
		c.nested = append(c.nested, len(m[1]))
	}
	return inside
}
