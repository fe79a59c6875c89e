package sanitize

import (
	"strings"
	"unicode"
)

// printable returns s without characters that HTML forbids or that make text
// show in another order than it is written: controls but tab and line feed,
// and bidirectional overrides and isolates.
func printable(s string) string {
	if plainASCII(s) || strings.IndexFunc(s, unprintable) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unprintable(r) {
			return -1
		}
		return r
	}, s)
}

// plainASCII is the quick look: true only for printable ASCII and white space,
// which most text is.
func plainASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < ' ' || c > '~') && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

func unprintable(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < ' ' || 0x7f <= r && r < 0xa0:
		return true
	}
	return 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 ||
		0xfdd0 <= r && r <= 0xfdef || r&0xfffe == 0xfffe
}

// visible returns s as text: without unprintable characters and those that
// nobody sees. The joiners stay where they change what is seen: between
// letters of a script other than Latin, and in emoji.
func visible(s string) string {
	if plainASCII(s) || strings.IndexFunc(s, func(r rune) bool { return unprintable(r) || invisible(r) || joiner(r) }) < 0 {
		return s
	}
	var b strings.Builder
	var before rune
	for _, r := range s {
		if unprintable(r) || invisible(r) || joiner(r) && !joins(before) {
			continue
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// joiner reports whether r is ZERO WIDTH NON-JOINER or ZERO WIDTH JOINER.
func joiner(r rune) bool { return r == 0x200c || r == 0x200d }

// joins reports whether a joiner after r can change how r looks.
func joins(r rune) bool {
	return r > unicode.MaxLatin1 && !unicode.Is(unicode.Latin, r) &&
		(unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsSymbol(r))
}

// invisible reports whether r takes no room: soft hyphen, zero-width spaces
// and marks, invisible operators, and tag characters.
func invisible(r rune) bool {
	switch {
	case r == 0xad || r == 0x61c || r == 0x180e || r == 0xfeff || r == 0x200b:
		return true
	}
	return 0x200e <= r && r <= 0x200f || 0x2060 <= r && r <= 0x206f ||
		0xfff9 <= r && r <= 0xfffb || 0xe0000 <= r && r <= 0xe007f
}
