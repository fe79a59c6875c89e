package content

import (
	"html/template"
	"testing"
)

func TestLinkBetweenEntries(t *testing.T) {
	for _, tt := range []struct{ name, base, href, want string }{
		{"same page", "", "#rp-id", "/q/rp-id"},
		{"other page", "", "developers.md#sign-count", "/q/sign-count"},
		{"other page, as published", "", "../faq/developers/#sign-count", "/q/sign-count"},
		{"absolute", "https://example.org/kb/", "https://example.org/kb/faq/developers.md#sign-count", "/q/sign-count"},
		{"heading that is no entry", "https://example.org", "#notes", "https://example.org/faq/basics.md#notes"},
		{"heading that is no entry, no base", "", "#notes", "#notes"},
		{"place inside the answer", "https://example.org", "#kb-table", "#kb-table"},
		{"elsewhere", "https://example.org", "https://other.example/#rp-id", "https://other.example/#rp-id"},
		{"question without an anchor", "", "developers.md#what-is-a-challenge", "/q/what-is-a-challenge"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			from := &Entry{Question: "Why?", Answer: Answer{HTML: anchor(tt.href)}}
			NewCorpus(Site{BaseURL: tt.base}, []*Page{
				{Path: "faq/basics.md", Entries: []*Entry{from, {Question: "What is an rp id?", Anchor: "rp-id"}}},
				{Path: "faq/developers.md", Entries: []*Entry{
					{Question: "What is the sign count?", Anchor: "sign-count"},
					{Question: "What is a challenge?"},
				}},
			})
			if want := anchor(tt.want); from.Answer.HTML != want {
				t.Errorf("answer is %s, want %s", from.Answer.HTML, want)
			}
		})
	}
}

func anchor(href string) template.HTML {
	return template.HTML(`<a href="` + href + `">x</a>`)
}
