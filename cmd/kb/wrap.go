package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// A word is what a line is never broken inside of.
type word struct {
	spans  []span
	spaced bool // whether a space stands before it
}

// paragraph writes text wrapped to the width of the terminal, every line
// indented by so many columns, and a newline. A line that begins with spaces
// (code, most likely) keeps them on all lines that it is broken into. In a
// pipe nothing is wrapped.
func (t *terminal) paragraph(indent int, text ...span) {
	for _, line := range lines(text) {
		lead, words := split(line)
		if len(words) == 0 {
			t.put(span{plain, "\n"})
			continue
		}
		margin := strings.Repeat(" ", indent) + lead
		t.put(span{plain, margin})
		t.wrapped(margin, words)
	}
}

// hanging is paragraph where the first line is already written up to indent.
func (t *terminal) hanging(indent int, text ...span) {
	for _, line := range lines(text) {
		_, words := split(line)
		t.wrapped(strings.Repeat(" ", indent), words)
	}
}

// wrapped writes words from the column that margin ends at, and a newline.
func (t *terminal) wrapped(margin string, words []word) {
	column := t.columns(margin)
	var line []span
	for i, w := range words {
		gap, width := "", 0
		if w.spaced && i > 0 {
			gap = " "
		}
		for _, s := range w.spans {
			width += t.columns(s.text)
		}
		if i > 0 && t.live() && column+len(gap)+width > t.width {
			t.put(append(line, span{plain, "\n" + margin})...)
			line, gap, column = nil, "", t.columns(margin)
		}
		line = append(append(line, space(gap, line, w)), w.spans...)
		column += len(gap) + width
	}
	t.put(append(line, span{plain, "\n"})...)
}

// space returns the gap before w, in the style of both its neighbours if they
// have the same. A gap is never underlined.
func space(gap string, before []span, w word) span {
	if len(before) > 0 && before[len(before)-1].style == w.spans[0].style && w.spans[0].style != match {
		return span{w.spans[0].style, gap}
	}
	return span{plain, gap}
}

// columns returns the width of text. In a pipe nobody needs it, and the tables
// behind it take a millisecond to make.
func (t *terminal) columns(text string) int {
	if !t.live() {
		return 0
	}
	return runewidth.StringWidth(text)
}

// lines splits text at its newlines.
func lines(text []span) [][]span {
	all := [][]span{nil}
	for _, s := range text {
		for i, part := range strings.Split(clean(s.text), "\n") {
			if i > 0 {
				all = append(all, nil)
			}
			last := len(all) - 1
			all[last] = append(all[last], span{s.style, part})
		}
	}
	return all
}

// split returns the white space that a line begins with, and its words.
func split(line []span) (lead string, words []word) {
	spaced := false
	var last rune
	for _, s := range line {
		start := 0 // of the part of the word in this span
		for i, r := range s.text {
			switch end := i + utf8.RuneLen(r); {
			case unicode.IsSpace(r) && r != '\u00a0':
				if len(words) == 0 {
					lead += string(r)
				}
				spaced = true
			case len(words) == 0 || spaced || between(last, r):
				start = i
				words = append(words, word{[]span{{s.style, s.text[start:end]}}, spaced && len(words) > 0})
				spaced = false
			case i == 0:
				w := &words[len(words)-1]
				w.spans = append(w.spans, span{s.style, s.text[start:end]})
			default:
				w := words[len(words)-1]
				w.spans[len(w.spans)-1].text = s.text[start:end]
			}
			last = r
		}
	}
	return lead, words
}

// between reports whether a line may be broken between a and b although no
// space stands there: in scripts that write none, but not beside punctuation.
func between(a, b rune) bool {
	return (spaceless(a) || spaceless(b)) && !unicode.IsPunct(a) && !unicode.IsPunct(b)
}

func spaceless(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
