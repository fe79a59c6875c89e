package web

import (
	"encoding/xml"
	"net/http"
	"slices"
	"time"

	"kb/content"
	"kb/search"
)

const (
	// maxSitemap is what the sitemap protocol allows in one file.
	maxSitemap = 50_000

	// maxFeed is how many entries a feed reader gets: what changed last.
	maxFeed = 50

	// maxShortName is what OpenSearch allows, in characters.
	maxShortName = 16
)

type urlset struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []urlEntry
}

type urlEntry struct {
	XMLName xml.Name `xml:"url"`
	Loc     string   `xml:"loc"`
	LastMod string   `xml:"lastmod,omitempty"`
}

// sitemap lists home, every section and every question that has an answer.
func (sv *server) sitemap(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	p, err := sv.feedPage(r, s)
	if err != nil {
		return err
	}
	var set urlset
	add := func(lastmod time.Time, route string, pairs ...string) {
		path, fault := p.Path(route, pairs...)
		if fault != nil && err == nil {
			err = fault
		}
		set.URLs = append(set.URLs, urlEntry{Loc: p.Abs(path), LastMod: day(lastmod)})
	}
	add(time.Time{}, "home")
	for _, sec := range p.sections {
		add(time.Time{}, "section", "slug", sec.Slug)
	}
	for _, b := range p.order {
		if b.answered {
			add(b.updated, "entry", "id", b.ID)
		}
	}
	if err != nil {
		return err
	}
	set.URLs = set.URLs[:min(len(set.URLs), maxSitemap)]
	return sendXML(w, r, "application/xml", set)
}

type atom struct {
	XMLName  xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string     `xml:"xml:lang,attr"`
	Base     string     `xml:"xml:base,attr"`
	ID       string     `xml:"id"`
	Title    string     `xml:"title"`
	Subtitle string     `xml:"subtitle,omitempty"`
	Updated  string     `xml:"updated"`
	Author   string     `xml:"author>name"`
	Links    []atomLink `xml:"link"`
	Entries  []atomEntry
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	XMLName xml.Name `xml:"entry"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Content atomText `xml:"content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	HTML string `xml:",chardata"`
}

// feed lists the answers that changed last, of those that say when. Where none
// does there is no feed, which must have a date.
func (sv *server) feed(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	p, err := sv.feedPage(r, s)
	if err != nil {
		return err
	}
	if !p.Dated {
		return errNotFound
	}
	self, err := p.Path("feed")
	if err != nil {
		return err
	}
	f := atom{
		Lang: p.Tongue(), Base: p.Abs("/"), ID: p.Abs(p.Own), Title: p.Name(), Subtitle: p.Description, Author: p.Name(),
		Links: []atomLink{{"self", p.Abs(self)}, {"alternate", p.Abs(p.Own)}},
	}
	for _, b := range p.latest() {
		e, err := s.Entry(b.ID)
		if err != nil {
			return err
		}
		entry, err := p.atomEntry(e)
		if err != nil {
			return err
		}
		f.Entries = append(f.Entries, entry)
	}
	f.Updated = f.Entries[0].Updated
	return sendXML(w, r, "application/atom+xml", f)
}

func (p *page) atomEntry(e *content.Entry) (atomEntry, error) {
	path, err := p.Path("entry", "id", e.ID)
	return atomEntry{
		ID: p.Abs(path), Title: e.Question, Updated: e.Updated.Format(time.RFC3339),
		Link: atomLink{"alternate", p.Abs(path)}, Content: atomText{"html", string(p.fit(e.Answer.HTML, 2))},
	}, err
}

// latest returns the answered entries that say when they changed, the last
// changed first.
func (st *site) latest() []*brief {
	var dated []*brief
	for _, b := range st.order {
		if b.answered && !b.updated.IsZero() {
			dated = append(dated, b)
		}
	}
	slices.SortStableFunc(dated, func(a, b *brief) int { return b.updated.Compare(a.updated) })
	return dated[:min(len(dated), maxFeed)]
}

type openSearch struct {
	XMLName     xml.Name      `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string        `xml:"ShortName"`
	Description string        `xml:"Description"`
	Encoding    string        `xml:"InputEncoding"`
	URLs        []openSearchU `xml:"Url"`
}

type openSearchU struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

// openSearch lets a browser add the search to its own.
func (sv *server) openSearch(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	p, err := sv.feedPage(r, s)
	if err != nil {
		return err
	}
	to, err := p.Path("search")
	if err != nil {
		return err
	}
	self, err := p.Path("opensearch")
	if err != nil {
		return err
	}
	name := []rune(p.Name())
	label, err := p.T("label")
	if err != nil {
		return err
	}
	return sendXML(w, r, "application/opensearchdescription+xml", openSearch{
		ShortName: string(name[:min(len(name), maxShortName)]), Description: label, Encoding: "UTF-8",
		URLs: []openSearchU{
			{Type: "text/html", Template: p.Abs(to) + "?q={searchTerms}"},
			{Type: "application/opensearchdescription+xml", Rel: "self", Template: p.Abs(self)},
		},
	})
}

// feedPage returns what a document about the whole site needs.
func (sv *server) feedPage(r *http.Request, s *search.Searcher) (*page, error) {
	st, err := sv.open(s)
	if err != nil {
		return nil, err
	}
	return sv.newPage(st, r, "home")
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func sendXML(w http.ResponseWriter, r *http.Request, contentType string, v any) error {
	b, err := xml.Marshal(v)
	if err != nil {
		return err
	}
	return send(w, r, contentType+"; charset=utf-8", append([]byte(xml.Header), b...))
}
