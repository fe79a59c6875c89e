package accordion

import (
	"strings"

	"golang.org/x/net/html"
)

// A Tag is the start or the end of an element that can hold blocks.
type Tag struct {
	Name string
	End  bool
}

// Tags returns the tags in a piece of HTML that need not be balanced, leaving
// out elements whose end may be left out and those that hold no blocks.
func Tags(piece string) []Tag {
	if name, ok := endTag(strings.TrimSpace(piece)); ok {
		return appendTag(nil, name, true) // the most frequent piece
	}
	var tags []Tag
	z := html.NewTokenizer(strings.NewReader(piece))
	for {
		t := z.Next()
		if t == html.ErrorToken {
			return tags
		}
		if t != html.StartTagToken && t != html.EndTagToken {
			continue
		}
		raw, _ := z.TagName()
		tags = appendTag(tags, string(raw), t == html.EndTagToken)
	}
}

func appendTag(tags []Tag, name string, end bool) []Tag {
	switch name {
	case "details", "summary", "dl", "div", "section", "article", "main", "aside", "header", "footer", "nav",
		"center", "ul", "ol", "table", "button", "form", "fieldset", "h1", "h2", "h3", "h4", "h5", "h6":
		return append(tags, Tag{name, end})
	}
	return tags
}

// endTag returns the name in a piece that is one end tag in lower case.
func endTag(piece string) (string, bool) {
	name, isEnd := strings.CutPrefix(piece, "</")
	name, ok := strings.CutSuffix(name, ">")
	return name, isEnd && ok && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz123456") == ""
}

// Holds reports whether a piece of HTML may hold questions or headings: a
// quick look that saves a parse.
func Holds(piece string) bool {
	piece = strings.ToLower(piece)
	return HoldsQuestion(piece) || has(piece, "<table", "<h1", "<h2", "<h3", "<h4", "<h5", "<h6", "<strong", "<b>", "<li", "<p>q") ||
		has(piece, "itemtype", "class") && strings.ContainsAny(piece, "?？؟")
}

// HoldsQuestion reports the same for questions alone.
func HoldsQuestion(piece string) bool { return HoldsControl(piece) || has(piece, "<details", "<dl") }

// HoldsRow reports whether a piece of HTML may hold an item of a list or a row of a
// table that asks.
func HoldsRow(piece string) bool {
	return strings.ContainsAny(piece, "?？؟") && has(piece, "<li", "<tr")
}

// HoldsControl reports the same for controls that open a panel.
func HoldsControl(piece string) bool {
	return has(piece, "aria-controls", "aria-expanded", `toggle="collapse`, "toggle='collapse", "toggle=collapse", "<label")
}

func has(piece string, marks ...string) bool {
	lower := strings.ToLower(piece)
	for _, m := range marks {
		if strings.Contains(lower, m) {
			return true
		}
	}
	return false
}
