package sanitize

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// hide leaves out what follows, up to the end tag of e. If there is no such
// tag, as with <iframe/> in JSX, only the tag itself is left out, so that the
// rest of the answer stays; a script or style reaches to the end then.
func (b *balancer) hide(e element, t html.Token) {
	b.linked = false
	if e.kind == media {
		b.link(t.Attr)
	}
	code := t.Type == html.StartTagToken && (e.name == "script" || e.name == "style")
	if code || b.lastEnd(t.Data) >= b.read {
		b.hidden = t.Data
		return
	}
	b.z.NextIsNotRawText()
}

// lastEnd returns where the last end tag of that name is in the source, or -1.
func (b *balancer) lastEnd(name string) int {
	i, known := b.last[name]
	if !known {
		i = lastFold(b.src, "</"+name)
		if b.last == nil {
			b.last = make(map[string]int)
		}
		b.last[name] = i
	}
	return i
}

// lastFold is strings.LastIndex with ASCII letters of s in either case; tag is
// in lower case.
func lastFold(s, tag string) int {
	for end := len(s); ; {
		i := strings.LastIndex(s[:end], "</")
		if i < 0 || len(s)-i >= len(tag) && strings.EqualFold(s[i:i+len(tag)], tag) {
			return i
		}
		end = i
	}
}

// source takes the address of hidden media from a source element in it.
func (b *balancer) source(t html.Token) {
	if t.Data == "source" && !b.linked && elements[b.hidden].kind == media {
		b.link(t.Attr)
	}
}

// link writes a paragraph with a link to the media whose tag has the attributes, so that an
// answer that is a film is not an empty one.
func (b *balancer) link(attrs []html.Attribute) {
	src, title := attr(attrs, "src"), attr(attrs, "title")
	if src == "" {
		src = attr(attrs, "data")
	}
	u, err := url.Parse(strings.TrimSpace(src))
	if err != nil || src == "" || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return
	}
	if title == "" {
		title = src
	}
	hidden := b.hidden
	b.hidden, b.linked = "", true
	b.start(html.Token{Data: "p"})
	b.start(html.Token{Data: "a", Attr: []html.Attribute{{Key: "href", Val: src}}})
	b.text(title)
	b.end("p")
	b.hidden = hidden
}

// attr returns the value of the first attribute of that name, or "".
func attr(attrs []html.Attribute, name string) string {
	for _, a := range attrs {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
