package sanitize

import "strings"

// An element is what an answer makes of an HTML element that it knows. Tags
// of all others are left out, and what is between them stays.
type element struct {
	name string // what it is called in an answer
	kind kind
}

type kind uint8

const (
	inline  kind = iota + 1
	void         // inline, without content
	rule         // a block without content
	block        // closes an open paragraph
	para         // p
	heading      // h1 to h6
	item         // li
	term         // dt and dd
	table        // holds nothing but what is below
	rows         // thead, tbody, tfoot
	row          // tr
	cell         // td and th
	caption      // of a table
	check        // a checkbox, which becomes a character
	hidden       // left out with its content
	media        // hidden, but a link to it takes its place
)

// elements is keyed by the name in the source. An answer is a part of a page,
// so elements that would claim to be more, such as main and nav, become div;
// obsolete elements become what took their place.
var elements = map[string]element{
	"a": {"a", inline}, "abbr": {"abbr", inline}, "b": {"b", inline}, "bdi": {"bdi", inline},
	"bdo": {"bdo", inline}, "cite": {"cite", inline}, "code": {"code", inline}, "del": {"del", inline},
	"dfn": {"dfn", inline}, "em": {"em", inline}, "i": {"i", inline}, "ins": {"ins", inline},
	"kbd": {"kbd", inline}, "mark": {"mark", inline}, "q": {"q", inline}, "rp": {"rp", inline},
	"rt": {"rt", inline}, "ruby": {"ruby", inline}, "s": {"s", inline}, "samp": {"samp", inline},
	"small": {"small", inline}, "span": {"span", inline}, "strong": {"strong", inline},
	"sub": {"sub", inline}, "sup": {"sup", inline}, "time": {"time", inline}, "u": {"u", inline},
	"var":     {"var", inline},
	"acronym": {"abbr", inline}, "big": {"span", inline}, "font": {"span", inline},
	"strike": {"s", inline}, "tt": {"code", inline},

	"br": {"br", void}, "img": {"img", void}, "wbr": {"wbr", void}, "hr": {"hr", rule},
	"input": {"input", check},

	"blockquote": {"blockquote", block}, "details": {"details", block}, "div": {"div", block},
	"dl": {"dl", block}, "figcaption": {"figcaption", block}, "figure": {"figure", block},
	"ol": {"ol", block}, "pre": {"pre", block}, "summary": {"summary", block}, "ul": {"ul", block},
	"address": {"div", block}, "article": {"div", block}, "aside": {"div", block},
	"center": {"div", block}, "dialog": {"div", block}, "dir": {"ul", block},
	"fieldset": {"div", block}, "footer": {"div", block}, "form": {"div", block},
	"header": {"div", block}, "hgroup": {"div", block}, "legend": {"div", block},
	"listing": {"pre", block}, "main": {"div", block}, "menu": {"ul", block}, "nav": {"div", block},
	"search": {"div", block}, "section": {"div", block}, "xmp": {"pre", block},

	"p":  {"p", para},
	"h1": {"h1", heading}, "h2": {"h2", heading}, "h3": {"h3", heading},
	"h4": {"h4", heading}, "h5": {"h5", heading}, "h6": {"h6", heading},
	"li": {"li", item}, "dt": {"dt", term}, "dd": {"dd", term},

	"table": {"table", table}, "caption": {"caption", caption}, "thead": {"thead", rows},
	"tbody": {"tbody", rows}, "tfoot": {"tfoot", rows}, "tr": {"tr", row},
	"td": {"td", cell}, "th": {"th", cell},

	"canvas": {"canvas", hidden}, "datalist": {"datalist", hidden}, "math": {"math", hidden},
	"noembed": {"noembed", hidden}, "noframes": {"noframes", hidden}, "noscript": {"noscript", hidden},
	"script": {"script", hidden}, "select": {"select", hidden}, "style": {"style", hidden},
	"svg": {"svg", hidden}, "template": {"template", hidden}, "title": {"title", hidden},

	"audio": {"audio", media}, "embed": {"embed", media}, "iframe": {"iframe", media},
	"object": {"object", media}, "video": {"video", media},
}

// Knows reports whether an answer makes something of the element, or leaves it
// out with its content.
func Knows(name string) bool {
	_, ok := elements[strings.ToLower(name)]
	return ok
}

// holdsTags reports whether a table element of kind k holds other table
// elements and nothing else.
func (k kind) holdsTags() bool { return k == table || k == rows || k == row }

// inTable reports whether the parser wants k directly inside a table, its
// sections or its rows.
func (k kind) inTable() bool { return rows <= k && k <= caption }

// closesParagraph reports whether a paragraph cannot hold k.
func (k kind) closesParagraph() bool { return rule <= k && k <= table }

// bounds reports whether an end tag in k means nothing outside of k.
func (k kind) bounds() bool { return k == cell || k == caption }
