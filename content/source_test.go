package content_test

import (
	"testing"

	"kb/content"
)

func TestPageURL(t *testing.T) {
	for _, test := range []struct {
		style, path     string
		permalink, slug string
		want            string
	}{
		{"", "docs/faq.md", "", "", ""},
		{"explicit", "docs/faq.md", "", "", ""},
		{"hugo", "data/faq.yml", "", "", ""},

		{"github", "docs/faq.md", "", "", "docs/faq.md"},
		{"github", "docs/a b.md", "", "", "docs/a%20b.md"},

		{"hugo", "Docs/My FAQ.md", "", "", "docs/my-faq/"},
		{"hugo", "docs/faq/_index.md", "", "", "docs/faq/"},
		{"hugo", "docs/faq/index.md", "", "", "docs/faq/"},
		{"hugo", "_index.md", "", "", ""},
		{"hugo", "docs/faq.md", "", "questions", "docs/questions/"},
		{"hugo", "docs/faq.md", "/ask/", "", "ask/"},

		{"jekyll", "faq.md", "", "", "faq.html"},
		{"jekyll", "docs/README.md", "", "", "docs/"},
		{"jekyll", "_pages/faq.md", "/faq/", "", "faq/"},
		{"jekyll", "_faq/why.md", "", "", "faq/why.html"},
		{"kramdown", "docs/faq.markdown", "", "", "docs/faq.html"},

		{"mkdocs", "faq.md", "", "", "faq/"},
		{"mkdocs", "docs/index.md", "", "", "docs/"},

		{"docusaurus", "docs/02-faq.mdx", "", "", "docs/faq"},
		{"docusaurus", "01-docs/faq/faq.md", "", "", "docs/faq"},
		{"docusaurus", "docs/faq/index.md", "", "", "docs/faq"},
		{"docusaurus", "docs/faq.md", "/ask", "", "ask"},
		{"docusaurus", "docs/faq.md", "", "ask", "docs/ask"},
	} {
		for _, base := range []string{"https://example.org/help", "https://example.org/help/"} {
			site := content.Site{BaseURL: base, Anchors: test.style}
			want := "https://example.org/help/" + test.want
			if test.style == "" || test.style == "explicit" || test.path == "data/faq.yml" {
				want = ""
			}
			if got := site.PageURL(&content.Page{Path: test.path, Permalink: test.permalink, Slug: test.slug}); got != want {
				t.Errorf("%s: PageURL(%s %s %s) = %q, want %q", test.style, test.path, test.permalink, test.slug, got, want)
			}
		}
	}
	if got := (content.Site{Anchors: "hugo"}).PageURL(&content.Page{Path: "faq.md"}); got != "" {
		t.Errorf("without a base: %q", got)
	}
}
