package data_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content"
	"kb/content/data"
)

func TestLook(t *testing.T) {
	got, err := data.ParseSite("kb.yaml", []byte(`logo: https://example.org/logo.svg
accent: "#B00020"
links:
  - text: Home
    url: https://example.org/
popular: [reset, refund]
words:
  common: Start here
`))
	if err != nil {
		t.Fatal(err)
	}
	want := &content.Site{FAQ: true,
		Logo:    "https://example.org/logo.svg",
		Accent:  "#B00020",
		Links:   []content.Link{{Text: "Home", URL: "https://example.org/"}},
		Popular: []string{"reset", "refund"},
		Words:   map[string]string{"common": "Start here"},

		PopularPos: []content.Pos{{Path: "kb.yaml", Line: 6}, {Path: "kb.yaml", Line: 6}},
		WordsPos:   map[string]content.Pos{"common": {Path: "kb.yaml", Line: 8}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("site (-want +got):\n%s", diff)
	}
}

func TestBadLook(t *testing.T) {
	for src, want := range map[string]string{
		"accent: red":                          `kb.yaml:1: accent: "red" is not a colour such as "#0b4a8b"`,
		"links: [{text: Home}]":                `kb.yaml:1: links: want a list of links, each with the keys "text" and "url"`,
		"links: [{text: A, url: 'java:x'}]":    `kb.yaml:1: url: "java:x" is not an absolute URL (http, https, mailto)`,
		"words: [a]":                           `kb.yaml:1: words: want keys with a text each`,
		"logo: logo.svg":                       `kb.yaml:1: logo: "logo.svg" is not an absolute URL (http, https)`,
		"links: [{text: A, ulr: 'http://x/'}]": `kb.yaml:1: unknown key "ulr", nearest valid key: "url"`,
	} {
		if _, err := data.ParseSite("kb.yaml", []byte(src)); err == nil || err.Error() != want {
			t.Errorf("ParseSite(%q) = %v, want %s", src, err, want)
		}
	}
}
