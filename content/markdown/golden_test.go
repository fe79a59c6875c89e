package markdown_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"kb/content"
	"kb/content/data"
	"kb/content/markdown"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata")

// TestGolden reads the files of each archive in testdata and compares what
// was found with its file "want". Words after "options:" in the comment are
// comments and drafts; a file kb.yaml is the site's.
func TestGolden(t *testing.T) {
	for _, name := range goldens(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := read(t, archive)
			if *update {
				setFile(archive, "want", got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(file(archive, "want"), got); diff != "" {
				t.Errorf("%s\n(-want +got; -update rewrites it)\n%s", strings.TrimSpace(string(archive.Comment)), diff)
			}
		})
	}
}

func goldens(t testing.TB) []string {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	return names
}

func read(t *testing.T, a *txtar.Archive) string {
	fsys := fstest.MapFS{}
	var opt markdown.Options
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
			fsys[f.Name] = &fstest.MapFile{Data: unescape(f.Data)}
		}
	}
	opt.Comments = strings.Contains(string(a.Comment), "options: comments")
	opt.Drafts = strings.Contains(string(a.Comment), "options: drafts")
	c, err := content.Load(opt.Site, markdown.New(opt).Parsers(), content.Source{FS: fsys, Path: "."})
	if err != nil {
		t.Fatal(err)
	}
	return show(c)
}

// unescape lets an archive hold the bytes that a text file cannot.
func unescape(text []byte) []byte {
	return []byte(strings.NewReplacer("«CR»", "\r", "«BOM»", "\ufeff", "«ZWSP»", "\u200b", "«FF»", "\xff").Replace(string(text)))
}

// show prints a corpus as a person would check it.
func show(c *content.Corpus) string {
	var b strings.Builder
	for _, p := range c.Pages {
		fmt.Fprintf(&b, "%s: %s\n", named(p), strings.Join(p.Explain, "; "))
		for _, e := range p.Entries {
			b.WriteString(entry(e))
		}
	}
	for _, p := range c.Problems {
		fmt.Fprintf(&b, "! %s\n", p)
	}
	return b.String()
}

func named(p *content.Page) string {
	if p.Form == "data" && p.Title != "" {
		return fmt.Sprintf("%s %q", p.Path, p.Title)
	}
	return p.Path
}

func entry(e *content.Entry) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s", e.Pos.Line, strings.Join(append(e.Section, e.Question), " > "))
	if e.Anchor != "" {
		fmt.Fprintf(&b, " #%s", e.Anchor)
	}
	if e.Fragment != e.Anchor {
		fmt.Fprintf(&b, " (#%s)", e.Fragment)
	}
	if e.Source != "" {
		fmt.Fprintf(&b, " <%s>", e.Source)
	}
	if len(e.Aliases) > 0 {
		fmt.Fprintf(&b, " [%s]", strings.Join(e.Aliases, "; "))
	}
	if len(e.Tags) > 0 {
		fmt.Fprintf(&b, " tags %s", strings.Join(e.Tags, ", "))
	}
	if e.Lang != "" {
		fmt.Fprintf(&b, " lang %s", e.Lang)
	}
	if !e.Updated.IsZero() {
		fmt.Fprintf(&b, " updated %s", e.Updated.Format("2006-01-02"))
	}
	if e.Hidden {
		b.WriteString(" hidden")
	}
	b.WriteString("\n")
	for line := range strings.Lines(string(e.Answer.HTML)) {
		if strings.TrimSpace(line) != "" {
			b.WriteString("\t" + strings.TrimRight(line, "\n") + "\n")
		}
	}
	return b.String()
}

func file(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func setFile(a *txtar.Archive, name, text string) {
	for i := range a.Files {
		if a.Files[i].Name == name {
			a.Files[i].Data = []byte(text)
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(text)})
}
