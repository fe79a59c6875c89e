package web_test

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/google/go-cmp/cmp"

	"kb/search"
	"kb/web"
)

// A contract checks responses against openapi.json.
type contract struct {
	doc    *openapi3.T
	router routers.Router
}

func newContract(t *testing.T) *contract {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile("api/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		t.Fatal(err)
	}
	doc.Servers = nil // it says that the site is one above it; requests here have no site
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return &contract{doc, router}
}

// check returns what was answered, as "path status", or how it is not as
// described.
func (c *contract) check(r *http.Request, status int, header http.Header, body []byte) (string, error) {
	route, params, err := c.router.FindRoute(r)
	if err != nil {
		return "", err
	}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route},
		Status:                 status,
		Header:                 header,
		Options:                &openapi3filter.Options{IncludeResponseStatus: true},
	}
	in.SetBodyBytes(body)
	return route.Path + " " + strconv.Itoa(status), openapi3filter.ValidateResponse(r.Context(), in)
}

// described returns every response of openapi.json, as check names it.
func (c *contract) described() []string {
	var all []string
	for path, item := range c.doc.Paths.Map() {
		for status := range item.Get.Responses.Map() {
			all = append(all, path+" "+status)
		}
	}
	slices.Sort(all)
	return all
}

// TestContract holds every response of the API, to the requests of the script
// and without an index, to openapi.json, and every response described there
// to one that is given.
func TestContract(t *testing.T) {
	c := newContract(t)
	script, err := os.ReadFile("testdata/api.txt")
	if err != nil {
		t.Fatal(err)
	}
	full, _ := newHandler(t, web.Options{})
	empty, err := web.New(search.NewLive(nil), web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^GET (/api/(?:v1/|openapi).*)$`).FindAllStringSubmatch(string(script), -1) {
		for _, h := range []http.Handler{full, empty} {
			r, w := httptest.NewRequest(http.MethodGet, m[1], nil), httptest.NewRecorder()
			h.ServeHTTP(w, r)
			what, err := c.check(r, w.Code, w.Header(), w.Body.Bytes())
			if err != nil {
				t.Errorf("%s: %v", m[1], err)
			}
			seen[what] = true
		}
	}
	if diff := cmp.Diff(c.described(), slices.Sorted(maps.Keys(seen))); diff != "" {
		t.Errorf("responses (-described +given):\n%s", diff)
	}
}

// TestBreach shows that a response that is not as described is found.
func TestBreach(t *testing.T) {
	c := newContract(t)
	h, _ := newHandler(t, web.Options{})
	r, w := httptest.NewRequest(http.MethodGet, "/api/v1/search?q=tool", nil), httptest.NewRecorder()
	h.ServeHTTP(w, r)
	body := w.Body.Bytes()
	for _, test := range []struct{ old, new string }{
		{`"total":`, `"sum":`},
		{`"rank":1`, `"rank":"1"`},
		{`"rank":1`, `"rank":0`},
		{`"score":`, `"points":`},
		{`"confident":true`, `"confident":null`},
	} {
		broken := bytes.Replace(body, []byte(test.old), []byte(test.new), 1)
		if _, err := c.check(r, w.Code, w.Header(), broken); err == nil || bytes.Equal(broken, body) {
			t.Errorf("%s as %s: %v", test.old, test.new, err)
		}
	}
	if _, err := c.check(r, http.StatusTeapot, w.Header(), body); err == nil || !strings.Contains(err.Error(), "status") {
		t.Errorf("status 418: %v", err)
	}
}
