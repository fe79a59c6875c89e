package check_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kb/content"
	"kb/content/markdown"
	"kb/search/check"
)

// mostNoise is how many of a hundred entries of real FAQs may be told of by one
// rule. Most FAQs are well kept: a rule that tells of more cries wolf.
const mostNoise = 1.0

// TestNoise asks the questions of real FAQs, and counts what each rule tells.
func TestNoise(t *testing.T) {
	dirs, _ := filepath.Glob("../../../shared/extraction/dev/*")
	if len(dirs) == 0 {
		t.Skip("the collection of FAQs is not here")
	}
	entries, told := 0, map[string]int{}
	for _, dir := range dirs {
		c, err := content.Load(content.Site{}, faqParsers(), content.Source{FS: os.DirFS(dir), Path: "."})
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Entries) == 0 {
			continue
		}
		problems, err := check.Problems(t.Context(), searcher(t, c), c, func(int, int) {})
		if err != nil {
			t.Fatal(err)
		}
		entries += len(c.Entries)
		for _, p := range problems {
			told[p.Rule]++
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(told)) {
		rate := 100 * float64(told[rule]) / float64(entries)
		t.Logf("%-15s %d of %d entries", rule, told[rule], entries)
		if rate > mostNoise {
			t.Errorf("%s tells of %.1f %% of the entries, more than %.1f", rule, rate, mostNoise)
		}
	}
}

// faqParsers are those of the formats, without what beside a FAQ says how it is
// to be read.
func faqParsers() map[string]content.Parser {
	parsers := markdown.New(markdown.Options{}).Parsers()
	read := parsers[".json"]
	parsers[".json"] = func(path string, src []byte) (*content.Page, error) {
		if strings.HasSuffix(path, ".gold.json") {
			return &content.Page{Path: path}, nil
		}
		return read(path, src)
	}
	return parsers
}
