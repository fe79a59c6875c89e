package accordion

import (
	"strings"

	"golang.org/x/net/html"
)

// closed returns a fragment of JSX with an end tag behind each element that ends
// in its own tag, as in <Icon />, which HTML takes for one that is open.
func closed(fragment string) string {
	if !strings.Contains(fragment, "/>") {
		return fragment
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.SelfClosingTagToken:
			z.NextIsNotRawText()
			b.Write(z.Raw())
			if name, _ := z.TagName(); !void(string(name)) {
				b.WriteString("</" + string(name) + ">")
			}
		default:
			b.Write(z.Raw())
		}
	}
}

// void reports whether an element of HTML never has an end tag.
func void(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr":
		return true
	}
	return false
}
