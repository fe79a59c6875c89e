// Package web serves the search page, a page for every question and section,
// the JSON API and the search box that other sites embed, over the searcher
// in use.
package web

import (
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/gorilla/mux"

	"kb/search"
)

// Options of a Handler.
type Options struct {
	BasePath  string       // where the site is mounted behind a proxy, "" or "/faq"
	PublicURL string       // the site's own address without BasePath, "https://help.example.com"; "" takes it from each request
	Origins   []string     // other sites whose pages may embed the search box and read the API, "https://example.com"; "*" is all
	Dev       bool         // read templates, style and script from ./web at each request
	Log       *slog.Logger // of requests that failed; nil is slog.Default
}

// A server holds what all requests share.
type server struct {
	live      *search.Live
	opt       Options
	router    *mux.Router
	templates *template.Template
	site      atomic.Pointer[site] // of the generation last asked for
	strangers strangers
}

// New returns the site over the searcher in use. It fails on an option that
// is not of the form its comment says.
func New(live *search.Live, opt Options) (http.Handler, error) {
	if opt.Log == nil {
		opt.Log = slog.Default()
	}
	if err := opt.check(); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	sv := &server{live: live, opt: opt}
	var err error
	if sv.templates, err = parseTemplates(opt.files()); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	sv.router = sv.newRouter()
	return sv.guard(sv.router), nil
}

func (o *Options) check() error {
	if p := o.BasePath; p != "" && (!strings.HasPrefix(p, "/") || strings.HasSuffix(p, "/")) {
		return fmt.Errorf("base path %q: want a path that starts with a slash and does not end in one", p)
	}
	if o.PublicURL != "" && !isOrigin(o.PublicURL) {
		return fmt.Errorf("public URL %q: want scheme and host alone, as https://help.example.com", o.PublicURL)
	}
	for _, origin := range o.Origins {
		if origin != "*" && !isOrigin(origin) {
			return fmt.Errorf("origin %q: want scheme and host alone, as https://example.com", origin)
		}
	}
	return nil
}

// isOrigin reports whether s is what a browser sends as Origin.
func isOrigin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && s == u.Scheme+"://"+u.Host
}
