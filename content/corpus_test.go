package content_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kb/content"
)

func entry(path string, line int, question, anchor string) *content.Entry {
	return &content.Entry{Question: question, Anchor: anchor, Pos: content.Pos{Path: path, Line: line}}
}

// TestClash gives the first of equal ids to the entry that comes first, and
// numbers the others around ids that somebody asked for.
func TestClash(t *testing.T) {
	pages := []*content.Page{
		{Path: "a.md", Entries: []*content.Entry{
			entry("a.md", 1, "What is it?", ""),
			entry("a.md", 5, "What is it?", ""),
			entry("a.md", 9, "Another", "What is it"),
		}},
		{Path: "b.md", Entries: []*content.Entry{
			entry("b.md", 2, "Third", "what-is-it-2"),
			entry("b.md", 4, "Fourth", "Mixed_Case.id"),
		}},
	}
	c := content.NewCorpus(content.Site{}, pages)
	var ids []string
	for _, e := range c.Entries {
		ids = append(ids, e.ID)
	}
	want := []string{"what-is-it", "what-is-it-3", "what-is-it-4", "what-is-it-2", "Mixed_Case.id"}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("ids (-want +got)\n%s", diff)
	}
	var problems []string
	for _, p := range c.Problems {
		problems = append(problems, p.String())
	}
	want = []string{
		`a.md:5: id "what-is-it" is taken by a.md:1; this entry is "what-is-it-3" (duplicate-id)`,
		`a.md:9: id "what-is-it" is taken by a.md:1; this entry is "what-is-it-4" (duplicate-id)`,
	}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("problems (-want +got)\n%s", diff)
	}
}

// TestFingerprint changes with whatever can change an answer, and with nothing
// else.
func TestFingerprint(t *testing.T) {
	corpus := func(change func(*content.Site, *content.Page, *content.Entry)) string {
		e := entry("a.md", 3, "What is it?", "it")
		e.Answer = content.Answer{HTML: "<p>That.</p>", Text: "That."}
		e.Updated = time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
		p := &content.Page{Path: "a.md", Title: "FAQ", Entries: []*content.Entry{e}}
		site := content.Site{Title: "Help"}
		change(&site, p, e)
		return content.NewCorpus(site, []*content.Page{p}).Fingerprint()
	}
	base := corpus(func(*content.Site, *content.Page, *content.Entry) {})
	same := map[string]func(*content.Site, *content.Page, *content.Entry){
		"line": func(_ *content.Site, _ *content.Page, e *content.Entry) { e.Pos.Line = 99 },
		"zone": func(_ *content.Site, _ *content.Page, e *content.Entry) {
			e.Updated = e.Updated.In(time.FixedZone("x", 3600))
		},
		"problems": func(_ *content.Site, p *content.Page, _ *content.Entry) { p.Problems = []content.Problem{{Rule: "x"}} },
	}
	other := map[string]func(*content.Site, *content.Page, *content.Entry){
		"question": func(_ *content.Site, _ *content.Page, e *content.Entry) { e.Question = "What was it?" },
		"answer":   func(_ *content.Site, _ *content.Page, e *content.Entry) { e.Answer.HTML = "<p>This.</p>" },
		"aliases":  func(_ *content.Site, _ *content.Page, e *content.Entry) { e.Aliases = []string{"it"} },
		"section":  func(_ *content.Site, _ *content.Page, e *content.Entry) { e.Section = []string{"S"} },
		"date":     func(_ *content.Site, _ *content.Page, e *content.Entry) { e.Updated = e.Updated.AddDate(0, 0, 1) },
		"title":    func(_ *content.Site, p *content.Page, _ *content.Entry) { p.Title = "Questions" },
		"site":     func(s *content.Site, _ *content.Page, _ *content.Entry) { s.Synonyms = [][]string{{"a", "b"}} },
	}
	for name, change := range same {
		if corpus(change) != base {
			t.Errorf("the fingerprint changes with: %s", name)
		}
	}
	for name, change := range other {
		if corpus(change) == base {
			t.Errorf("the fingerprint does not change with: %s", name)
		}
	}
}
