package lang

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite grammar.txt")

// TestGrammar holds that grammar.txt is what the lists of the languages say.
// With -update it writes it.
func TestGrammar(t *testing.T) {
	listed := map[string][]string{}
	for _, base := range Bases() {
		for word := range grammarOf(Of(base)) {
			listed[word] = append(listed[word], base)
		}
	}
	var lines []string
	for word, bases := range listed {
		lines = append(lines, word+" "+strings.Join(bases, " ")+"\n")
	}
	slices.Sort(lines)
	text := strings.Join(lines, "")
	if *update {
		if err := os.WriteFile("grammar.txt", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if text != grammar {
		t.Fatal("grammar.txt is not what the lists say: make it with -update")
	}
	for word, bases := range listed {
		if got, want := speakers(word), strings.Join(bases, " "); got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
	for _, word := range []string{"", " ", "\n", "de la", "passkey", "a", "zzzz", "\xff", slices.Max(lines)} {
		if got, want := speakers(word), strings.Join(listed[word], " "); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

// grammarOf returns the words of grammar of a language, in lower case and with
// their accents. Words that an apostrophe stands in are there in parts.
func grammarOf(l Language) map[string]bool {
	words := map[string]bool{}
	for _, line := range slices.Sorted(maps.Keys(l.Lines())) {
		for w := range strings.FieldsFuncSeq(strings.ToLower(line), notLetter) {
			words[w] = true
		}
	}
	return words
}
