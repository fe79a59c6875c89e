package check

import (
	"cmp"
	"slices"
	"strings"

	"kb/content"
	"kb/index/embed"
	"kb/index/likeness"
)

// What two questions have in common at least that mean the same. Chosen on
// real FAQs such that most pairs are ones that an author would join, or link
// to each other.
const (
	leastAlike   = 0.8 // mean of letters and meaning
	leastLetters = 0.9 // letters, where the model does not know the words
	leastRest    = 0.6 // of words in place of others
	minShorter   = 3   // keywords of a question that the other one only adds to
)

// The same of questions in other words, each of which is the nearest to the
// other, and whose answers say the same.
const (
	leastMeaning = 0.68 // of the questions
	leastAnswer  = 0.78 // of the answers
	leastSwapped = 0.2  // of words in place of others
	minAnswer    = 10   // words of an answer that says more than its question
)

// pattern is in how many pairs of a corpus the same words make the difference
// once it is one that the author means: what ovarian and testicular make of
// four questions each are eight questions.
const pattern = 3

// A couple is two entries, the earlier one first, whose questions are alike.
type couple struct {
	first, second int
	score         float64
	difference    string // the keywords that only one of them has
}

// nearDuplicates finds pairs of questions that mean the same.
func nearDuplicates(l *library) []content.Problem {
	var couples []couple
	times := map[string]int{}
	l.pairs(func(i, k int) {
		c := couple{first: min(i, k), second: max(i, k), score: l.alike(i, k)}
		if c.score < leastAlike {
			c.score = l.rephrased(i, k)
		}
		if c.score > 0 {
			c.difference = l.difference(i, k)
			couples = append(couples, c)
			times[c.difference]++
		}
	})
	var all []content.Problem
	for _, c := range couples {
		if e := l.corpus.Entries[c.first]; times[c.difference] < pattern {
			all = append(all, l.problem(c.second, "near-duplicate", "asks nearly the same as %s, %q (%.2f)", e.Pos, e.Question, c.score))
		}
	}
	return all
}

// difference returns the keywords that only one of two questions has; the
// order of the two does not matter.
func (l *library) difference(i, k int) string {
	a, b := l.asked[i].keywords, l.asked[k].keywords
	sides := []string{strings.Join(without(a, b), " "), strings.Join(without(b, a), " ")}
	slices.Sort(sides)
	return strings.Join(sides, "/")
}

// pairs calls f with each pair of entries with different questions of one
// language of which a search for one finds the other.
func (l *library) pairs(f func(i, k int)) {
	for i, a := range l.asked {
		for _, k := range a.found {
			b := l.asked[k]
			if k == i || a.key == b.key || l.corpus.Entries[i].Lang != l.corpus.Entries[k].Lang {
				continue
			}
			if k < i && slices.Contains(b.found, i) {
				continue // it was the other way round
			}
			f(i, k)
		}
	}
}

// alike returns how much two questions ask the same, from 0 to 1: the mean of
// how alike they are in letters and in meaning. It is 0 where a word of one
// stands in place of a word of the other that means something else, as that of
// another product. Where the model does not know all words, letters alone tell.
func (l *library) alike(i, k int) float64 {
	known := l.known(i, k)
	if !l.comparable(i, k, leastRest) {
		return 0
	}
	letters := dice(likeness.GramsOf(l.asked[i].key), likeness.GramsOf(l.asked[k].key))
	if known {
		return (letters + cosine(l.vector(i), l.vector(k))) / 2
	}
	if letters < leastLetters {
		return 0
	}
	return letters
}

// rephrased returns how much two questions ask the same in other words, from 0
// to 1: the mean of how alike they and their answers are in meaning. It is 0
// for those that do not.
func (l *library) rephrased(i, k int) float64 {
	if l.neighbour(i) != k || l.neighbour(k) != i || !l.known(i, k) || !l.comparable(i, k, leastSwapped) {
		return 0
	}
	questions, answers := cosine(l.vector(i), l.vector(k)), cosine(l.answer(i), l.answer(k))
	if questions < leastMeaning || answers < leastAnswer {
		return 0
	}
	return (questions + answers) / 2
}

// answer returns the vector of an answer, or nil if it is a short one.
func (l *library) answer(i int) []float32 {
	stems := embed.Stems(l.corpus.Entries[i].Answer.Text)
	if len(stems) < minAnswer {
		return nil
	}
	return l.model.Embed(stems)
}

// neighbour returns the entry with another question that a search for that of
// entry i finds first, or -1.
func (l *library) neighbour(i int) int {
	for _, k := range l.asked[i].found {
		if k != i && l.asked[k].key != l.asked[i].key {
			return k
		}
	}
	return -1
}

// comparable reports whether two questions may ask the same, going by the
// keywords that only one of them has. Those in place of each other must be
// alike by least.
func (l *library) comparable(i, k int, least float64) bool {
	a, b := &l.asked[i], &l.asked[k]
	onlyA, onlyB := without(a.keywords, b.keywords), without(b.keywords, a.keywords)
	switch {
	case a.contrast != b.contrast, len(onlyA) == 0 && len(onlyB) == 0: // the latter compete
		return false
	case slices.ContainsFunc(slices.Concat(onlyA, onlyB), numbers):
		return false
	case len(onlyA) == 0 || len(onlyB) == 0:
		return min(len(a.keywords), len(b.keywords)) >= minShorter
	}
	return l.rest(onlyA, onlyB, l.known(i, k)) >= least
}

// known reports whether the model knows the words of both questions.
func (l *library) known(i, k int) bool { return l.understands(i) && l.understands(k) }

// understands reports whether the question of an entry is in the language of
// the model, which is the one that ships: what counts as alike was chosen for
// it, and would be another number for a model that somebody brought.
func (l *library) understands(i int) bool {
	tag := cmp.Or(l.corpus.Entries[i].Lang, l.corpus.Site.Lang())
	return l.model.Covers(tag) && l.knows(l.asked[i].keywords)
}

// rest returns how alike words are that stand in place of each other.
func (l *library) rest(a, b []string, known bool) float64 {
	if known {
		return cosine(l.model.Embed(a), l.model.Embed(b))
	}
	for _, x := range a {
		if slices.ContainsFunc(b, func(y string) bool { return negates(x, y) || negates(y, x) }) {
			return 0
		}
	}
	return dice(likeness.GramsOf(strings.Join(a, " ")), likeness.GramsOf(strings.Join(b, " ")))
}

// negates reports whether one word is the other behind two letters or more,
// which mostly say that it is not so.
func negates(word, other string) bool {
	return len(word) > len(other)+1 && strings.HasSuffix(word, other)
}

// numbers reports whether a word has a number in it, as that of a version.
func numbers(word string) bool { return strings.ContainsAny(word, "0123456789") }

func (l *library) vector(i int) []float32 {
	return l.model.Embed(embed.Stems(l.corpus.Entries[i].Question))
}

func (l *library) knows(stems []string) bool {
	return !slices.ContainsFunc(stems, func(s string) bool { return !l.model.Knows(s) })
}

// contrasts are words that turn a question into another one.
var contrasts = []string{
	"not", "no", "off", "on", "out", "in", "up", "down", "without", "with", "before", "after", "again", "never", "n't",
	"difference", "differences", "different", "compare", "versus", "vs",
}

// contrast returns those of the contrasts that are in a question.
func contrast(question string) string {
	text := " " + strings.ToLower(strings.ReplaceAll(question, "’", "'")) + " "
	var has []string
	for _, w := range contrasts {
		if strings.Contains(text, " "+w+" ") || w == "n't" && strings.Contains(text, w+" ") {
			has = append(has, w)
		}
	}
	return strings.Join(has, " ")
}

// without returns those of a that are not in b; both are in order.
func without(a, b []string) []string {
	var rest []string
	for _, s := range a {
		for len(b) > 0 && b[0] < s {
			b = b[1:]
		}
		if len(b) == 0 || b[0] != s {
			rest = append(rest, s)
		}
	}
	return rest
}

func dice(a, b likeness.Grams) float64 {
	shared, n := 0, len(a)+len(b)
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case b[0] < a[0]:
			b = b[1:]
		default:
			a, b, shared = a[1:], b[1:], shared+1
		}
	}
	if n == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(n)
}

// cosine returns that of two unit vectors, or 0 if there is no vector.
func cosine(a, b []float32) float64 {
	if len(a) != len(b) {
		return 0
	}
	var dot float32
	for i := range a {
		dot += a[i] * b[i]
	}
	return float64(dot)
}
