package content

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// maxSlug keeps URLs and terminal lines short; ids stay unique because Load
// numbers those that clash.
const maxSlug = 80

// Slug returns text as a name of the form [a-z0-9-]+: accents are dropped, and
// every other run of characters becomes one hyphen. Text without an ASCII
// letter or digit gets a name made of its SHA-256, so that the same text
// always has the same slug.
func Slug(text string) string {
	folded := fold(strings.ToLower(text))
	words := strings.FieldsFunc(folded, func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9')
	})
	slug := cut(strings.Join(words, "-"))
	if slug == "" || foreign(folded) {
		sum := sha256.Sum256([]byte(text))
		return strings.TrimPrefix(slug+"-"+hex.EncodeToString(sum[:4]), "-")
	}
	return slug
}

// fold drops accents and takes letters apart that are one in ASCII.
func fold(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) < 0 {
		return text
	}
	folded, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn))), text)
	if err != nil {
		return text
	}
	return folded
}

// foreign reports whether most letters of s are outside ASCII, so that the
// rest of it would be a poor name.
func foreign(s string) bool {
	var ascii, other int
	for _, r := range s {
		switch {
		case r < unicode.MaxASCII:
			ascii++
		case unicode.IsLetter(r):
			other++
		}
	}
	return other > ascii
}

func cut(slug string) string {
	if len(slug) <= maxSlug {
		return slug
	}
	slug = slug[:maxSlug]
	if i := strings.LastIndexByte(slug, '-'); i > 0 {
		slug = slug[:i]
	}
	return slug
}

// urlSafe reports whether s needs no escape in a URL: ASCII letters and digits,
// and behind the first of them the signs . _ ~ and -.
func urlSafe(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20 // letters in lower case; no sign becomes a letter
		if !('a' <= c && c <= 'z' || '0' <= s[i] && s[i] <= '9' || i > 0 && strings.IndexByte("._~-", s[i]) >= 0) {
			return false
		}
	}
	return s != ""
}

// id returns the name that an entry asks for: its anchor as written where
// that is safe in a URL, else a slug of the anchor or of the question.
func (e *Entry) id() string {
	switch {
	case urlSafe(e.Anchor):
		return e.Anchor
	case e.Anchor != "":
		return Slug(e.Anchor)
	}
	return Slug(e.Question)
}
