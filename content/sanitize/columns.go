package sanitize

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// shortCell is the most letters in a short cell: about as many as fit side by
// side into a cell with a long text, which is 7rem wide on the pages.
const shortCell = 12

// shorten says of a cell whether it is short, so that a page can give room to
// the others alone.
func shorten(cell *html.Node) {
	if letters(cell) <= shortCell {
		set(cell, "class", strings.TrimSpace(attr(cell.Attr, "class")+" kb-short"))
	}
}

// letters returns how many letters are in n, or any number above shortCell.
// Those of Chinese, Japanese and Korean are as wide as two, and nobody knows
// how wide an image is.
func letters(n *html.Node) int {
	if isImage(n) {
		return shortCell + 1
	}
	count := 0
	if n.Type == html.TextNode {
		count = lettersIn(n.Data)
	}
	for c := n.FirstChild; c != nil && count <= shortCell; c = c.NextSibling {
		count += letters(c)
	}
	return count
}

func lettersIn(text string) int {
	count := 0
	for _, r := range text {
		switch {
		case count > shortCell:
			return count
		case unicode.IsSpace(r):
		case r >= '\u2e80':
			count += 2
		default:
			count++
		}
	}
	return count
}
