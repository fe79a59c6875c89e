package index

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/index/lang"
)

var update = flag.Bool("update", false, "rewrite function.txt")

// TestFunctionWords holds that function.txt is what the lists of the languages
// say. With -update it writes it.
func TestFunctionWords(t *testing.T) {
	var text strings.Builder
	var made analyzers
	for _, base := range lang.Bases() {
		if words := analyzedFunction(made.of(lang.Of(base))); len(words) > 0 {
			text.WriteString(base + " " + strings.Join(words, " ") + "\n")
		}
	}
	if *update {
		if err := os.WriteFile("function.txt", []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if text.String() != functions {
		t.Fatal("function.txt is not what the lists say: make it with -update")
	}
	for tag, want := range map[string][]string{
		"pt-BR": analyzedFunction(made.of(lang.Of("pt"))), "nb": analyzedFunction(made.of(lang.Of("no"))), "ja": nil, "xx": nil,
	} {
		if diff := cmp.Diff(want, FunctionWords(tag)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tag, diff)
		}
	}
}

// analyzedFunction returns the words of grammar of a language, each once and in
// order.
func analyzedFunction(a *analyzer) []string {
	list := strings.Join(slices.Collect(maps.Keys(a.Lines())), "\n")
	var words []string
	for _, t := range a.words(fold(a.Language, list).text, new(tokenBuffer)) {
		words = append(words, string(t.Term))
	}
	slices.Sort(words)
	return slices.Compact(words)
}
