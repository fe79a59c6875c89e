package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kb/content"
)

// within is how many answers to its own question may stand before an entry:
// visitors look at three before they ask in other words.
const within = 3

// unfindable finds entries that their own question does not find.
func unfindable(l *library) []content.Problem {
	var all []content.Problem
	for i, a := range l.asked {
		if at := l.place(i, a.found); (at < 0 || at >= within) && !l.twin(i, a.found) {
			all = append(all, l.problem(i, "unfindable", "a search for %q does not find it%s", l.corpus.Entries[i].Question, l.instead(i, a.found)))
		}
	}
	return all
}

// lostByTypo finds entries that their own question finds, and not with a
// typing error in it.
func lostByTypo(l *library) []content.Problem {
	var all []content.Problem
	for i, a := range l.asked {
		if a.typo == "" || l.place(i, a.found) < 0 || l.place(i, a.typoed) >= 0 || l.twin(i, a.typoed) {
			continue
		}
		all = append(all, l.problem(i, "typo", "a search for %q does not find it%s", a.typo, l.instead(i, a.typoed)))
	}
	return all
}

// place returns how many entries with another question stand before entry i,
// or -1 if it is not there.
func (l *library) place(i int, found []int) int {
	before := 0
	for _, k := range found {
		if k == i {
			return before
		}
		if l.asked[k].key != l.asked[i].key {
			before++
		}
	}
	return -1
}

// twin reports whether a search has found another entry with the question of
// entry i, which is a problem of its own.
func (l *library) twin(i int, found []int) bool {
	return slices.ContainsFunc(found, func(k int) bool { return k != i && l.asked[k].key == l.asked[i].key })
}

// instead says what a search has found in place of an entry.
func (l *library) instead(i int, found []int) string {
	if len(found) == 0 || found[0] == i {
		return ""
	}
	e := l.corpus.Entries[found[0]]
	return ", but first " + e.Pos.String() + ", " + e.Question
}

// minMistyped is how many letters a word has at least in which an error leaves
// enough to know it by.
const minMistyped = 6

// Mistype returns a question with two letters exchanged in the middle of its
// longest word, or "" if all its words are short.
func Mistype(question string) string {
	word := ""
	for _, w := range strings.FieldsFunc(question, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if utf8.RuneCountInString(w) > utf8.RuneCountInString(word) {
			word = w
		}
	}
	letters := []rune(word)
	if len(letters) < minMistyped {
		return ""
	}
	for k := len(letters) / 2; k+1 < len(letters); k++ {
		if letters[k] != letters[k+1] {
			letters[k], letters[k+1] = letters[k+1], letters[k]
			return strings.Replace(question, word, string(letters), 1)
		}
	}
	return ""
}
