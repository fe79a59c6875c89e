package markdown_test

import (
	"fmt"
	"strings"
	"testing"

	"kb/content"
	"kb/content/markdown"
)

// pages returns n questions in pages of a hundred, in turn in each of the
// common forms.
func pages(n int) [][]byte {
	forms := []string{
		"### How do I set up part %d? {#part-%[1]d}\n\nOpen the *settings*, choose **part %[1]d** and follow [the guide](guide.md).\n\n1. Click `Next`.\n2. Wait a minute.\n\nSee also the notes below the table.\n\n",
		"<details id=\"part-%d\">\n<summary>How do I set up part %[1]d?</summary>\n\nOpen the *settings*, choose **part %[1]d** and follow [the guide](guide.md).\n\n- Click `Next`.\n- Wait a minute.\n\n</details>\n\n",
		"**Q: How do I set up part %d?**\n**A:** Open the *settings*, choose **part %[1]d** and follow [the guide](guide.md).\n\n```sh\nset-up --part %[1]d\n```\n\n",
	}
	var all [][]byte
	for i := 0; i < n; i += 100 {
		var b strings.Builder
		b.WriteString("---\ntitle: FAQ\n---\n\n## Setting up\n\n")
		for j := i; j < min(i+100, n); j++ {
			fmt.Fprintf(&b, forms[i/100%len(forms)], j)
		}
		all = append(all, []byte(b.String()))
	}
	return all
}

// BenchmarkRead reads and renders ten thousand entries.
func BenchmarkRead(b *testing.B) {
	const entries = 10_000
	files := pages(entries)
	size := 0
	for _, f := range files {
		size += len(f)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		parse := markdown.New(markdown.Options{Site: content.Site{}}).Parsers()[".md"]
		n := 0
		for i, f := range files {
			page, err := parse(fmt.Sprintf("faq/%d.md", i), f)
			if err != nil {
				b.Fatal(err)
			}
			n += len(page.Entries)
		}
		if n != entries {
			b.Fatalf("%d entries, want %d", n, entries)
		}
	}
	b.ReportMetric(float64(entries)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}
