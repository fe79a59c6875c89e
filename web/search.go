package web

import (
	"net/http"
	"net/url"
	"strconv"

	"kb/index"
	"kb/search"
)

// perPage is the number of hits on a page of results.
const perPage = search.DefaultLimit

const (
	// maxFacets is the number of sections to narrow a search to that are in
	// sight, those with the most hits: more would fill the screen of a phone
	// before the first answer.
	maxFacets = 6

	// maxMore is the number of those that unfold. Without an end, the
	// thousand sections of a large site would be sent for every key typed.
	maxMore = 60
)

// A searchView is the search page, or the results alone.
type searchView struct {
	*page
	Result *search.Result // nil when nothing was asked
	Items  []*item
	Level  int           // of the headings that are questions, 2 or 3
	State  string        // what is open, the parameter opened
	Action string        // empty: without script the buttons submit the search
	Facets []facet       // sections to narrow the search to, that searched among them
	More   []facet       // sections with fewer hits
	In     index.Section // that the search stays in, zero for all
	Common []*brief      // offered when nothing was asked
	Loose  []*brief      // others, in no section
	Mended string        // address of the search that did you mean proposes
	pager
}

// A facet is a section as a link that narrows the search to it.
type facet struct {
	Text, URL string
	Count     int
	Current   bool
}

// searchPage answers with the search page; without a question it is home.
func (sv *server) searchPage(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	v, err := sv.search(r, s, readParams(r), perPage)
	if err != nil {
		return err
	}
	return sv.render(w, r, "search", v)
}

// results answers with the part of the search page that changes with the
// query, as a document of its own. The page and the box fetch it for every
// key typed, so that there is one renderer.
func (sv *server) results(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	p := readParams(r)
	v, err := sv.search(r, s, p, p.number("limit", 1, search.MaxLimit, perPage))
	if err != nil {
		return err
	}
	if err := v.speak(p.text("lang")); err != nil {
		return err
	}
	return sv.render(w, r, "results", v)
}

// speak changes the language of the interface to one that there are texts in.
func (p *page) speak(lang string) (err error) {
	if tag, near := nearest(lang); lang != "" && near && tag != p.words.lang {
		p.words, err = readWords(lang, nil)
	}
	return err
}

func (sv *server) search(r *http.Request, s *search.Searcher, p *params, limit int) (*searchView, error) {
	st, err := sv.open(s)
	if err != nil {
		return nil, err
	}
	number := p.number("page", 1, search.MaxOffset/limit, 1)
	v := &searchView{Level: p.number("level", 2, 3, 2)}
	q := search.Query{Text: p.text("q"), Section: st.param(p), Limit: limit, Offset: (number - 1) * limit}
	if p.err != nil {
		return nil, p.err
	}
	if v.page, err = sv.newPage(st, r, "home"); err != nil {
		return nil, err
	}
	v.Query, v.Section = q.Text, q.Section
	if in := st.section(q.Section); in != nil {
		v.In = *in
	}
	if q.Text == "" {
		v.Home, v.Common = true, st.common()
		v.Loose = st.loose(v.Common)
		return v, nil
	}
	return v, v.find(r, s, q, p.Values)
}

// find asks the searcher and puts what it says into the view.
func (v *searchView) find(r *http.Request, s *search.Searcher, q search.Query, opened url.Values) error {
	res, err := s.Search(r.Context(), q)
	if err != nil {
		return err
	}
	v.Result, v.Hide = res, true
	v.Title = q.Text
	for _, h := range res.Hits {
		v.Items = append(v.Items, v.hitItem(h, v.Level))
	}
	if err := v.link(res, q); err != nil {
		return err
	}
	if len(v.Items) == 0 {
		v.Common = v.common()
	}
	v.State = setOpen(v.Items, opened, v.Number == 1 && res.Confident)
	return nil
}

// link fills in the addresses of other searches near this one.
func (v *searchView) link(res *search.Result, q search.Query) error {
	base, err := v.sv.path("search")
	if err != nil {
		return err
	}
	to := func(text, section string, number int) string {
		u := url.Values{"q": {text}}
		if section != "" {
			u.Set("section", section)
		}
		if number > 1 {
			u.Set("page", strconv.Itoa(number))
		}
		return base + "?" + u.Encode()
	}
	number := q.Offset/q.Limit + 1
	v.pager, err = newPager(number, min(res.Total, search.MaxOffset/q.Limit*q.Limit), q.Limit, func(n int) string { return to(q.Text, q.Section, n) })
	if err != nil {
		return err
	}
	v.Own = to(q.Text, q.Section, number)
	if res.DidYouMean != "" {
		v.Mended = to(res.DidYouMean, q.Section, 1)
	}
	v.narrow(res.Facets["section"], func(section string) string { return to(q.Text, section, 1) })
	return nil
}

// narrow fills in the sections that the search can be narrowed to.
func (v *searchView) narrow(sections []search.Count, to func(section string) string) {
	if len(sections) == 0 && v.Section == "" {
		return
	}
	v.Facets = []facet{{URL: to(""), Current: v.Section == ""}}
	chosen := v.Section == ""
	for i, c := range sections {
		f := facet{c.Value, to(c.Slug), c.Count, c.Slug == v.Section}
		chosen = chosen || f.Current
		switch {
		case i < maxFacets || f.Current:
			v.Facets = append(v.Facets, f)
		case len(v.More) < maxMore:
			v.More = append(v.More, f)
		}
	}
	if !chosen {
		v.Facets = append(v.Facets, facet{v.In.Path[len(v.In.Path)-1], to(v.Section), 0, true})
	}
}

// param reads the section that a search is to stay in: the slug of one.
func (st *site) param(p *params) string {
	name := p.text("section")
	if name == "" {
		return ""
	}
	for _, sec := range st.sections {
		if sec.Slug == name || sec.Path[len(sec.Path)-1] == name {
			return sec.Slug
		}
	}
	p.bad("section", name, "a section of this site")
	return ""
}
