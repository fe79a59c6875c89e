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
		if name := d.includedBy(x.node); name != "" {
			return name
		}
	}
	return ""
}

// includedBy returns the file that a block names to be shown in it, or "".
func (d *document) includedBy(n ast.Node) string {
	if n == nil || n.Type() != ast.TypeBlock || n.Kind() == ast.KindFencedCodeBlock {
		return ""
	}
	raw := d.raw(n)
	if !strings.Contains(raw, "{") && !strings.HasPrefix(strings.TrimLeft(raw, " \t\n-"), "8<-") && !strings.Contains(strings.ToLower(raw), "include") {
		return "" // the quick look
	}
	m := includeTag().FindStringSubmatch(raw)
	if m == nil {
		return ""
	}
	return strings.Join(m[1:], "")
}

var imported = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^import\s+\w+\s+from\s+["']([^"']+\.mdx?)["']`)
})

// elsewhere names the files that hold a part of the page: those that MDX
// imports, and on a page without a question those that its text includes.
func (p *page) elsewhere() {
	const msg = "part of the page is in %s, which was not read"
	if p.mdx {
		for _, m := range imported().FindAllSubmatchIndex(p.src, -1) {
			p.problem(p.line(m[0]), "include", msg, p.src[m[2]:m[3]])
		}
	}
	if len(p.out.Entries) > 0 || !p.includes {
		return
	}
	for _, b := range p.blocks {
		if name := p.includedBy(b.node); name != "" {
			p.problem(b.line, "include", msg, name)
		}
	}
}

// mayInclude reports whether such names may be on a page.
func mayInclude(src []byte) bool {
	return slices.ContainsFunc([]string{"8<-", "{%", "{{", "include"}, func(mark string) bool { return bytes.Contains(src, []byte(mark)) })
}

// include notes that an answer goes on in another file.
func (p *page) include(line int, name string) {
	if name != "" {
		p.problem(line, "include", "part of the answer is in %s, which was not read", name)
	}
}
