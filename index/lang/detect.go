package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// sample is how many characters of a text tell its language: a page or two.
const sample = 8000

// Detect returns the language of a text, or "" if the text does not surely
// tell. It goes by the script, the letters that only one language has, and the
// words of grammar (Grefenstette: Comparing Two Language Identification
// Schemes, JADT 1995): a text in a Latin script is in the language most of
// whose words of grammar are in it, weighed by how few languages have each.
func Detect(text string) string {
	c := counted(text)
	script, letters := c.script()
	switch script {
	case "":
		return ""
	case "Latin":
		return byGrammar(text)
	case "Cyrillic":
		return c.byLetters(letters, byGrammar(text), "іїєґ=uk", "ђћљњџј=sr")
	case "Arabic":
		return c.byLetters(letters, "ar", "ٹڈںے=ur", "ەێۆڕڵ=ckb", "پچژگیک=fa")
	case "Han":
		return "zh"
	}
	return script
}

// A census is how often each letter is in a text.
type census map[rune]int

func counted(text string) census {
	c := census{}
	var ascii [utf8.RuneSelf]int
	n := 0
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			ascii[r]++
		case unicode.IsLetter(r):
			c[unicode.ToLower(r)]++
		default:
			continue
		}
		if n++; n == sample {
			break
		}
	}
	for r := 'a'; r <= 'z'; r++ {
		c[r] = ascii[r] + ascii[unicode.ToUpper(r)]
	}
	return c
}

// script returns the script of most letters, or the language if only one is
// written in it, and how many letters are of it.
func (c census) script() (name string, letters int) {
	counts := map[string]int{}
	for r, n := range c {
		counts[scriptOf(r)] += n
	}
	const kana = 10 // of a text in Japanese, at least one letter in so many is no ideograph
	if counts["ja"]*kana > counts["Han"] {
		counts["ja"] += counts["Han"]
		counts["Han"] = 0
	}
	for s, n := range counts {
		if n > letters || n == letters && s < name {
			name, letters = s, n
		}
	}
	return name, letters
}

func scriptOf(r rune) string {
	switch {
	case unicode.Is(unicode.Latin, r):
		return "Latin"
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return "ja"
	case unicode.Is(unicode.Han, r):
		return "Han"
	case unicode.Is(unicode.Hangul, r):
		return "ko"
	case unicode.Is(unicode.Cyrillic, r):
		return "Cyrillic"
	case unicode.Is(unicode.Arabic, r):
		return "Arabic"
	case unicode.Is(unicode.Devanagari, r):
		return "hi"
	case unicode.Is(unicode.Greek, r):
		return "el"
	case unicode.Is(unicode.Armenian, r):
		return "hy"
	case unicode.Is(unicode.Hebrew, r):
		return "he"
	case unicode.Is(unicode.Thai, r):
		return "th"
	}
	return ""
}

// byLetters returns the first language whose own letters are a fair share of
// the text, or usual. Each of the owned is letters, "=" and a language.
func (c census) byLetters(all int, usual string, owned ...string) string {
	const share = 50 // one letter in so many is enough
	for _, o := range owned {
		letters, language, _ := strings.Cut(o, "=")
		n := 0
		for _, r := range letters {
			n += c[r]
		}
		if n*share > all {
			return language
		}
	}
	return usual
}

// What makes a language sure: so many words of grammar, weighed, in all and in
// each hundred words; and so many times as many as of any other language.
const (
	leastGrammar = 3.0
	leastShare   = 4.0
	leastMargin  = 1.15
)

func byGrammar(text string) string {
	counts := map[string]float64{}
	words := 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), notLetter) {
		bases := speakers(w)
		for base := range strings.FieldsSeq(bases) {
			counts[base] += 1 / float64(1+strings.Count(bases, " "))
		}
		if words++; words == sample/4 {
			break
		}
	}
	var first, second float64
	best := ""
	for _, l := range Bases() {
		switch n := counts[l]; {
		case n > first:
			best, first, second = l, n, first
		case n > second:
			second = n
		}
	}
	if first < leastGrammar || 100*first < leastShare*float64(words) || first < leastMargin*second {
		return ""
	}
	return best
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) }

// Lines returns the lines of the lists of words of grammar.
func (l Language) Lines() map[string]bool {
	list := analysis.NewTokenMap()
	for _, f := range l.Function {
		_ = list.LoadBytes(f) // reads from memory
	}
	return list
}
