package markdown_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"kb/content/markdown"
)

// FuzzOutline looks at the outline of any page: what is in it stands on the
// page.
func FuzzOutline(f *testing.F) {
	for _, name := range goldens(f) {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".md") || strings.HasSuffix(file.Name, ".mdx") {
				f.Add(file.Data)
			}
		}
	}
	f.Add([]byte("# FAQ\n\n<!-- a\nb -->\n{/* c */}\n\n![](d.png) <a\nhref='e' id=f>"))
	parse := markdown.New(markdown.Options{Outline: true}).Parsers()[".mdx"]
	f.Fuzz(func(t *testing.T, src []byte) {
		page, err := parse("faq.mdx", src)
		if err != nil || page.Outline == nil {
			return
		}
		last := 2 + strings.Count(string(src), "\n") + strings.Count(string(src), "\r")
		at := func(line int, what string) {
			if line < 1 || line > last {
				t.Errorf("%s on line %d of %d", what, line, last)
			}
		}
		for _, h := range page.Outline.Headings {
			at(h.Line, "heading "+h.Text)
		}
		for _, r := range page.Outline.References {
			at(r.Line, "reference "+r.Target)
		}
		for _, c := range page.Outline.Comments {
			at(c.Line, "comment "+c.Text)
			if c.Next != 0 && (c.Next <= c.Line || c.End < c.Next || c.End > last) {
				t.Errorf("comment on line %d stands above %d to %d of %d", c.Line, c.Next, c.End, last)
			}
		}
	})
}
