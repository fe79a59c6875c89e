package sanitize

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// normalize returns the attributes in the terms of the policy: what HTML has
// newer words for is said with those, and what classes and styles mean is said
// with the few classes that answers have.
func normalize(e element, attrs []html.Attribute) []html.Attribute {
	if len(attrs) == 0 {
		return nil
	}
	out := make([]html.Attribute, 0, len(attrs))
	for _, a := range attrs {
		a.Val = printable(a.Val)
		switch {
		case a.Key == "name" && e.name == "a" && attr(attrs, "id") == "":
			a.Key = "id"
		case a.Key == "href":
			a.Val = address(a.Val, schemes[:])
		case a.Key == "src":
			a.Val = address(a.Val, schemes[:2])
		case a.Key == "class" || a.Key == "style" || a.Key == "align" || a.Key == "loading",
			a.Key == "lang" && e.name == "pre":
			continue
		}
		if !slices.ContainsFunc(out, func(o html.Attribute) bool { return o.Key == a.Key }) {
			out = append(out, a)
		}
	}
	if class := class(e, attrs); class != "" {
		out = append(out, html.Attribute{Key: "class", Val: class})
	}
	return out
}

// address returns a link as browsers read it: without line breaks and tabs,
// and with spaces encoded. It is empty for what leads nowhere, so that a link
// becomes its text, and an image its description: what the policy does not
// allow, and what package url and browsers could read in two ways, controls and
// a colon that ends no scheme.
func address(s string, schemes []string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\n", ""), "\t", "")
	s = strings.ReplaceAll(strings.TrimSpace(s), " ", "%20")
	if strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' }) {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || *u == (url.URL{}) || u.Scheme != "" && !slices.Contains(schemes, u.Scheme) {
		return ""
	}
	return s
}

// class returns the class of an element with the attributes in an answer.
func class(e element, attrs []html.Attribute) string {
	switch {
	case e.kind == cell:
		return alignment(attrs)
	case e.name == "code" || e.name == "pre":
		if lang := language(e, attrs); lang != "" {
			return "language-" + lang
		}
	}
	return ""
}

// alignment returns kb-left, kb-center or kb-right for a table cell that says
// so in any of the three ways there are, else "".
func alignment(attrs []html.Attribute) string {
	align := strings.ToLower(attr(attrs, "align"))
	if _, style, ok := strings.Cut(strings.ToLower(attr(attrs, "style")), "text-align:"); ok {
		align, _, _ = strings.Cut(style, ";")
	}
	switch class := "kb-" + strings.TrimSpace(align); class {
	case "kb-left", "kb-center", "kb-right":
		return class
	}
	for class := range strings.FieldsSeq(attr(attrs, "class")) {
		switch class {
		case "kb-left", "kb-center", "kb-right":
			return class
		}
	}
	return ""
}

// language returns the name of the programming language of code, in lower
// case, or "". Beside language-go it knows lang-go and <pre lang="go">, and
// leaves out options written after the name, as in go{1,3} or go:main.go.
func language(e element, attrs []html.Attribute) string {
	var name string
	if e.name == "pre" {
		name = attr(attrs, "lang")
	}
	for class := range strings.FieldsSeq(attr(attrs, "class")) {
		if lang, ok := strings.CutPrefix(class, "language-"); ok {
			name = lang
		} else if lang, ok := strings.CutPrefix(class, "lang-"); ok {
			name = lang
		}
	}
	name = strings.ToLower(strings.TrimPrefix(name, "."))
	if i := strings.IndexFunc(name, func(r rune) bool { return !isLanguage(r) }); i >= 0 {
		name = name[:i]
	}
	return name
}

func isLanguage(r rune) bool {
	return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || strings.ContainsRune("+#-_.", r)
}

// checkbox returns a checkbox as a character, which a screen reader can name
// and a terminal can show, and "" for any other input.
func checkbox(attrs []html.Attribute) string {
	if attr(attrs, "type") != "checkbox" {
		return ""
	}
	if slices.ContainsFunc(attrs, func(a html.Attribute) bool { return a.Key == "checked" }) {
		return "☑"
	}
	return "☐"
}
