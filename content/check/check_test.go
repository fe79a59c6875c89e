package check_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"kb/content"
	"kb/content/check"
	"kb/content/data"
	"kb/content/markdown"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata")

// TestGolden checks the files of each archive in testdata and compares what
// was found with its file "want". A date after "oldest:" in the comment is the
// day before which answers are stale; a file kb.yaml is the site's.
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
			got := findings(t, archive)
			if *update {
				archive.Files[at].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[at].Data), got); diff != "" {
				t.Errorf("%s\n(-want +got; -update rewrites it)\n%s", strings.TrimSpace(string(archive.Comment)), diff)
			}
		})
	}
}

func findings(t *testing.T, a *txtar.Archive) string {
	fsys := fstest.MapFS{}
	opt := markdown.Options{Outline: true}
	for _, f := range a.Files {
		switch f.Name {
		case "want":
		case content.SiteFile:
			site, err := data.ParseSite(f.Name, f.Data)
			if err != nil {
				t.Fatal(err)
			}
			opt.Site = *site
		default:
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	c, err := content.Load(opt.Site, markdown.New(opt).Parsers(), content.Source{FS: fsys, Path: "."})
	if err != nil {
		t.Fatal(err)
	}
	in := check.Input{Corpus: c, Roots: []check.Root{{FS: fsys}}, Oldest: oldest(t, string(a.Comment))}
	var b strings.Builder
	for _, f := range check.Judge(c, check.Problems(in)) {
		fmt.Fprintf(&b, "%s %s\n", f.Severity, f.Problem)
	}
	return b.String()
}

func oldest(t *testing.T, comment string) time.Time {
	_, after, ok := strings.Cut(comment, "oldest: ")
	if !ok {
		return time.Time{}
	}
	at, err := time.Parse(time.DateOnly, after[:len(time.DateOnly)])
	if err != nil {
		t.Fatal(err)
	}
	return at
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
