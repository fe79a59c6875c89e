package markdown_test

import (
	"testing"

	"kb/content"
	"kb/content/data"
	"kb/content/faq"
	"kb/content/markdown"
)

// TestFAQ reads the FAQ that ships with kb: it shows the forms that it says
// it shows, and there is nothing in it to mend.
func TestFAQ(t *testing.T) {
	text, err := faq.FS.ReadFile(content.SiteFile)
	if err != nil {
		t.Fatal(err)
	}
	site, err := data.ParseSite(content.SiteFile, text)
	if err != nil {
		t.Fatal(err)
	}
	c, err := content.Load(*site, markdown.New(markdown.Options{Site: *site}).Parsers(), content.Source{FS: faq.FS, Path: "."})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.Problems {
		t.Error(p)
	}
	forms := map[string]int{}
	for _, p := range c.Pages {
		forms[p.Form] += len(p.Entries)
	}
	for _, form := range []string{"headings", "containers", "data"} {
		if forms[form] < 5 {
			t.Errorf("%d questions in the form %s, want at least 5; all: %v", forms[form], form, forms)
		}
	}
	for _, e := range c.Entries {
		if e.Anchor == "" || !e.Answered() || len(e.Section) == 0 {
			t.Errorf("%s: %q: anchor %q, section %q, answered %v", e.Pos, e.Question, e.Anchor, e.Section, e.Answered())
		}
	}
}
