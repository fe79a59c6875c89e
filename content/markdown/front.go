package markdown

import (
	"slices"
	"strings"
	"time"

	"kb/content"
	"kb/content/data"
)

// meta takes title, address and the decoded fields from the front matter.
func (p *page) meta() {
	v := p.front.Value
	if v == nil {
		return
	}
	p.out.Meta, _ = v.Any().(map[string]any)
	p.title = cleanQuestion(plain(render(p.reader.md, v.Field("title").String())))
	p.titled = p.title != ""
	p.out.Title = p.title
	p.address(v)
}

// address takes from the front matter what it says of the page's address.
func (p *page) address(v *data.Value) {
	p.out.Permalink, p.out.Slug = v.Field("permalink", "url").String(), v.Field("slug").String()
	if p.idStyle() != "docusaurus" {
		return
	}
	if strings.HasPrefix(p.out.Slug, "/") {
		p.out.Permalink, p.out.Slug = p.out.Slug, ""
	}
	if p.out.Slug == "" {
		p.out.Slug = v.Field("id").String()
	}
}

// draft reports whether the page says that it is not published, and nobody asked
// for such pages.
func (p *page) draft() bool {
	read := p.reader.opt.Drafts && p.hint.Drafts == "" || p.hint.Drafts == "read"
	v := p.front.Value
	if v == nil || read {
		return false
	}
	published := v.Field("published").String()
	return strings.EqualFold(v.Field("draft").String(), "true") || strings.EqualFold(published, "false")
}

// frontItems returns the questions that stand in the front matter. Where all is
// about questions, titles with a text are some.
func (p *page) frontItems(faq bool) []data.Item {
	v := p.front.Value
	if v == nil {
		return nil
	}
	rest := &data.Value{Kind: data.Map, Line: v.Line}
	for _, f := range v.Fields {
		if f.Value.Kind == data.List || f.Value.Kind == data.Map {
			rest.Fields = append(rest.Fields, f)
		}
	}
	return data.Walk{FAQ: faq, Lang: p.reader.opt.Site.Lang()}.Items(rest)
}

// titledItems returns the titles that ask in the front matter of a page that is
// called a FAQ and shows no other question. One alone may call to something.
func (p *page) titledItems() []data.Item {
	if !p.called {
		return nil
	}
	items := p.frontItems(true)
	asking := 0
	for _, it := range items {
		if endsAsking(it.Question) {
			asking++
		}
	}
	if asking < 2 || 2*asking < len(items) {
		return nil
	}
	return items
}

// aliases returns other ways to ask the one question of a page. Site generators
// keep old addresses of the page under the same name.
func (p *page) aliases() []string {
	if p.front.Value == nil {
		return nil
	}
	return slices.DeleteFunc(p.front.Value.Field("aliases").Strings(), func(a string) bool { return strings.Contains(a, "/") })
}

// finish gives an entry what the front matter says of the whole page, and adds it.
func (p *page) finish(e *content.Entry) {
	if v := p.front.Value; v != nil {
		e.Tags = append(v.Field("tags").Strings(), e.Tags...)
		if e.Lang == "" {
			e.Lang = v.Field("language", "lang", "locale").String()
		}
		for _, key := range []string{"lastmod", "last_modified_at", "updated", "lastupdated", "last_updated", "date"} {
			if t, ok := moment(v.Field(key)); ok {
				e.Updated = t
				break
			}
		}
	}
	p.out.Entries = append(p.out.Entries, e)
}

// moment reads a date as front matter has them.
func moment(v *data.Value) (time.Time, bool) {
	if v == nil {
		return time.Time{}, false
	}
	if t, ok := v.Go.(time.Time); ok {
		return t, true
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly, time.DateTime, "2006-01-02T15:04:05", "January 2, 2006", "2006/01/02"} {
		if t, err := time.Parse(layout, v.String()); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
