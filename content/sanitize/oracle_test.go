package sanitize

import (
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// known is written out here a second time, so that a slip in the policy is
// not a slip in its test.
var knownElements = strings.Fields(`a abbr b bdi bdo blockquote br caption cite code dd del details
	dfn div dl dt em figcaption figure h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp
	small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr`)

var knownAttributes = strings.Fields(`alt class colspan datetime dir height href id lang loading open
	reversed role rowspan scope src start title type value width`)

// checkAnswer reports what is wrong with the answer to any fragment.
func checkAnswer(t *testing.T, p *Policy, fragment, prefix string) {
	t.Helper()
	a := p.Answer(fragment, prefix)
	for _, flaw := range flaws(a.HTML, idPrefix(prefix)) {
		t.Errorf("%q: %s: in %s", fragment, flaw, a.HTML)
	}
	if again := p.allow().Sanitize(string(a.HTML)); again != string(a.HTML) {
		t.Errorf("%q: bluemonday finds something in the answer:\n%s\n%s", fragment, a.HTML, again)
	}
	if ours, read := sorted(string(a.HTML)), sorted(browsed(t, string(a.HTML))); ours != read {
		t.Errorf("%q: a browser reads the answer in another way:\n%s\n%s", fragment, ours, read)
	}
	if again := p.Answer(string(a.HTML), prefix); again.HTML != a.HTML {
		t.Errorf("%q: not a fixed point:\n%s\n%s", fragment, a.HTML, again.HTML)
	}
	if used, fresh := render(p.balance(valid(fragment))), render(balance(valid(fragment))); used != fresh {
		t.Errorf("%q: a used scanner reads it in another way:\n%s\n%s", fragment, fresh, used)
	}
	if i := strings.IndexFunc(a.Text, unprintable); i >= 0 {
		t.Errorf("%q: unprintable text %q", fragment, a.Text[i:])
	}
}

// browsed returns an answer as it is once a browser has read it.
func browsed(t *testing.T, answer string) string {
	t.Helper()
	div := newElement("div", nil)
	root := &div
	nodes, err := html.ParseFragment(strings.NewReader(answer), root)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	return render(root)
}

// sorted returns HTML with attributes in the order of their names, which the
// parser changes.
func sorted(answer string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(answer))
	for z.Next() != html.ErrorToken {
		t := z.Token()
		slices.SortFunc(t.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
		b.WriteString(t.String())
	}
	return b.String()
}

// flaws returns what in an answer could harm the page that shows it. It reads
// the answer as a browser does, in a wrapper of its own.
func flaws(answer template.HTML, prefix string) (found []string) {
	page := "<!DOCTYPE html><main><div id=wrapper>" + string(answer) + "</div></main><footer></footer>"
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	var wrapper *html.Node
	outside := 0
	for n := range doc.Descendants() {
		if attr(n.Attr, "id") == "wrapper" {
			wrapper = n
		}
		outside++
	}
	ids := make(map[string]bool)
	for n := range wrapper.Descendants() {
		outside--
		found = append(found, nodeFlaws(n, prefix)...)
		if id := attr(n.Attr, "id"); id != "" && ids[id] {
			found = append(found, "id twice: "+id)
		} else {
			ids[id] = true
		}
	}
	// The doctype, html, head, body, main, the wrapper and footer.
	if outside != 7 || wrapper.NextSibling != nil || wrapper.Parent.DataAtom != atom.Main {
		found = append(found, fmt.Sprintf("leaves its wrapper: %d nodes outside", outside))
	}
	return found
}

func nodeFlaws(n *html.Node, prefix string) (found []string) {
	switch {
	case n.Type == html.TextNode:
		return nil
	case n.Type != html.ElementNode || n.Namespace != "" || !slices.Contains(knownElements, n.Data):
		return []string{fmt.Sprintf("node %s:%s of type %d", n.Namespace, n.Data, n.Type)}
	}
	for p := range n.Ancestors() {
		if n.DataAtom == atom.A && p.DataAtom == atom.A {
			found = append(found, "link in a link")
		}
	}
	for i, a := range n.Attr {
		if !slices.Contains(knownAttributes, a.Key) || a.Namespace != "" {
			found = append(found, "attribute "+a.Key)
		}
		if attr(n.Attr[:i], a.Key) != "" {
			found = append(found, "attribute twice: "+a.Key)
		}
		if !isJudged(n.Data, a) {
			found = append(found, fmt.Sprintf("%s=%q on %s", a.Key, a.Val, n.Data))
		}
		if flaw := valueFlaw(n.Data, a, prefix); flaw != "" {
			found = append(found, flaw)
		}
	}
	return found
}

func valueFlaw(element string, a html.Attribute, prefix string) string {
	switch a.Key {
	case "id":
		if !strings.HasPrefix(a.Val, prefix) {
			return "id without its prefix: " + a.Val
		}
	case "href", "src":
		u, err := url.Parse(a.Val)
		allowed := []string{"", "http", "https"}
		if a.Key == "href" {
			allowed = append(allowed, "mailto", "tel")
		}
		if err != nil || !slices.Contains(allowed, u.Scheme) || unlikeURL(a.Val) {
			return a.Key + " " + a.Val
		}
	case "class":
		return classFlaw(element, a.Val)
	}
	return ""
}

// unlikeURL reports whether a browser would read s as another address than
// package url does: it passes over controls, and white space at either end.
func unlikeURL(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || unprintable(r) })
}

func classFlaw(element, class string) string {
	switch element {
	case "span":
		if slices.ContainsFunc(Classes(), func(c Class) bool { return c.Name == class }) {
			return ""
		}
	case "td", "th":
		if isCellClass(class) {
			return ""
		}
	case "pre", "code":
		if strings.HasPrefix(class, "language-") && !strings.Contains(class, " ") {
			return ""
		}
	}
	return "class " + class + " on " + element
}
