package check_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"kb/content"
	"kb/content/data"
	"kb/content/markdown"
	"kb/index"
	"kb/search"
	"kb/search/check"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata")

// TestGolden asks an index of the files of each archive in testdata and
// compares what was found with its file "want". A file kb.yaml is the site's.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			at := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
			if at < 0 {
				t.Fatal("no file want")
			}
			c := load(t, archive)
			problems, err := check.Problems(t.Context(), searcher(t, c), c, func(int, int) {})
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, p := range problems {
				fmt.Fprintln(&got, p)
			}
			if *update {
				archive.Files[at].Data = []byte(got.String())
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[at].Data), got.String()); diff != "" {
				t.Errorf("%s\n(-want +got; -update rewrites it)\n%s", strings.TrimSpace(string(archive.Comment)), diff)
			}
		})
	}
}

func load(t *testing.T, a *txtar.Archive) *content.Corpus {
	fsys := fstest.MapFS{}
	var site content.Site
	for _, f := range a.Files {
		switch f.Name {
		case "want":
		case content.SiteFile:
			s, err := data.ParseSite(f.Name, f.Data)
			if err != nil {
				t.Fatal(err)
			}
			site = *s
		default:
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	parsers := markdown.New(markdown.Options{Site: site}).Parsers()
	c, err := content.Load(site, parsers, content.Source{FS: fsys, Path: "."})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func searcher(t *testing.T, c *content.Corpus) *search.Searcher {
	dir := t.TempDir()
	if _, _, err := index.Build(t.Context(), dir, c); err != nil {
		t.Fatal(err)
	}
	snapshot, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := search.New(snapshot)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestCancel(t *testing.T) {
	c := load(t, txtar.Parse([]byte("-- faq.md --\n## Is it asked?\n\nNo.\n\n## Is this?\n\nNo.\n")))
	s := searcher(t, c)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := check.Problems(ctx, s, c, func(int, int) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// TestFirstError stops at the first of many searches that fail.
func TestFirstError(t *testing.T) {
	var faq strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&faq, "## Is it number %d?\n\nNo.\n\n", i)
	}
	c := load(t, &txtar.Archive{Files: []txtar.File{{Name: "faq.md", Data: []byte(faq.String())}}})
	s := searcher(t, c)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	asked := 0
	_, err := check.Problems(t.Context(), s, c, func(done, _ int) { asked = done })
	if !errors.Is(err, index.ErrClosed) || asked > len(c.Entries)/2 {
		t.Errorf("asked %d of %d, %v", asked, len(c.Entries), err)
	}
}

// TestRulesAreDocumented keeps the table of rules and what goldens find in
// step: a rule that nothing shows may not work at all.
func TestRulesAreDocumented(t *testing.T) {
	var shown strings.Builder
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		shown.WriteString(string(text))
	}
	for _, name := range check.Names() {
		if _, known := content.RuleNamed(name); !known {
			t.Errorf("%s is not in content.Rules", name)
		}
		if !strings.Contains(shown.String(), " ("+name+")\n") {
			t.Errorf("no golden shows %s", name)
		}
	}
}
