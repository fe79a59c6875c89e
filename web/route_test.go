package web

import (
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/mux"

	"kb/search"
)

// TestRoutes holds the table of addresses: mux takes a second route of the
// same path without a word, and serves the first.
func TestRoutes(t *testing.T) {
	for _, base := range []string{"", "/faq"} {
		sv := &server{live: search.NewLive(nil), opt: Options{BasePath: base, Log: slog.New(slog.DiscardHandler)}}
		paths, names := map[string]bool{}, map[string]bool{}
		err := sv.newRouter().Walk(func(r *mux.Route, _ *mux.Router, _ []*mux.Route) error {
			path, err := r.GetPathTemplate()
			if err != nil {
				return err
			}
			methods, err := r.GetMethods()
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
			if diff := cmp.Diff([]string{http.MethodGet, http.MethodHead}, methods); diff != "" {
				t.Errorf("%s: methods (-want +got):\n%s", path, diff)
			}
			if paths[path] || names[r.GetName()] {
				t.Errorf("%s (%q) is there twice", path, r.GetName())
			}
			if r.GetName() == "" || !strings.HasPrefix(path, base+"/") {
				t.Errorf("%s (%q): want a name, and a path below %q", path, r.GetName(), base)
			}
			paths[path], names[r.GetName()] = true, true
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(paths) != len(sv.routes()) {
			t.Errorf("%d routes are served, %d are in the table", len(paths), len(sv.routes()))
		}
	}
}

// TestDescribed holds openapi.json to the routes below /api and back.
func TestDescribed(t *testing.T) {
	var doc struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	readJSON(t, "api/openapi.json", &doc)
	var served []string
	for _, rt := range (&server{}).routes() {
		if strings.HasPrefix(rt.path, "/api/") {
			served = append(served, strings.ReplaceAll(rt.path, ":"+slug, ""))
		}
	}
	slices.Sort(served)
	if diff := cmp.Diff(served, slices.Sorted(maps.Keys(doc.Paths))); diff != "" {
		t.Errorf("openapi.json (-served +described):\n%s", diff)
	}
}
