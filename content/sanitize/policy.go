package sanitize

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// allowlist returns what an answer may hold, in the terms of bluemonday. It is
// the one place that decides: bluemonday reads every answer last of all, and
// what it writes is what is shown. All that runs before it brings the source
// into these terms, so that it finds nothing to take away but attributes.
func allowlist() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowNoAttrs().OnElements("a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "dd",
		"del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h4", "h5", "h6", "hr", "i", "img",
		"ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong",
		"sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr")
	allowAddresses(p)
	allowText(p)
	allowLists(p)
	allowClasses(p)
	return p
}

// schemes are those of the addresses that an answer may link to, beside
// relative ones. Images have the first two.
var schemes = [...]string{"http", "https", "mailto", "tel"}

func allowAddresses(p *bluemonday.Policy) {
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(true)
	p.AllowURLSchemes(schemes[:]...)
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^(?:https?:|[^:]*$|[^:]*[/?#])`)).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("loading").Matching(word("lazy")).OnElements("img")
	p.AllowAttrs("width", "height").Matching(word("[0-9]{1,4}")).OnElements("img")
}

func allowText(p *bluemonday.Policy) {
	p.AllowAttrs("id").Matching(word(`kb-\S+`)).Globally()
	p.AllowAttrs("dir").Matching(word("ltr|rtl|auto")).Globally()
	p.AllowAttrs("lang").Matching(word(`[a-z]{2,8}(?:-[a-z0-9]{1,8})*`)).Globally()
	p.AllowAttrs("title").OnElements("a", "abbr", "dfn", "img")
	p.AllowAttrs("role").Matching(word("doc-(?:noteref|backlink|endnotes)")).OnElements("a", "div")
	p.AllowAttrs("datetime").Matching(regexp.MustCompile(`^[0-9A-Z:.+ -]{1,40}$`)).OnElements("time", "del", "ins")
	p.AllowAttrs("open").OnElements("details")
}

func allowLists(p *bluemonday.Policy) {
	place := word("-?[0-9]{1,6}")
	p.AllowAttrs("start").Matching(place).OnElements("ol")
	p.AllowAttrs("value").Matching(place).OnElements("li")
	p.AllowAttrs("reversed").OnElements("ol")
	p.AllowAttrs("type").Matching(word("[1ai]")).OnElements("ol")
	p.AllowAttrs("colspan", "rowspan").Matching(word("[1-9][0-9]{0,2}")).OnElements("td", "th")
	p.AllowAttrs("scope").Matching(word("(?:row|col)(?:group)?")).OnElements("th")
}

func allowClasses(p *bluemonday.Policy) {
	p.AllowAttrs("class").Matching(word("hl-[a-z]{1,2}")).OnElements("span")
	p.AllowAttrs("class").Matching(word("kb-(?:left|center|right|short)|kb-(?:left|center|right) kb-short")).OnElements("td", "th")
	p.AllowAttrs("class").Matching(word("language-[a-z0-9+#_.-]{1,40}")).OnElements("code", "pre")
}

// word matches what is one of the alternatives, in letters of either case.
func word(alternatives string) *regexp.Regexp {
	return regexp.MustCompile(`^(?i:` + alternatives + `)$`)
}
