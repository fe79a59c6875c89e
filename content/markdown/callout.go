package markdown

import (
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
)

var calloutTag = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\[!(question|faq|help)\][+-]?\s*(\S.*)$`)
})

// quote adds a quote: as an item if it is a callout as Obsidian has them,
// "> [!question] What is this?", else as text.
func (b *builder) quote(n *ast.Blockquote) {
	para, ok := n.FirstChild().(*ast.Paragraph)
	if !ok {
		b.add(block{node: n, line: b.lineOf(n)})
		return
	}
	lines := b.linesOf(para)
	if len(lines) == 0 || !calloutTag().MatchString(lines[0].text) {
		b.add(block{node: n, line: b.lineOf(n)})
		return
	}
	m := calloutTag().FindStringSubmatch(lines[0].text)
	x := block{kind: itemBlock, node: n, form: "containers", strong: true, asks: true, title: m[2], line: b.lineOf(n)}
	if len(lines) > 1 {
		var nodes []ast.Node
		for _, l := range lines[1:] {
			nodes = append(nodes, l.nodes...)
		}
		x.inner = append(x.inner, block{html: "<p>" + strings.TrimSpace(b.html(nodes...)) + "</p>\n", line: lines[1].line})
	}
	x.inner = append(x.inner, b.blocks(childNodes(n)[1:])...)
	b.add(x)
}
