package lang

import (
	_ "embed"
	"sort"
	"strings"
)

// grammar holds the words of grammar of all languages in order, a line each: a
// word, and the bases of the languages that have it. It is made from their
// lists by go test ./index/lang -run TestGrammar -update, because reading forty
// lists takes longer than a whole search.
//
//go:embed grammar.txt
var grammar string

// speakers returns the bases of the languages that have a word of grammar, in
// lower case, with spaces between them.
func speakers(word string) string {
	word += " "
	at := sort.Search(len(grammar), func(i int) bool {
		line := lineAt(i)
		return line == "" || line >= word
	})
	if bases, ok := strings.CutPrefix(lineAt(at), word); ok {
		return bases
	}
	return ""
}

// lineAt returns the first line of grammar that begins at a byte or after it,
// or "" after the last.
func lineAt(i int) string {
	if i > 0 {
		next := strings.IndexByte(grammar[i-1:], '\n')
		if next < 0 {
			return ""
		}
		i += next
	}
	line, _, _ := strings.Cut(grammar[i:], "\n")
	return line
}
