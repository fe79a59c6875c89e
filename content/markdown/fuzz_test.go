package markdown_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"kb/content"
	"kb/content/markdown"
)

// FuzzPage reads any bytes as a page. Whatever they are, an entry has a
// question, a line of the file, and text that is valid UTF-8, and reading
// twice gives the same.
func FuzzPage(f *testing.F) { fuzz(f, ".md", ".mdx") }

// FuzzComponents does the same with MDX.
func FuzzComponents(f *testing.F) { fuzz(f, ".mdx", ".md") }

// FuzzYAML does the same with a data file.
func FuzzYAML(f *testing.F) { fuzz(f, ".yaml", ".yml") }

// FuzzJSON does the same with JSON.
func FuzzJSON(f *testing.F) { fuzz(f, ".json") }

func fuzz(f *testing.F, extensions ...string) {
	for _, name := range goldens(f) {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			for _, ext := range extensions {
				if strings.HasSuffix(file.Name, ext) {
					f.Add(file.Data)
				}
			}
		}
	}
	parse := markdown.New(markdown.Options{Comments: true, Drafts: true}).Parsers()[extensions[0]]
	f.Fuzz(func(t *testing.T, src []byte) {
		page, err := parse("faq/page"+extensions[0], src)
		if err != nil {
			return
		}
		lines := 2 + strings.Count(string(src), "\n") + strings.Count(string(src), "\r")
		for _, e := range page.Entries {
			if e.Question == "" || !utf8.ValidString(e.Question+e.Answer.Text+string(e.Answer.HTML)) {
				t.Errorf("line %d: question %q, answer %q", e.Pos.Line, e.Question, e.Answer.HTML)
			}
			if e.Pos.Line < 1 || e.Pos.Line > lines {
				t.Errorf("%q on line %d of %d", e.Question, e.Pos.Line, lines)
			}
		}
		again, err := parse("faq/page"+extensions[0], src)
		if err != nil {
			t.Fatalf("read again: %v", err)
		}
		one := content.NewCorpus(content.Site{}, []*content.Page{page})
		two := content.NewCorpus(content.Site{}, []*content.Page{again})
		if one.Fingerprint() != two.Fingerprint() {
			t.Error("reading twice gives two different pages")
		}
	})
}
