package index

import (
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// divide is split for text in any script. Scripts without blanks between words,
// and Korean, whose particles stand at its words without one, are divided into
// pairs of letters that overlap; a letter alone is a word. That is what bleve's
// filter cjk_bigram does for some of them.
func divide(text []byte, buf *tokenBuffer) analysis.TokenStream {
	start, end := nextRun(text, 0)
	if start == end {
		return split(text, buf)
	}
	var all analysis.TokenStream
	for at := 0; at < len(text); {
		for _, t := range split(text[at:start], new(tokenBuffer)) {
			t.Start, t.End = t.Start+at, t.End+at
			all = append(all, t)
		}
		if start < end {
			all = appendPairs(all, text, start, end)
		}
		at = end
		start, end = nextRun(text, at)
	}
	for i, t := range all {
		t.Position = i + 1
	}
	return all
}

// nextRun returns the first run of letters at or after from that stand without
// blanks; an empty one at the end of text if there is none.
func nextRun(text []byte, from int) (start, end int) {
	start = -1
	for i := from; i < len(text); {
		if text[i] < utf8.RuneSelf {
			if start >= 0 {
				return start, i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		switch in := unspaced(r) || start >= 0 && unicode.Is(unicode.M, r); {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			return start, i
		}
		i += n
	}
	if start < 0 {
		start = len(text)
	}
	return start, len(text)
}

// appendPairs appends the pairs of letters of a run.
func appendPairs(all analysis.TokenStream, text []byte, start, end int) analysis.TokenStream {
	var letters []int // where each begins, with the marks on it, and the end
	for i := start; i < end; {
		r, n := utf8.DecodeRune(text[i:])
		if len(letters) == 0 || !unicode.Is(unicode.M, r) {
			letters = append(letters, i)
		}
		i += n
	}
	letters = append(letters, end)
	for i := range max(1, len(letters)-2) {
		from, to := letters[i], letters[min(i+2, len(letters)-1)]
		all = append(all, &analysis.Token{Term: text[from:to:to], Start: from, End: to, Type: analysis.Ideographic})
	}
	return all
}

// unspaced reports whether r is a letter of a script that is divided into
// pairs.
func unspaced(r rune) bool {
	const first = '\u0e00' // that of Thai
	return r >= first && (r == 'ー' || r == '々' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
}

// Unspaced reports whether a word is a part of text in a script without blanks
// between words, and no word as a person knows it.
func Unspaced(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unspaced(r)
}
