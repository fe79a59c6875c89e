package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"kb/content"
	"kb/index"
	"kb/search"
)

var (
	errNotFound = errors.New("no such page")
	errMethod   = errors.New("method not allowed")
	errNoIndex  = errors.New("no index yet")
)

// A badParam is a query parameter that cannot be what it says.
type badParam struct {
	name, value, want string
}

func (e *badParam) Error() string {
	return fmt.Sprintf("parameter %s: %q is not %s", e.name, e.value, e.want)
}

// A strayParam is a query parameter that an address does not have.
type strayParam struct {
	name  string
	valid []string
}

func (e *strayParam) Error() string { return fmt.Sprintf("unknown parameter %q", e.name) }

// hint names the nearest of the parameters that there are, and then all.
func (e *strayParam) hint() string {
	if len(e.valid) == 0 {
		return "leave it out; there are no parameters here"
	}
	return "did you mean " + likeliest(e.name, e.valid) + "? there are " + strings.Join(e.valid, ", ")
}

// A problem is an error as a client sees it: a stable code for programs, a
// message and a hint for people.
type problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	status  int
}

// describe is the one table from errors to statuses. What it does not know is
// a 500 that tells nothing of the inside.
func describe(err error) problem {
	var bad *badParam
	var stray *strayParam
	switch {
	case errors.As(err, &stray):
		return problem{"bad_parameter", stray.Error(), stray.hint(), http.StatusBadRequest}
	case errors.As(err, &bad):
		return problem{"bad_parameter", bad.Error(), "leave " + bad.name + " out, or give " + bad.want, http.StatusBadRequest}
	case errors.Is(err, index.ErrNoEntry):
		return problem{"no_such_entry", "no such question", "search for it; it may have been renamed", http.StatusNotFound}
	case errors.Is(err, errNotFound):
		return problem{"not_found", "no such page", "start from the search page", http.StatusNotFound}
	case errors.Is(err, errMethod):
		return problem{"method_not_allowed", "method not allowed", "use GET or HEAD", http.StatusMethodNotAllowed}
	case errors.Is(err, errNoIndex):
		return problem{"not_ready", "no index is open yet", "try again in a moment", http.StatusServiceUnavailable}
	case errors.Is(err, context.DeadlineExceeded):
		return problem{"too_slow", "the search took too long", "try again, with fewer words", http.StatusServiceUnavailable}
	}
	return problem{"internal", "something went wrong here", "try again; if it stays, tell whoever runs this site", http.StatusInternalServerError}
}

// forPrograms reports whether JSON is at an address.
func (sv *server) forPrograms(path string) bool {
	below := strings.TrimPrefix(path, sv.opt.BasePath)
	return strings.HasPrefix(below, "/api/") || strings.HasPrefix(below, content.EntryPath("")) && strings.HasSuffix(below, ".json")
}

// fail answers with an error: JSON where JSON was asked for, a page elsewhere. It logs what
// is the server's own fault, and nothing else does.
func (sv *server) fail(w http.ResponseWriter, r *http.Request, s *search.Searcher, err error) {
	if errors.Is(err, context.Canceled) {
		return // nobody is there to read it
	}
	p := describe(err)
	if p.status == http.StatusInternalServerError {
		sv.opt.Log.Error("request failed", "method", r.Method, "path", r.URL.Path, "err", err)
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if p.status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "1")
	}
	if sv.forPrograms(r.URL.Path) || sv.errorPage(w, r, s, p) != nil {
		h.Set("Content-Type", "application/json")
		w.WriteHeader(p.status)
		json.NewEncoder(w).Encode(p)
	}
}
