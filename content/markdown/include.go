package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
)

var includeTag = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\{(?:\{[<%]|%)-?\s*(?:include|readfile|embed|import|snippet|render)[\w-]*\s+(?:\w+=)?["']?([^"'\s>%}]+)|^\s*-{1,2}8<-{1,2}\s*["']([^"'\s]+)|^\s*!?\{\{?#?include[: ]\s*([^\s}]+)`)
})

// snippet reports whether a line is MkDocs' way to show a file.
func snippet(line string) bool {
	return strings.HasPrefix(line, "--8<--") || strings.HasPrefix(line, "-8<-")
}

// included returns the file that an answer names to be shown in it, or "".
// No file is read through another: the names are those of the site's
// generator, which knows folders that kb does not.
func (d *document) included(f *found) string {
	if !d.includes {
		return ""
	}
	for _, x := range f.body {
		if x.node == nil || x.node.Type() != ast.TypeBlock || x.node.Kind() == ast.KindFencedCodeBlock {
			continue
		}
		if m := includeTag().FindStringSubmatch(d.raw(x.node)); m != nil {
			return strings.Join(m[1:], "")
		}
	}
	return ""
}

// mayInclude reports whether such names may be on a page.
func mayInclude(src []byte) bool {
	return slices.ContainsFunc([]string{"8<-", "{%", "{{", "include"}, func(mark string) bool { return bytes.Contains(src, []byte(mark)) })
}

func (p *page) include(line int, name string) {
	if name != "" {
		p.problem(line, "include", "part of the answer is in %s, which was not read", name)
	}
}
