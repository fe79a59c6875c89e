package web

import (
	"unicode/utf8"

	"kb/search"
)

// A segment is a run of text that is marked as matched, or not.
type segment struct {
	Text   string
	Marked bool
}

// segments cuts text at the spans, which must be in order. A span that is not
// inside the text, or would cut a character, is passed over.
func segments(text string, spans []search.Span) []segment {
	var cut []segment
	end := 0
	for _, s := range spans {
		if s[0] < end || s[1] <= s[0] || s[1] > len(text) || !boundary(text, s[0]) || !boundary(text, s[1]) {
			continue
		}
		if s[0] > end {
			cut = append(cut, segment{text[end:s[0]], false})
		}
		cut = append(cut, segment{text[s[0]:s[1]], true})
		end = s[1]
	}
	if end < len(text) {
		cut = append(cut, segment{text[end:], false})
	}
	return cut
}

func boundary(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }
