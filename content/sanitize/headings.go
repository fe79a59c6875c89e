package sanitize

import (
	"fmt"
	"html/template"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// TopHeading is the level of the first heading in an answer, for pages where
// questions are h3.
const TopHeading = 4

// heading gives a heading its level: one more than that of the heading it
// stands under.
func (t *tree) heading(n *html.Node) {
	level := n.Data[1]
	depth := len(t.outline)
	for depth > 0 && t.outline[depth-1] >= level {
		depth--
	}
	t.outline = append(t.outline[:depth], level)
	n.Data = fmt.Sprintf("h%d", min(TopHeading+depth, 6))
	n.DataAtom = atom.Lookup([]byte(n.Data))
}

// Outline returns an answer's HTML with its headings beginning at level top,
// 1 to TopHeading, for a page where questions are of the level above.
func Outline(answer template.HTML, top int) template.HTML {
	var pairs []string
	for level := TopHeading; level <= 6; level++ {
		from, to := fmt.Sprintf("h%d", level), fmt.Sprintf("h%d", level-TopHeading+top)
		pairs = append(pairs, "<"+from+">", "<"+to+">", "<"+from+" ", "<"+to+" ", "</"+from+">", "</"+to+">")
	}
	// Answer escapes every < that is not the beginning of a tag.
	return template.HTML(strings.NewReplacer(pairs...).Replace(string(answer)))
}
