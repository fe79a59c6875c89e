package content_test

import (
	"testing"

	"kb/content"
)

func TestPageURL(t *testing.T) {
	for _, test := range []struct {
		style, path string
		meta        map[string]any
		want        string
	}{
		{"", "docs/faq.md", nil, ""},
		{"explicit", "docs/faq.md", nil, ""},
		{"hugo", "data/faq.yml", nil, ""},

		{"github", "docs/faq.md", nil, "docs/faq.md"},
		{"github", "docs/a b.md", nil, "docs/a%20b.md"},

		{"hugo", "Docs/My FAQ.md", nil, "docs/my-faq/"},
		{"hugo", "docs/faq/_index.md", nil, "docs/faq/"},
		{"hugo", "docs/faq/index.md", nil, "docs/faq/"},
		{"hugo", "_index.md", nil, ""},
		{"hugo", "docs/faq.md", map[string]any{"slug": "questions"}, "docs/questions/"},
		{"hugo", "docs/faq.md", map[string]any{"url": "/ask/"}, "ask/"},

		{"jekyll", "faq.md", nil, "faq.html"},
		{"jekyll", "docs/README.md", nil, "docs/"},
		{"jekyll", "_pages/faq.md", map[string]any{"permalink": "/faq/"}, "faq/"},
		{"jekyll", "_faq/why.md", nil, "faq/why.html"},
		{"kramdown", "docs/faq.markdown", nil, "docs/faq.html"},

		{"mkdocs", "faq.md", nil, "faq/"},
		{"mkdocs", "docs/index.md", nil, "docs/"},

		{"docusaurus", "docs/02-faq.mdx", nil, "docs/faq"},
		{"docusaurus", "01-docs/faq/faq.md", nil, "docs/faq"},
		{"docusaurus", "docs/faq/index.md", nil, "docs/faq"},
		{"docusaurus", "docs/faq.md", map[string]any{"id": "ask"}, "docs/ask"},
		{"docusaurus", "docs/faq.md", map[string]any{"slug": "/ask"}, "ask"},
		{"docusaurus", "docs/faq.md", map[string]any{"slug": "ask"}, "docs/ask"},
	} {
		for _, base := range []string{"https://example.org/help", "https://example.org/help/"} {
			site := content.Site{BaseURL: base, Anchors: test.style}
			want := "https://example.org/help/" + test.want
			if test.style == "" || test.style == "explicit" || test.path == "data/faq.yml" {
				want = ""
			}
			if got := site.PageURL(&content.Page{Path: test.path, Meta: test.meta}); got != want {
				t.Errorf("%s: PageURL(%s %v) = %q, want %q", test.style, test.path, test.meta, got, want)
			}
		}
	}
	if got := (content.Site{Anchors: "hugo"}).PageURL(&content.Page{Path: "faq.md"}); got != "" {
		t.Errorf("without a base: %q", got)
	}
}
