package sanitize

import (
	"html/template"
	"regexp"
	"sync"
	"testing"

	"github.com/microcosm-cc/bluemonday"
)

// judge is the policy of kb in the terms of bluemonday, which many sites have
// trusted for years: it must find nothing to take out of an answer. It does not
// make the answers because every program that links it compiles a hundred
// regular expressions when it starts.
var judge = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(knownElements...)
	p.AllowNoAttrs().OnElements("bdo") // which bluemonday's own list lacks
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(true)
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^(?i:https?:|[^:]*$|[^:]*[/?#])`)).OnElements("img")
	p.AllowAttrs("loading").Matching(word("lazy")).OnElements("img")
	p.AllowAttrs("class").Matching(word("hl-[a-z]{1,2}")).OnElements("span")
	judgeAttributes(p)
	return p
})

func judgeAttributes(p *bluemonday.Policy) {
	number := regexp.MustCompile(`^-?[0-9]{1,6}$`)
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^kb-\S*$`)).Globally()
	p.AllowAttrs("dir").Matching(word("ltr|rtl|auto")).Globally()
	p.AllowAttrs("lang").Matching(word(`[a-z]{2,8}(-[a-z0-9]{1,8})*`)).Globally()
	p.AllowAttrs("title").OnElements("a", "abbr", "dfn", "img")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(regexp.MustCompile(`^[0-9]{1,4}$`)).OnElements("img")
	p.AllowAttrs("start").Matching(number).OnElements("ol")
	p.AllowAttrs("reversed").OnElements("ol")
	p.AllowAttrs("type").Matching(word("[1ai]")).OnElements("ol")
	p.AllowAttrs("value").Matching(number).OnElements("li")
	p.AllowAttrs("open").OnElements("details")
	p.AllowAttrs("colspan", "rowspan").Matching(regexp.MustCompile(`^[1-9][0-9]{0,2}$`)).OnElements("td", "th")
	p.AllowAttrs("scope").Matching(word("(row|col)(group)?")).OnElements("th")
	p.AllowAttrs("datetime").Matching(regexp.MustCompile(`^[0-9A-Z:.+ -]{1,40}$`)).OnElements("time", "del", "ins")
	p.AllowAttrs("role").Matching(word("doc-(noteref|backlink|endnotes)")).OnElements("a", "div")
	p.AllowAttrs("class").Matching(word("kb-(left|center|right)")).OnElements("td", "th")
	p.AllowAttrs("class").Matching(word("language-[a-z0-9+#_.-]{1,40}")).OnElements("code", "pre")
}

func word(alternatives string) *regexp.Regexp {
	return regexp.MustCompile(`^(?i:` + alternatives + `)$`)
}

// TestJudges holds that both judges of answers find what they are there for.
func TestJudges(t *testing.T) {
	for _, bad := range []string{
		`<script>alert(1)</script>`, `<p onclick="alert(1)">x</p>`, `<a href="javascript:alert(1)">x</a>`,
		`<img src="data:image/svg+xml,x"/>`, `<p style="position:fixed">x</p>`, `<svg></svg>`, `<p class="x">x</p>`,
		`<p id="wrapper">x</p>`, `<form></form>`, `<!-- x -->`, `<iframe src="/x"></iframe>`, `<h1>x</h1>`,
	} {
		if judge().Sanitize(bad) == bad {
			t.Errorf("bluemonday finds nothing in %s", bad)
		}
		if len(flaws(template.HTML(bad), "kb-")) == 0 {
			t.Errorf("no flaw is found in %s", bad)
		}
	}
}
