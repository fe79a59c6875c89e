package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// components is an extension for the components of MDX and Vue, whose names begin
// with a capital or have a hyphen. Their content may be indented.
type components struct{ mdx bool }

func (c components) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(containerParser{notation{
		trigger: []byte{'<'}, open: openComponent, line: componentLine, anywhere: c.mdx,
	}}, 860)))
}

var (
	componentName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*<([A-Z][\w.]*|[a-z]\w*-[\w.-]+)(?:[\s/>]|$)`) })
	componentEnd  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`</([A-Z][\w.]*|[a-z]\w*-[\w.-]+)\s*>`) })
	shouted       = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(A|B|I|U|P|EM|BR|HR|H[1-6]|[A-Z]{2,})$`) })
)

var componentEnds = lastOffsets{parser.NewContextKey(), componentEnd}

// openComponent begins a container at a component that is closed on the page, or
// empty. Names in capitals alone are HTML unless they are closed. One with a hyphen
// and no title is a part of the text that it stands in front of.
func openComponent(rest, src []byte, offset int, pc parser.Context) (*container, int) {
	m := componentName().FindSubmatch(rest)
	if m == nil {
		return nil, 0
	}
	name := string(m[1])
	tag, ok := scanTag(src[offset:], len(name)+1)
	paired := componentEnds.after(pc, src, name, offset)
	if !ok || !tag.empty && !paired || shouted().MatchString(name) && name != "FAQ" && !paired {
		return nil, 0
	}
	c := &container{notation: "component", name: name, closer: name, attrs: tag.attrs, exprs: tag.exprs, ended: tag.empty}
	c.named()
	if strings.Contains(name, "-") && c.title == "" && len(bytes.TrimSpace(rest[min(tag.size, len(rest)):])) > 0 {
		return nil, 0
	}
	if tag.size < len(rest) && componentLine(c, rest[tag.size:], 0) != inside {
		c.ended = true
	}
	return c, tag.size
}

// componentLine counts components of the same name inside c, so that the end of
// one of them is not the end of c.
func componentLine(c *container, line []byte, _ int) effect {
	trimmed := bytes.TrimSpace(line)
	if m := componentName().FindSubmatch(trimmed); m != nil && string(m[1]) == c.name {
		if tag, ok := scanTag(trimmed, len(c.name)+1); !ok || !tag.empty {
			c.nested = append(c.nested, 0)
		}
	}
	return c.ending(trimmed, componentEnd())
}

// maxTag bounds the bytes of one opening tag. Some hold a whole answer.
const maxTag = 64 << 10

// A tag is the opening tag of a component.
type tag struct {
	size  int // bytes it takes
	empty bool
	attrs map[string]string
	exprs map[string]string
}

// scanTag reads the tag that begins src, from behind its name.
func scanTag(src []byte, i int) (tag, bool) {
	t := tag{attrs: map[string]string{}, exprs: map[string]string{}}
	src = src[:min(len(src), maxTag)]
	for i < len(src) {
		switch c := src[i]; {
		case util.IsSpace(c):
			i++
		case c == '>':
			t.size = i + 1
			return t, true
		case c == '/' && i+1 < len(src) && src[i+1] == '>':
			t.size, t.empty = i+2, true
			return t, true
		case c == '{':
			n := closeBrace(src[i:])
			if n < 0 {
				return t, false
			}
			i += n
		default:
			n := t.attribute(src[i:])
			if n <= 0 {
				return t, false
			}
			i += n
		}
	}
	return t, false
}

// attribute reads one attribute and returns how many bytes it takes.
func (t *tag) attribute(src []byte) int {
	n := bytes.IndexAny(src, "= \t\n/>{\"'")
	if n <= 0 {
		return n
	}
	name := strings.ToLower(string(src[:n]))
	if src[n] != '=' {
		t.attrs[name] = ""
		return n
	}
	rest := src[n+1:]
	if len(rest) == 0 {
		return -1
	}
	switch rest[0] {
	case '"', '\'':
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return -1
		}
		t.attrs[name] = strings.Join(strings.Fields(string(rest[1:end+1])), " ")
		return n + 1 + end + 2
	case '{':
		end := closeBrace(rest)
		if end < 0 {
			return -1
		}
		t.expression(name, strings.TrimSpace(string(rest[1:end-1])))
		return n + 1 + end
	}
	return -1
}

// expression takes the value of an attribute in braces: as text where it is a
// string or JSX, else as JavaScript.
func (t *tag) expression(name, expr string) {
	switch {
	case len(expr) >= 2 && strings.ContainsAny(expr[:1], "\"'`") && expr[len(expr)-1] == expr[0]:
		t.attrs[name] = expr[1 : len(expr)-1]
	case strings.HasPrefix(expr, "<"):
		t.attrs[name] = strings.TrimSuffix(strings.TrimPrefix(expr, "<>"), "</>")
	default:
		t.exprs[name] = expr
	}
}

// closeBrace returns the offset behind the brace that closes the one at the
// start of src, or -1.
func closeBrace(src []byte) int {
	depth := 0
	for i, c := range codeBytes(src) {
		switch c {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}
