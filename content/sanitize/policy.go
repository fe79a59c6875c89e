package sanitize

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// allow takes from the nodes in root all that an answer may not hold. It is the
// one place that decides; what runs before it only brings the source into its
// terms, and what runs after it adds nothing that an author wrote. It works on
// the nodes that will be written, so that no second reading of the source can
// find more in it, and it leaves no element whose text is written without
// escapes.
func allow(root *html.Node) {
	for _, n := range slices.Collect(root.Descendants()) {
		switch {
		case n.Type == html.TextNode:
		case n.Type != html.ElementNode || n.Namespace != "":
			n.Parent.RemoveChild(n)
		case !permitted(n.Data):
			unwrap(n)
		default:
			if n.Attr = permit(n.Data, n.Attr); idle(n.Data, n.Attr) {
				unwrap(n)
			}
		}
	}
}

// permitted reports whether an answer may hold the element.
func permitted(name string) bool {
	e := elements[name]
	return e.name == name && 0 < e.kind && e.kind < check
}

// permit returns those of the attributes that may stand on the element.
func permit(element string, attrs []html.Attribute) []html.Attribute {
	return slices.DeleteFunc(attrs, func(a html.Attribute) bool { return !allowed(element, a) })
}

// idle reports whether the element is nothing without an attribute that is not
// there.
func idle(element string, attrs []html.Attribute) bool {
	switch element {
	case "a":
		return attr(attrs, "href") == "" && attr(attrs, "id") == ""
	case "img":
		return len(attrs) == 0
	}
	return false
}

// allowed reports whether the attribute may stand on the element.
func allowed(element string, a html.Attribute) bool {
	return a.Namespace == "" && slices.ContainsFunc(attributes[:], func(b attribute) bool {
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

// attributes are those that an answer may hold.
var attributes = [...]attribute{
	{"href", "a", isLink},
	{"src", "img", isSource},
	{"class", "code pre", isLanguageClass},
	{"class", "td th", isAlignment},
	{"id", "", func(s string) bool { return strings.Trim(s, " \t\n\r\f") != "" }},
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
