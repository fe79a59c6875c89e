package search

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content"
	"kb/index"
)

// build returns a searcher over entries.
func build(t testing.TB, site content.Site, entries ...*content.Entry) *Searcher {
	t.Helper()
	dir := t.TempDir()
	c := content.NewCorpus(site, []*content.Page{{Path: "faq.md", Entries: entries}})
	if _, _, err := index.Build(t.Context(), dir, c); err != nil {
		t.Fatal(err)
	}
	return open(t, dir)
}

func open(t testing.TB, dir string) *Searcher {
	t.Helper()
	snapshot, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(snapshot)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // a Live may have closed it
	return s
}

// entriesOf reads a file of questions, "### question {#id}", below sections,
// "## section".
func entriesOf(t testing.TB, name string) []*content.Entry {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var entries []*content.Entry
	var section []string
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if name, ok := strings.CutPrefix(line, "## "); ok {
			section = []string{name}
			continue
		}
		if q, ok := strings.CutPrefix(line, "### "); ok {
			q, id, _ := strings.Cut(strings.TrimSuffix(q, "}"), " {#")
			entries = append(entries, &content.Entry{Anchor: id, Question: q, Section: section})
			continue
		}
		if len(entries) > 0 && strings.TrimSpace(line) != "" {
			e := entries[len(entries)-1]
			e.Answer.Text = strings.TrimSpace(e.Answer.Text + "\n" + line)
			e.Answer.HTML = "<p>answer</p>"
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return entries
}

// keys is the FAQ of these tests.
func keys(t testing.TB) *Searcher {
	t.Helper()
	entries := entriesOf(t, filepath.Join("testdata", "keys.md"))
	entries[0].Aliases = []string{"Passwordless credential, explained"}
	return build(t, content.Site{}, entries...)
}

func ids(r *Result) []string {
	var all []string
	for _, h := range r.Hits {
		all = append(all, h.ID)
	}
	return all
}

func search(t testing.TB, s *Searcher, q Query) *Result {
	t.Helper()
	r, err := s.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("search %q: %v", q.Text, err)
	}
	return r
}

func TestFirstHit(t *testing.T) {
	s := keys(t)
	for query, want := range map[string]string{
		"What is a passkey?":                     "passkey",
		"what is a PASSKEY":                      "passkey",
		"passwordless credential explained":      "passkey",
		"multi-device credential":                "multi",
		"multidevice credential":                 "multi",
		"can it be backed up":                    "backup",
		"backing up":                             "backup",
		"i lost my phone what should i do now??": "lost",
		"synchronizaton":                         "sync",
		"pass word":                              "password",
		"synchronizatoin of passkeys":            "sync",
		"grep -r":                                "grep",
		"--strict":                               "strict",
		"c++":                                    "cpp",
		"filter_by":                              "filter",
		"HTTP 503":                               "http",
		"mkdocs.yml":                             "mkdocs",
		"café":                                   "cafe",
		"attestat":                               "attest",
	} {
		r := search(t, s, Query{Text: query})
		if len(r.Hits) == 0 || r.Hits[0].ID != want {
			t.Errorf("%q: got %v, want %s first", query, ids(r), want)
		}
	}
}

func TestNothingToFind(t *testing.T) {
	s := keys(t)
	for _, query := range []string{"", "   ", "!?", `"`, "-", "--", "\x00\xff", "zzzzqqqq"} {
		r := search(t, s, Query{Text: query})
		if r.Total != 0 || r.Hits == nil || len(r.Hits) != 0 || r.Confident {
			t.Errorf("%q: total %d, hits %v, confident %v", query, r.Total, r.Hits, r.Confident)
		}
	}
}

func TestPages(t *testing.T) {
	s := keys(t)
	all := search(t, s, Query{Text: "passkey device", Limit: 100})
	if all.Total != len(all.Hits) || all.Total < 4 {
		t.Fatalf("total %d, %d hits", all.Total, len(all.Hits))
	}
	var paged []string
	for offset := 0; offset < all.Total; offset += 2 {
		r := search(t, s, Query{Text: "passkey device", Limit: 2, Offset: offset})
		if r.Total != all.Total || r.Hits[0].Rank != offset+1 {
			t.Errorf("offset %d: total %d, first rank %d", offset, r.Total, r.Hits[0].Rank)
		}
		paged = append(paged, ids(r)...)
	}
	if diff := cmp.Diff(ids(all), paged); diff != "" {
		t.Errorf("pages differ from the whole (-whole +pages):\n%s", diff)
	}
	if r := search(t, s, Query{Text: "passkey", Limit: -1, Offset: 1 << 40}); len(r.Hits) != 0 {
		t.Errorf("far beyond the end: %v", ids(r))
	}
}

func TestSections(t *testing.T) {
	s := keys(t)
	all := search(t, s, Query{Text: "passkey"})
	if len(all.Facets["section"]) < 2 {
		t.Fatalf("facets %v", all.Facets)
	}
	for _, c := range all.Facets["section"] {
		for _, name := range []string{c.Slug, c.Value, strings.ToUpper(c.Value)} {
			r := search(t, s, Query{Text: "passkey", Section: name})
			if r.Total != c.Count {
				t.Errorf("section %q: total %d, facet says %d", name, r.Total, c.Count)
			}
			for _, h := range r.Hits {
				if h.Section[0] != c.Value {
					t.Errorf("section %q: hit %s is in %q", name, h.ID, h.Section)
				}
			}
		}
	}
	if r := search(t, s, Query{Text: "passkey", Section: "no such"}); r.Total != 0 {
		t.Errorf("unknown section: %d hits", r.Total)
	}
}

func TestPhrase(t *testing.T) {
	s := keys(t)
	if r := search(t, s, Query{Text: `"security key"`}); r.Total == 0 || len(r.Notes) != 0 {
		t.Errorf("total %d, notes %q", r.Total, r.Notes)
	} else {
		for _, h := range r.Hits {
			if !strings.Contains(strings.ToLower(h.Question+h.AnswerText), "security key") {
				t.Errorf("hit %s does not have the phrase", h.ID)
			}
		}
	}
	if r := search(t, s, Query{Text: `"key security"`}); r.Total == 0 || len(r.Notes) != 1 {
		t.Errorf("fallback: total %d, notes %q", r.Total, r.Notes)
	}
}

func TestDash(t *testing.T) {
	s := keys(t)
	with := search(t, s, Query{Text: "passkey phone"})
	without := search(t, s, Query{Text: "passkey -phone"})
	if without.Total == 0 || without.Total >= with.Total || len(without.Notes) != 1 {
		t.Errorf("with %d, without %d, notes %q", with.Total, without.Total, without.Notes)
	}
	for _, h := range without.Hits {
		if strings.Contains(strings.ToLower(h.Question+h.AnswerText), "phone") {
			t.Errorf("hit %s has the word", h.ID)
		}
	}
	none := search(t, s, Query{Text: "passkeys -passkey"})
	if none.Total == 0 || len(none.Notes) != 1 {
		t.Errorf("all left out: total %d, notes %q", none.Total, none.Notes)
	}
	if r := search(t, s, Query{Text: "passkey -nosuchword"}); r.Total == 0 || len(r.Notes) != 0 {
		t.Errorf("unknown: total %d, notes %q", r.Total, r.Notes)
	}
}

func TestDidYouMean(t *testing.T) {
	s := keys(t)
	for query, want := range map[string]string{
		"lost my phoen":     "lost my phone",
		"what is a paskey?": "what is a passkey?",
		"multidevice":       "multi device",
		"passkey":           "",
		"zzzzqqqq":          "",
	} {
		if r := search(t, s, Query{Text: query}); r.DidYouMean != want {
			t.Errorf("%q: did you mean %q, want %q", query, r.DidYouMean, want)
		}
	}
}

func TestSuggest(t *testing.T) {
	s := keys(t)
	text := "what is attestation"
	for n := 1; n <= len(text); n++ {
		list, err := s.Suggest(t.Context(), text[:n], 5)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			t.Errorf("%q: no suggestion", text[:n])
		}
		if n > len("what is att") && list[0].ID != "attest" {
			t.Errorf("%q: %v", text[:n], list)
		}
	}
}

func TestExcerptAndSpans(t *testing.T) {
	s := keys(t)
	r := search(t, s, Query{Text: "losing phones"})
	h := r.Hits[0]
	var marked []string
	for _, sp := range h.Highlights["question"] {
		marked = append(marked, h.Question[sp[0]:sp[1]])
	}
	for _, sp := range h.Highlights["excerpt"] {
		marked = append(marked, h.Excerpt[sp[0]:sp[1]])
	}
	if !strings.Contains(strings.Join(marked, " "), "phone") {
		t.Errorf("%s: marked %q", h.ID, marked)
	}
	if strings.ContainsAny(h.Excerpt, "\n\r") {
		t.Errorf("excerpt of several lines: %q", h.Excerpt)
	}
}
