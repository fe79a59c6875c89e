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

	"kb/content/data"
)

// scripts is an extension for the import and export lines of MDX. A value
// that is exported may hold questions; a component that is given a part of it
// shows them where it stands.
type scripts struct{}

func (scripts) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(containerParser{notation{
			trigger: []byte{'i', 'e', 'c'}, open: openScript, line: scriptLine,
		}}, 70)),
		parser.WithASTTransformers(util.Prioritized(scriptTransformer{}, 500)),
	)
}

var scriptStart = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:import\s.*?["'];?\s*$|import\s*\{|export\s+(?:default|function|async|\{|\*)|export\s+(?:const|let|var)\s+(\w+)[^=\n]*=\s*|const\s+(\w+)\s*=\s*[\[{])`)
})

// openScript begins a container at an import, an export or a constant. The value
// of one that is a list or an object is kept.
func openScript(rest, src []byte, offset int, pc parser.Context) (*container, int) {
	m := scriptStart().FindSubmatchIndex(rest)
	if m == nil {
		return nil, 0
	}
	c := &container{notation: "script", name: "script"}
	s := searchOf(pc)
	size := s.statement(rest, src[offset:])
	for _, at := range []int{m[2], m[4]} {
		if at < 0 {
			continue
		}
		c.title = string(rest[at : at+len(firstWord(rest[at:]))])
		if n := bytes.IndexByte(rest, '='); n >= 0 {
			if v, taken := s.value(src[offset+n+1:]); v != nil {
				c.value, c.valueAt = v, offset+n+1
				size = n + 1 + taken
			}
		}
	}
	return c, size
}

// maxSearch bounds the bytes of a page that are read for the ends of statements and
// values that have none.
const maxSearch = 1 << 20

// A search counts the bytes of a page that were read in vain.
type search struct{ vain int }

var searchKey = parser.NewContextKey()

func searchOf(pc parser.Context) *search {
	s, _ := pc.Get(searchKey).(*search)
	if s == nil {
		s = new(search)
		pc.Set(searchKey, s)
	}
	return s
}

// statement returns how many bytes of src a statement takes of which the first line
// is given.
func (s *search) statement(line, src []byte) int {
	if s.vain > maxSearch {
		return len(line)
	}
	size, vain := statementSize(src)
	s.vain += vain
	return max(size, len(line))
}

// value returns the list or object that begins src, or nil, and how many bytes it
// takes.
func (s *search) value(src []byte) (*data.Value, int) {
	if begin := bytes.TrimLeft(src[:min(len(src), maxTag)], " \t\r\n"); s.vain > maxSearch || len(begin) == 0 || bytes.IndexByte([]byte("[{/"), begin[0]) < 0 {
		return nil, 0
	}
	v, taken, err := data.JavaScript(src, 1)
	if err != nil || v.Kind <= data.Scalar {
		s.vain += taken
		return nil, 0
	}
	return v, taken
}

func firstWord(b []byte) []byte {
	for i, c := range b {
		if !util.IsAlphaNumeric(c) && c != '_' {
			return b[:i]
		}
	}
	return b
}

// scriptLine ends a script behind its statement.
func scriptLine(*container, []byte, int) effect { return following }

// scriptTransformer gives components the questions that they refer to.
type scriptTransformer struct{}

var reference = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\w+)((?:\.\w+|\[["']\w+["']\])*)$`) })

var schema = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)schema|structured|json-?ld|seo|meta`) })

// A use is a component that refers to a value.
type use struct {
	c     *container
	value *data.Value
	path  string
}

// Transform finds the values that scripts have, and the components that refer to
// them, in the order of the page.
func (scriptTransformer) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	values := map[string]*container{}
	var uses []use
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		c, ok := n.(*container)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		if c.value != nil {
			values[c.title] = c
		}
		for _, e := range c.exprs {
			if schema().MatchString(c.name) {
				break // for search engines: the page shows the same elsewhere
			}
			if u, ok := resolve(c, e, values); ok {
				uses = append(uses, u)
			}
			if v, _, err := data.JavaScript([]byte(e), 1); err == nil && v.Kind > data.Scalar {
				c.uses, c.valueAt = v, c.Pos()
			}
		}
		return ast.WalkContinue, nil
	})
	place(uses, values)
}

// resolve returns the value that an expression such as faqs.general refers to.
func resolve(c *container, expr string, values map[string]*container) (use, bool) {
	m := reference().FindStringSubmatch(expr)
	if m == nil || values[m[1]] == nil {
		return use{}, false
	}
	v := values[m[1]].value
	for _, key := range strings.FieldsFunc(m[2], func(r rune) bool { return strings.ContainsRune(`.[]"'`, r) }) {
		v = v.Field(key)
	}
	return use{c, v, m[1] + m[2]}, v != nil
}

// place puts values where they are used, the smallest parts first, or where
// they are written if they are used nowhere.
func place(uses []use, values map[string]*container) {
	used := map[string]bool{}
	for _, u := range uses {
		parts := false
		for _, other := range uses {
			parts = parts || strings.HasPrefix(other.path, u.path+".") || strings.HasPrefix(other.path, u.path+"[")
		}
		root, _, _ := strings.Cut(u.path, ".")
		if !parts && !used[u.path] {
			u.c.uses, u.c.valueAt = u.value, values[root].valueAt
			used[u.path] = true
			values[root].used = true
		}
	}
	for _, c := range values {
		if !c.used {
			c.uses = c.value
		}
	}
}

// scripted adds the questions of a value that a component shows.
func (b *builder) scripted(c *container) {
	first := b.line(c.valueAt)
	for _, it := range c.items() {
		x := block{kind: itemBlock, form: "containers", strong: true, asks: true, title: plain(b.markdown(it.Question)), anchor: it.Anchor,
			aliases: it.Aliases, group: it.Section, line: first + it.Line - 1}
		if it.Answer != "" {
			x.html = b.markdown(it.Answer)
		}
		b.add(x)
	}
}
