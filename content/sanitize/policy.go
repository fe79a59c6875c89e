package sanitize

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// policy returns what an answer may hold. It is the one place that decides;
// what runs before it only brings the source into its terms, and what runs
// after it adds nothing that an author wrote.
func policy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	for _, e := range elements {
		if e.kind < check {
			p.AllowElements(e.name)
		}
	}
	p.AllowNoAttrs().OnElements("bdo") // which bluemonday's own list lacks
	allowLinks(p)
	allowAttributes(p)
	return p
}

func allowLinks(p *bluemonday.Policy) {
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(true)
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^(?i:https?:|[^:]*$|[^:]*[/?#])`)).OnElements("img")
}

func allowAttributes(p *bluemonday.Policy) {
	number := regexp.MustCompile(`^-?[0-9]{1,6}$`)
	word := func(alternatives string) *regexp.Regexp {
		return regexp.MustCompile(`^(?i:` + alternatives + `)$`)
	}
	p.AllowAttrs("id").Matching(regexp.MustCompile(`\S`)).Globally()
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
