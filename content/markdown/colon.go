package markdown

import (
	"bytes"
	"maps"
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

var (
	colonTag = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\s*(:{3,})[ \t]*(?:(?:\{([^}]*)\}|([A-Za-z][\w-]*)(\{[^}]*\})?)(?:\[(.*)\])?[ \t]*(.*?)(?:[ \t]*(\{[^}]*\}))?)?[ \t]*:*\n?$`)
	})
	// braced matches the name in braces: a directive of MyST, or the first class
	// that Pandoc is told, which may have an id before it.
	braced = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\s*(?:#([\w-]+)\s+)?\.?([A-Za-z][\w-]*)(?:\s|$)`)
	})
)

// openColons begins a container at ":::". A mark without a name closes one that
// is not open, and is empty.
func openColons(rest, _ []byte, _ int, _ parser.Context) (*container, int) {
	m := colonTag().FindSubmatch(rest)
	if m == nil {
		return nil, 0
	}
	c := &container{notation: "colon", name: colonName(m), width: len(m[1]), attrs: map[string]string{}}
	c.title = string(bytes.TrimSpace(slices.Concat(m[5], m[6])))
	for _, list := range [][]byte{m[2], m[4], m[7]} {
		if t, ok := scanTag(slices.Concat(bytes.Trim(list, "{}"), []byte{'>'}), 0); ok && len(list) > 0 {
			maps.Copy(c.attrs, t.attrs)
		}
	}
	if id := braced().FindSubmatch(m[2]); id != nil && len(id[1]) > 0 {
		c.attrs["id"] = string(id[1])
	}
	if c.attrs["collapse"] != "" {
		c.attrs["collapsible"] = "true"
	}
	c.named()
	c.ended = c.name == "" // a mark without a partner
	return c, len(rest)
}

// colonName returns the name in a mark, or "".
func colonName(m [][]byte) string {
	if in := braced().FindSubmatch(m[2]); in != nil {
		return string(in[2])
	}
	return string(m[3])
}

// colonsLine counts the marks inside a container: equal colons may open another
// one, and the mark that opens the same again ends one that was never closed.
func colonsLine(c *container, line []byte, _ int) effect {
	m := colonTag().FindSubmatch(line)
	if m == nil {
		return inside
	}
	switch name := colonName(m); {
	case name == "" && len(c.nested) == 0:
		return closing
	case name == "":
		c.nested = c.nested[:len(c.nested)-1]
	case name == c.name && len(m[1]) == c.width && len(c.nested) == 0:
		return following // the author forgot to close this one
	default:
		c.nested = append(c.nested, len(m[1]))
	}
	return inside
}
