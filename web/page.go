package web

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"os"
	"time"

	"kb/index"
	"kb/search"
)

//go:embed page box api
var embedded embed.FS

// files returns where templates, styles and scripts are read from.
func (o *Options) files() fs.FS {
	if o.Dev {
		return os.DirFS("web")
	}
	return embedded
}

func parseTemplates(files fs.FS) (*template.Template, error) {
	t, err := template.New("").ParseFS(files, "page/*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	return t, nil
}

// A page is what every template gets, embedded in what is its own.
type page struct {
	*site
	sv    *server
	r     *http.Request
	words words

	Title   string // without the name of the site
	About   string // one sentence for previews
	Own     string // path of the page, its canonical address
	Query   string // what was typed
	Section string // slug of the section that the search stays in
	Home    bool   // nothing has been asked yet
	Hide    bool   // from crawlers
	Data    any    // JSON-LD, or nil
}

// newPage returns the page of a site, with its address.
func (sv *server) newPage(st *site, r *http.Request, route string, pairs ...string) (*page, error) {
	own, err := sv.path(route, pairs...)
	about := cmp.Or(st.Description, st.words.texts["label"])
	return &page{site: st, sv: sv, r: r, words: st.words, Own: own, About: about}, err
}

// Name returns what the site is called.
func (p *page) Name() string {
	if p.Site.Title == "" {
		return p.words.texts["site"]
	}
	return p.Site.Title
}

// Path returns the address of a route.
func (p *page) Path(route string, pairs ...string) (string, error) { return p.sv.path(route, pairs...) }

// Abs returns a path as an absolute address.
func (p *page) Abs(path string) string { return p.sv.origin(p.r) + path }

// T returns a text of the interface.
func (p *page) T(key string, pairs ...string) (string, error) { return p.words.text(key, pairs...) }

// N returns a text of the interface for a number of things.
func (p *page) N(key string, n int, pairs ...string) (string, error) {
	return p.words.count(key, n, pairs...)
}

// Tongue returns the language of the interface.
func (p *page) Tongue() string { return p.words.lang.String() }

// Dir returns the direction of a language, a dir attribute.
func (p *page) Dir(lang string) string { return direction(lang) }

// Asset returns the address of a style or script.
func (p *page) Asset(name string) (string, error) {
	a := p.assets[name]
	if a == nil {
		return "", fmt.Errorf("no asset %q", name)
	}
	return p.sv.path("asset", "name", a.name)
}

// A crumb is a section on the way to an entry.
type crumb struct{ Text, URL string }

// Crumbs returns the sections of a path with their addresses.
func (p *page) Crumbs(path []string) ([]crumb, error) {
	var all []crumb
	for i, text := range path {
		c := crumb{Text: text}
		if slug := p.slugs[pathKey(path[:i+1])]; slug != "" {
			var err error
			if c.URL, err = p.sv.path("section", "slug", slug); err != nil {
				return nil, err
			}
		}
		all = append(all, c)
	}
	return all, nil
}

// Outer returns the outermost sections.
func (p *page) Outer() []index.Section {
	var outer []index.Section
	for _, s := range p.sections {
		if len(s.Path) == 1 {
			outer = append(outer, s)
		}
	}
	return outer
}

// origin returns the scheme and host of the site as its visitors see it.
func (sv *server) origin(r *http.Request) string {
	switch {
	case sv.opt.PublicURL != "":
		return sv.opt.PublicURL
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// render writes a template as a page, or as 304 when the client has it.
func (sv *server) render(w http.ResponseWriter, r *http.Request, name string, data any) error {
	b, err := sv.execute(name, data)
	if err != nil {
		return err
	}
	return send(w, r, "text/html; charset=utf-8", b)
}

func (sv *server) execute(name string, data any) ([]byte, error) {
	t := sv.templates
	if sv.opt.Dev {
		var err error
		if t, err = parseTemplates(sv.opt.files()); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("page %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// send writes a body that a client may keep but must ask about.
func send(w http.ResponseWriter, r *http.Request, contentType string, body []byte) error {
	sum := sha256.Sum256(body)
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("ETag", `W/"`+hex.EncodeToString(sum[:12])+`"`) // weak: the same for every encoding
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	return nil
}

func plain(w http.ResponseWriter, r *http.Request, text string) error {
	w.Header().Set("Cache-Control", "no-store")
	return send(w, r, "text/plain; charset=utf-8", []byte(text))
}

// errorPage answers with a problem as a page, with what was typed still in the
// field. It fails when there is no site to put it in.
func (sv *server) errorPage(w http.ResponseWriter, r *http.Request, s *search.Searcher, p problem) error {
	st, err := sv.open(s)
	if err != nil {
		return err
	}
	view, err := sv.newPage(st, r, "search")
	if err != nil {
		return err
	}
	view.Hide, view.Query = true, readParams(r).text("q")
	if view.Title, err = view.T("error." + p.Code); err != nil {
		return err
	}
	b, err := sv.execute("error", struct {
		*page
		Problem problem
	}{view, p})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(p.status)
	w.Write(b)
	return nil
}
