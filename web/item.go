package web

import (
	"cmp"
	"html/template"
	"net/url"
	"strings"

	"golang.org/x/text/language"

	"kb/content"
	"kb/content/sanitize"
	"kb/search"
)

// An item is one accordion: a question that opens onto its answer.
type item struct {
	*page
	ID       string
	Question []segment
	Excerpt  []segment
	Section  []string
	Within   int // how many of its sections the page is about
	Answer   template.HTML
	Open     bool
	Level    int    // of its heading
	Action   string // where the button submits to without script, "" for where the form does
}

func (p *page) hitItem(h search.Hit, level int) *item {
	return &item{
		page:     p,
		ID:       h.ID,
		Question: segments(h.Question, h.Highlights["question"]),
		Excerpt:  segments(h.Excerpt, h.Highlights["excerpt"]),
		Section:  h.Section,
		Answer:   p.fit(h.AnswerHTML, level+1),
		Level:    level,
	}
}

func (p *page) entryItem(e *content.Entry) *item {
	return &item{
		page:     p,
		ID:       e.ID,
		Question: segments(e.Question, nil),
		Excerpt:  segments(search.Opening(e.Answer.Text), nil),
		Section:  e.Section,
		Answer:   p.fit(e.Answer.HTML, 3),
		Level:    2,
		Action:   p.Own,
	}
}

// Trail returns the sections of an item that the page is not about.
func (it *item) Trail() ([]crumb, error) {
	all, err := it.Crumbs(it.Section)
	return all[min(it.Within, len(all)):], err
}

// Foreign returns the language of an item where it is not the interface's.
func (it *item) Foreign() string { return it.foreign(it.ID) }

// fit returns an answer with headings that begin at a level, for this site.
func (p *page) fit(answer template.HTML, level int) template.HTML {
	if strings.Contains(string(answer), "<h") {
		answer = sanitize.Outline(answer, level)
	}
	return p.sv.relink(answer)
}

// relink returns an answer with links to other entries that hold where the
// site is mounted.
func (sv *server) relink(answer template.HTML) template.HTML {
	if sv.opt.BasePath == "" {
		return answer
	}
	to := `href="` + content.EntryPath("")
	return template.HTML(strings.ReplaceAll(string(answer), to, `href="`+sv.opt.BasePath+content.EntryPath("")))
}

// foreign returns the language of an entry where it is not that of the
// interface, whatever the region.
func (p *page) foreign(id string) string {
	b := p.brief[id]
	if b == nil {
		return ""
	}
	lang := cmp.Or(b.lang, p.Lang())
	own, _ := p.words.lang.Base()
	if other, _ := language.Make(lang).Base(); other == own {
		return ""
	}
	return lang
}

// everything is the value of the parameter open that means all items.
const everything = "*"

// setOpen opens what the parameters opened, a list of values separated by
// spaces, and open, a value each, say, one after the other: the id of an item
// opens it, one after a dash closes it. Before that the first item is open if
// best is true. It returns the shortest value of opened that says the same.
func setOpen(items []*item, p url.Values, best bool) string {
	if best && len(items) > 0 {
		items[0].Open = true
	}
	for _, v := range append(strings.Fields(p.Get("opened")), p["open"]...) {
		id, shut := strings.CutPrefix(v, "-")
		for _, it := range items {
			if id == it.ID || id == everything {
				it.Open = !shut
			}
		}
	}
	var state []string
	for i, it := range items {
		switch first := best && i == 0; {
		case it.Open && !first:
			state = append(state, it.ID)
		case first && !it.Open:
			state = append(state, "-"+it.ID)
		}
	}
	return strings.Join(state, " ")
}
