// Package sanitize is the one HTML policy of kb: it makes answers that are
// safe to show on any page out of whatever HTML an author wrote.
package sanitize

import (
	"html/template"
	"net/url"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kb/content"
)

// A Policy makes answers safe to show on any page.
type Policy struct {
	base  *url.URL
	allow *bluemonday.Policy
}

// New returns a policy that resolves relative links against base, or leaves
// them as they are if base is nil.
func New(base *url.URL) *Policy {
	allow := bluemonday.NewPolicy()
	allow.AllowElements("p", "br", "ul", "ol", "li", "pre", "code", "em", "strong", "blockquote",
		"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td")
	allow.RequireParseableURLs(true)
	allow.AllowRelativeURLs(true)
	allow.AllowURLSchemes("http", "https", "mailto", "tel")
	allow.AllowAttrs("href").OnElements("a")
	return &Policy{base: base, allow: allow}
}

// Answer returns the fragment as an answer: sanitized and balanced. Prefix is
// put before the ids inside, after "kb-".
func (p *Policy) Answer(fragment, prefix string) content.Answer {
	clean := p.allow.Sanitize(fragment)
	nodes, err := html.ParseFragment(strings.NewReader(clean), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return content.Answer{HTML: template.HTML(html.EscapeString(clean)), Text: clean}
	}
	var b strings.Builder
	for _, n := range nodes {
		if err := html.Render(&b, n); err != nil {
			break
		}
	}
	return content.Answer{HTML: template.HTML(strings.TrimSpace(b.String())), Text: Text(clean)}
}

// Text returns the plain text of a fragment.
func Text(fragment string) string {
	nodes, err := html.ParseFragment(strings.NewReader(fragment), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return fragment
	}
	var b strings.Builder
	for _, n := range nodes {
		for d := range n.Descendants() {
			if d.Type == html.TextNode {
				b.WriteString(d.Data)
			}
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return strings.TrimSpace(b.String())
}
