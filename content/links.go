package content

import (
	"html"
	"html/template"
	"net/url"
	"path"
	"strings"
)

// EntryPath returns the path of an entry's permanent page, below the place
// where the site is mounted. Links from one answer to another entry are of
// this form too.
func EntryPath(id string) string { return "/q/" + url.PathEscape(id) }

// A target is a place that a link can name: a page without its extension, and
// a fragment on it.
type target struct{ page, fragment string }

// link turns links from an answer to another entry's place in the source into
// links to that entry's page, and gives fragments of the same page that are no
// entry the address of the page.
func (c *Corpus) link() {
	ids := make(map[target]string, 2*len(c.Entries))
	for _, p := range c.Pages {
		for _, e := range p.Entries {
			ids[target{stem(p.Path), e.ID}] = e.ID
		}
	}
	for _, p := range c.Pages {
		for _, e := range p.Entries {
			if e.Anchor != "" {
				ids[target{stem(p.Path), e.Anchor}] = e.ID
			}
		}
	}
	for _, p := range c.Pages {
		for _, e := range p.Entries {
			e.Answer.HTML = c.relinked(e.Answer.HTML, p.Path, ids)
		}
	}
}

// relinked returns an answer of the page from with its links to fragments
// rewritten.
func (c *Corpus) relinked(answer template.HTML, from string, ids map[target]string) template.HTML {
	var b strings.Builder
	rest := string(answer)
	for strings.Contains(rest, "#") {
		before, attr, _ := strings.Cut(rest, `href="`)
		link, after, ok := strings.Cut(attr, `"`)
		if !ok {
			break
		}
		attr = `href="` + link + `"`
		if to, fragment, ok := strings.Cut(link, "#"); ok && fragment != "" {
			attr = c.relink(attr, from, html.UnescapeString(to), html.UnescapeString(fragment), ids)
		}
		b.WriteString(before)
		b.WriteString(attr)
		rest = after
	}
	return template.HTML(b.String() + rest)
}

func (c *Corpus) relink(attr, from, to, fragment string, ids map[target]string) string {
	page, inside := c.pagePath(from, to)
	if !inside {
		return attr
	}
	if id, ok := ids[target{stem(page), fragment}]; ok {
		return `href="` + EntryPath(id) + `"`
	}
	if to != "" || c.Site.BaseURL == "" || strings.HasPrefix(fragment, "kb-") {
		return attr
	}
	return `href="` + html.EscapeString(strings.TrimSuffix(c.Site.BaseURL, "/")+"/"+from+"#"+fragment) + `"`
}

// pagePath returns the path of the page that a link in the page from leads to,
// if that is inside the content.
func (c *Corpus) pagePath(from, to string) (string, bool) {
	base := strings.TrimSuffix(c.Site.BaseURL, "/") + "/"
	switch {
	case to == "":
		return from, true
	case base != "/" && strings.HasPrefix(to, base):
		return strings.TrimPrefix(to, base), true
	case strings.HasPrefix(to, "/"), strings.Contains(to, ":"):
		return "", false
	}
	return path.Join(path.Dir(from), to), true
}

// stem returns what the addresses of one page have in common, whatever the
// generator that publishes it: docs/faq.md, docs/faq.html, docs/faq/ and
// docs/faq/index.html are all docs/faq.
func stem(p string) string {
	p = strings.TrimSuffix(strings.TrimPrefix(p, "./"), "/")
	switch ext := path.Ext(p); ext {
	case ".md", ".markdown", ".mdx", ".html", ".htm":
		p = strings.TrimSuffix(p, ext)
	}
	switch path.Base(p) {
	case "index", "_index", "README":
		p = path.Dir(p)
	}
	return p
}
