package sanitize

import (
	"net/url"
	"slices"
	"strings"
)

// isLink reports whether an answer may link to s: to a relative address, to a
// page on the web, a mailbox or a telephone.
func isLink(s string) bool { return hasScheme(s, "", "http", "https", "mailto", "tel") }

// isSource reports whether an answer may show the image at s.
func isSource(s string) bool { return hasScheme(s, "", "http", "https") }

// hasScheme reports whether s is an address with one of the schemes. What
// package url and browsers could read in two ways is no address: controls and
// white space, and a colon that ends no scheme.
func hasScheme(s string, schemes ...string) bool {
	if strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' }) {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && slices.Contains(schemes, u.Scheme) && *u != url.URL{}
}

func isText(string) bool { return true }

func isOneOf(s string, names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(s, name) })
}

func isAlignment(s string) bool { return isOneOf(s, "kb-left", "kb-center", "kb-right") }

// isLanguageClass reports whether s names the programming language of code.
func isLanguageClass(s string) bool {
	name, ok := strings.CutPrefix(s, "language-")
	return ok && isBrief(name) && onlyHas(name, isLanguage)
}

// isLanguageTag reports whether s has the form of a BCP 47 tag.
func isLanguageTag(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if i == 0 && (len(part) < 2 || !onlyHas(part, isLetter)) {
			return false
		}
		if len(part) < 1 || len(part) > 8 || !onlyHas(part, func(r rune) bool { return isLetter(r) || isDigit(r) }) {
			return false
		}
	}
	return true
}

// isDatetime reports whether s has only what dates and times are written with.
func isDatetime(s string) bool {
	return isBrief(s) && onlyHas(s, func(r rune) bool {
		return isDigit(r) || 'A' <= r && r <= 'Z' || strings.ContainsRune(":.+ -", r)
	})
}

// isSpan reports whether s is a number of columns or rows, 1 to 999.
func isSpan(s string) bool { return isNumber(s, 3) && s[0] != '0' }

// isPlace reports whether s is the number of an item in a list.
func isPlace(s string) bool { return isNumber(strings.TrimPrefix(s, "-"), 6) }

// isNumber reports whether s is one to so many decimal digits.
func isNumber(s string, digits int) bool {
	return 0 < len(s) && len(s) <= digits && onlyHas(s, isDigit)
}

// isBrief reports whether s is as long as names and dates are.
func isBrief(s string) bool { return 0 < len(s) && len(s) <= 40 }

func onlyHas(s string, wanted func(rune) bool) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !wanted(r) })
}

func isDigit(r rune) bool  { return '0' <= r && r <= '9' }
func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
