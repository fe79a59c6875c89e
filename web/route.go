package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/gorilla/mux"

	"kb/search"
)

// answerWithin bounds the work for one request. A search takes milliseconds;
// what takes this long has met a machine in trouble.
const answerWithin = 5 * time.Second

// A handler answers one request from one searcher. It writes nothing when it
// returns an error.
type handler func(w http.ResponseWriter, r *http.Request, s *search.Searcher) error

// A route is one row of the table of all addresses.
type route struct {
	name   string
	path   string
	handle handler
	shared bool // pages of other origins may read it, where Options say so
}

// slug is what an entry or section may be called in a URL.
const slug = `[A-Za-z0-9][A-Za-z0-9._~-]*`

func (sv *server) routes() []route {
	return []route{
		{name: "home", path: "/", handle: sv.searchPage},
		{name: "search", path: "/search", handle: sv.searchPage},
		{name: "results", path: "/results", handle: sv.results, shared: true},
		{name: "entry", path: "/q/{id:" + slug + "}", handle: sv.entryPage},
		{name: "section", path: "/section/{slug:" + slug + "}", handle: sv.sectionPage},
		{name: "asset", path: "/assets/{name:" + slug + "}", handle: sv.asset},
		{name: "api.search", path: "/api/v1/search", handle: sv.apiSearch, shared: true},
		{name: "api.suggest", path: "/api/v1/suggest", handle: sv.apiSuggest, shared: true},
		{name: "api.entry", path: "/api/v1/entries/{id:" + slug + "}", handle: sv.apiEntry, shared: true},
		{name: "api.sections", path: "/api/v1/sections", handle: sv.apiSections, shared: true},
		{name: "openapi", path: "/api/openapi.json", handle: sv.openapi, shared: true},
		{name: "box", path: "/kb-search.js", handle: sv.box, shared: true},
		{name: "opensearch", path: "/opensearch.xml", handle: sv.openSearch},
		{name: "sitemap", path: "/sitemap.xml", handle: sv.sitemap},
		{name: "robots", path: "/robots.txt", handle: sv.robots},
		{name: "llms", path: "/llms.txt", handle: sv.llms},
		{name: "feed", path: "/feed.atom", handle: sv.feed},
		{name: "healthz", path: "/healthz", handle: alive},
		{name: "readyz", path: "/readyz", handle: ready},
	}
}

// newRouter returns the table as a router. mux answers HEAD with 405 unless
// told otherwise and 405 without Allow, and its middleware misses both; so
// methods are given here and everything around a request is in guard.
func (sv *server) newRouter() *mux.Router {
	r := mux.NewRouter().UseEncodedPath().StrictSlash(true)
	r.NotFoundHandler = sv.serve(route{handle: notFound})
	r.MethodNotAllowedHandler = sv.serve(route{handle: notAllowed})
	for _, rt := range sv.routes() {
		r.Handle(sv.opt.BasePath+rt.path, sv.serve(rt)).Methods(http.MethodGet, http.MethodHead).Name(rt.name)
	}
	return r
}

// serve runs a route: one searcher for the whole request, and every error
// turned into a response in one place.
func (sv *server) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s, release := sv.live.Acquire()
		defer release()
		ctx, cancel := context.WithTimeout(r.Context(), answerWithin)
		defer cancel()
		r = r.WithContext(ctx)
		if rt.shared {
			sv.share(w, r, s)
		}
		if err := rt.handle(w, r, s); err != nil {
			sv.fail(w, r, s, err)
		}
	})
}

// path returns the address of the route of that name, below the base path.
func (sv *server) path(name string, pairs ...string) (string, error) {
	u, err := sv.router.Get(name).URL(pairs...)
	if err != nil {
		return "", fmt.Errorf("address of %s: %w", name, err)
	}
	return u.EscapedPath(), nil
}

func alive(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	return plain(w, r, "ok\n")
}

// ready answers once a real search has: the question of the first entry must
// find something.
func ready(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	if s == nil {
		return errNoIndex
	}
	info := s.Snapshot().Info()
	if info.Entries > 0 {
		e, err := s.Snapshot().EntryAt(0)
		if err != nil {
			return err
		}
		res, err := s.Search(r.Context(), search.Query{Text: e.Question, Limit: 1})
		if err != nil {
			return err
		}
		if len(res.Hits) == 0 && strings.ContainsFunc(e.Question, unicode.IsLetter) {
			return fmt.Errorf("search finds nothing for its own question %q", e.Question)
		}
	}
	return plain(w, r, "ready "+s.Snapshot().Digest()+"\n")
}

func notFound(w http.ResponseWriter, r *http.Request, s *search.Searcher) error { return errNotFound }

func notAllowed(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	w.Header().Set("Allow", "GET, HEAD")
	return errMethod
}
