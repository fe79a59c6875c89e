package index

import (
	_ "embed"
	"strings"

	"kb/index/lang"
)

// functions holds the words of grammar of the languages that have any, a line
// each: its base, and the words. It is made by go test ./index -run
// TestFunctionWords -update, because to analyze the list of one language takes
// a tenth of a search.
//
//go:embed function.txt
var functions string

// FunctionWords returns the words of grammar of a language, given as a BCP 47
// tag, as Analyze returns them for Words.
func FunctionWords(tag string) []string {
	start := lang.Of(tag).Base + " "
	for line := range strings.Lines(functions) {
		if words, ok := strings.CutPrefix(line, start); ok {
			return strings.Fields(words)
		}
	}
	return nil
}
