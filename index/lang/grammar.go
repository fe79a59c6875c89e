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
	at := sort.Search(len(grammar), func(i int) bool { return !before(linesFrom(i), word) })
	bases, ok := strings.CutPrefix(linesFrom(at), word)
	if !ok || !strings.HasPrefix(bases, " ") {
		return ""
	}
	bases, _, _ = strings.Cut(bases[1:], "\n")
	return bases
}

// before reports whether the word of the first of the lines comes before
// another, which has no blank in it. After the last line there is none.
func before(lines, word string) bool {
	return lines != "" && strings.Compare(lines[:min(len(lines), len(word))], word) < 0
}

// linesFrom returns the lines of grammar that begin at a byte or after it.
func linesFrom(i int) string {
	if i == 0 {
		return grammar
	}
	next := strings.IndexByte(grammar[i-1:], '\n')
	if next < 0 {
		return ""
	}
	return grammar[i+next:]
}
