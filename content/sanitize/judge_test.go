package sanitize

import (
	"html/template"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestJudges holds that the policy, and the oracle that judges its answers, find
// what they are there for, each in its own words.
func TestJudges(t *testing.T) {
	policy := allowlist()
	for _, bad := range []string{
		`<script>alert(1)</script>`, `<p onclick="alert(1)">x</p>`, `<a href="javascript:alert(1)">x</a>`,
		`<img src="data:image/svg+xml,x"/>`, `<p style="position:fixed">x</p>`, `<svg></svg>`, `<p class="x">x</p>`,
		`<p id="wrapper">x</p>`, `<form></form>`, `<!-- x -->`, `<iframe src="/x"></iframe>`, `<h1>x</h1>`,
		`<img src="mailto:x"/>`, `<span class="language-go">x</span>`, `<p width="9">x</p>`, `<ol start="x"></ol>`,
		`<a role="button" href="/">x</a>`, `<a target="_blank" href="/">x</a>`,
	} {
		if policy.Sanitize(bad) == bad {
			t.Errorf("bluemonday finds nothing in %s", bad)
		}
		if len(flaws(template.HTML(bad), "kb-")) == 0 {
			t.Errorf("no flaw is found in %s", bad)
		}
	}
}

// TestPolicy holds that the policy takes nothing away that the oracle knows.
func TestPolicy(t *testing.T) {
	policy := allowlist()
	for _, name := range knownElements {
		if good := newTag(name); policy.Sanitize(good) != good {
			t.Errorf("bluemonday makes %q of %s", policy.Sanitize(good), good)
		}
	}
}

func newTag(name string) string {
	e := elements[name]
	if e.kind == void || e.kind == rule {
		return "<" + name + "/>"
	}
	return "<" + name + "></" + name + ">"
}

// isJudged reports whether the attribute may stand on the element.
func isJudged(element string, a html.Attribute) bool {
	return a.Namespace == "" && slices.ContainsFunc(judged[:], func(b attribute) bool {
		return a.Key == b.name && b.stands(element) && b.takes(a.Val)
	})
}

// An attribute may stand on some elements with the values that it takes.
type attribute struct {
	name  string
	on    string // names of elements, or "" for all
	takes func(value string) bool
}

func (a attribute) stands(element string) bool {
	if a.on == "" || a.on == element {
		return true
	}
	for name := range strings.FieldsSeq(a.on) {
		if name == element {
			return true
		}
	}
	return false
}

// judged are the attributes that an answer may hold, written out a second time,
// so that a slip in the policy is not a slip in its test.
var judged = [...]attribute{
	{"href", "a", isLink},
	{"src", "img", isSource},
	{"class", "code pre", isLanguageClass},
	{"class", "td th", isCellClass},
	{"id", "", func(s string) bool { return strings.HasPrefix(s, "kb-") && !strings.ContainsAny(s, " \t\n\r\f") }},
	{"loading", "img", func(s string) bool { return s == "lazy" }},
	{"class", "span", isHighlight},
	{"dir", "", func(s string) bool { return isOneOf(s, "ltr", "rtl", "auto") }},
	{"lang", "", isLanguageTag},
	{"title", "a abbr dfn img", isText},
	{"alt", "img", isText},
	{"width", "img", func(s string) bool { return isNumber(s, 4) }},
	{"height", "img", func(s string) bool { return isNumber(s, 4) }},
	{"start", "ol", isPlace},
	{"value", "li", isPlace},
	{"reversed", "ol", isText},
	{"type", "ol", func(s string) bool { return isOneOf(s, "1", "a", "i") }},
	{"open", "details", isText},
	{"colspan", "td th", isSpan},
	{"rowspan", "td th", isSpan},
	{"scope", "th", func(s string) bool { return isOneOf(s, "row", "col", "rowgroup", "colgroup") }},
	{"datetime", "time del ins", isDatetime},
	{"role", "a div", func(s string) bool { return isOneOf(s, "doc-noteref", "doc-backlink", "doc-endnotes") }},
}

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

func isCellClass(s string) bool {
	alignment := strings.TrimSuffix(s, " kb-short")
	return s == "kb-short" || isOneOf(alignment, "kb-left", "kb-center", "kb-right")
}

// isLanguageClass reports whether s names the programming language of code.
func isLanguageClass(s string) bool {
	name, ok := strings.CutPrefix(s, "language-")
	return ok && isBrief(name) && onlyHas(name, isLanguage)
}

func isHighlight(s string) bool {
	return slices.ContainsFunc(Classes(), func(c Class) bool { return c.Name == s })
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
