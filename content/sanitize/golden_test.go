package sanitize

import (
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of testdata/*.txt")

// TestGolden reads testdata/*.txt: lines "base: URL" and "prefix: word" of the
// comment are the arguments, in.html is the fragment, want.html and want.txt
// are the answer.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("testdata: %d files, %v", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) { golden(t, name) })
	}
}

func golden(t *testing.T, name string) {
	ar, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]string)
	for _, f := range ar.Files {
		files[f.Name] = string(f.Data)
	}
	p, prefix := arguments(t, string(ar.Comment))
	a := p.Answer(files["in.html"], prefix)
	got := map[string]string{"in.html": files["in.html"], "want.html": line(string(a.HTML)), "want.txt": line(a.Text)}
	if *update {
		rewrite(t, name, ar, got)
		return
	}
	if diff := cmp.Diff(files, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
	if diff := cmp.Diff(Text(files["in.html"]), a.Text); diff != "" {
		t.Errorf("%s: Text and Answer differ (-Text +Answer):\n%s", name, diff)
	}
	checkAnswer(t, p, files["in.html"], prefix)
}

func arguments(t *testing.T, comment string) (p *Policy, prefix string) {
	var base *url.URL
	for line := range strings.Lines(comment) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "base":
			u, err := url.Parse(value)
			if err != nil {
				t.Fatal(err)
			}
			base = u
		case "prefix":
			prefix = value
		}
	}
	return New(base), prefix
}

func rewrite(t *testing.T, name string, ar *txtar.Archive, got map[string]string) {
	ar.Files = nil
	for _, part := range []string{"in.html", "want.html", "want.txt"} {
		ar.Files = append(ar.Files, txtar.File{Name: part, Data: []byte(got[part])})
	}
	if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
		t.Fatal(err)
	}
}

// line ends s with a line break, as txtar wants it.
func line(s string) string {
	if s == "" {
		return ""
	}
	return s + "\n"
}
