package markdown

import (
	"bytes"
	"regexp"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// directives is an extension for the directives of MyST that hold Markdown,
// which look like fenced code: "```{dropdown} title" to "```". All others,
// such as {code-block}, stay code.
type directives struct{}

func (directives) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(containerParser{notation{
		trigger: []byte{'`', '~'}, open: openDirective, line: directiveLine,
	}}, 96)))
}

var (
	directiveTag = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile("^(`{3,}|~{3,})\\{(dropdown|details|toggle|collapse|admonition|note|tip|hint|important|warning|caution|danger|attention|seealso)\\}[ \\t]*([^`\\n]*)\\n((?:[ \\t]*:[\\w-]+:.*\\n)*)")
	})
	directiveEnd = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("^\\s*(`{3,}|~{3,})\\s*$") })
)

// openDirective begins a container at the fence of a directive, behind its options.
func openDirective(rest, src []byte, offset int, _ parser.Context) (*container, int) {
	if !bytes.ContainsRune(rest, '{') {
		return nil, 0
	}
	m := directiveTag().FindSubmatch(src[offset:min(len(src), offset+maxTag)])
	if m == nil {
		return nil, 0
	}
	return &container{notation: "directive", name: string(m[2]), title: string(bytes.TrimSpace(m[3])), width: len(m[1])}, len(m[0])
}

// directiveLine ends a directive at a fence that is at least as long.
func directiveLine(c *container, line []byte, _ int) effect {
	if m := directiveEnd().FindSubmatch(line); m != nil && len(m[1]) >= c.width {
		return closing
	}
	return inside
}
