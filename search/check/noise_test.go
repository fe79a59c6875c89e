package check_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"kb/content"
	"kb/content/markdown"
	"kb/search/check"
)

// TestTold asks the questions of a small collection. In what is well kept no
// rule may tell of anything; in the rest, each must tell.
func TestTold(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/noise/library.txtar")
	if err != nil {
		t.Fatal(err)
	}
	least := map[string]int{"unfindable": 1, "typo": 1, "near-duplicate": 2, "competing": 1, "answer-words": 1, "idle-synonym": 1}
	told := map[string]int{}
	for _, p := range problems(t, load(t, archive)) {
		told[p.Rule]++
		if strings.HasPrefix(p.Pos.Path, "kept/") {
			t.Errorf("well kept, and told of: %s", p)
		}
	}
	for _, rule := range check.Names() {
		if least[rule] == 0 || told[rule] < least[rule] {
			t.Errorf("%s tells %d times, want %d or more", rule, told[rule], max(1, least[rule]))
		}
	}
}

func problems(t *testing.T, c *content.Corpus) []content.Problem {
	t.Helper()
	all, err := check.Problems(t.Context(), searcher(t, c), c, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// mostNoise is how many of a hundred entries of real FAQs may be told of by one
// rule. Most FAQs are well kept: a rule that tells of more cries wolf.
const mostNoise = 1.0

// TestNoise asks the questions of real FAQs, and counts what each rule tells.
func TestNoise(t *testing.T) {
	dirs, _ := filepath.Glob("../../../shared/extraction/dev/*")
	if len(dirs) == 0 {
		t.Skip("the collection of real FAQs is not here: only TestTold has counted what the rules tell")
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
		entries += len(c.Entries)
		for _, p := range problems(t, c) {
			told[p.Rule]++
		}
	}
	if len(told) == 0 {
		t.Errorf("nothing is told of %d entries", entries)
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
