package markdown

import (
	"bytes"
	"regexp"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// pluses is an extension for things to open between pluses:
// "+++Title" to "+++".
type pluses struct{}

func (pluses) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(containerParser{notation{
		trigger: []byte{'+'}, open: openPluses, line: plusesLine,
	}}, 97)))
}

var (
	plusTag = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\+{3}[ \t]*([^\s+].*)`) })
	plusEnd = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^[ \t]*\+{3}()[ \t]*$`) })
)

var plusEnds = lastOffsets{parser.NewContextKey(), plusEnd}

// openPluses begins a container at a title behind pluses, if they are closed.
func openPluses(rest, src []byte, offset int, pc parser.Context) (*container, int) {
	m := plusTag().FindSubmatch(rest)
	if m == nil || !plusEnds.after(pc, src, "", offset) {
		return nil, 0
	}
	return &container{notation: "plus", name: "details", title: string(bytes.TrimSpace(m[1]))}, len(rest)
}

// plusesLine ends a container at pluses alone.
func plusesLine(_ *container, line []byte, _ int) effect {
	if plusEnd().Match(line) {
		return closing
	}
	return inside
}
