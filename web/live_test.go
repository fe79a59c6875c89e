package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"kb/search"
	"kb/web"
)

// TestOneSearcher replaces the searcher while pages are read: no request
// fails, and a searcher is closed once the last request that uses it is done,
// not earlier and not never.
func TestOneSearcher(t *testing.T) {
	h, live := newHandler(t, web.Options{})
	srv := httptest.NewServer(h)
	defer srv.Close()
	first, release := live.Acquire()
	release()

	stop := make(chan struct{})
	var readers sync.WaitGroup
	for _, path := range []string{"/search?q=tool", "/section/borrowing", "/q/how-long", "/api/v1/search?q=drill", "/feed.atom", "/nowhere"} {
		readers.Go(func() { read(t, srv.URL+path, stop) })
	}
	for range 5 {
		live.Swap(newSearcher(t, os.DirFS("testdata/faq")))
	}
	close(stop)
	readers.Wait()

	if !closed(first) {
		t.Error("the first searcher still answers: a request did not release it")
	}
	last, release := live.Acquire()
	defer release()
	if closed(last) {
		t.Error("the last searcher is closed: a request released it twice")
	}
}

// closed reports whether a searcher was closed: asked then, it fails or panics.
func closed(s *search.Searcher) (yes bool) {
	defer func() { yes = recover() != nil || yes }()
	_, err := s.Search(context.Background(), search.Query{Text: "tool"})
	return err != nil
}

func read(t *testing.T, url string, stop chan struct{}) {
	for {
		res, err := http.Get(url)
		if err != nil {
			t.Error(err)
			return
		}
		_, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode >= 500 {
			t.Errorf("%s: %d, %v", url, res.StatusCode, err)
		}
		select {
		case <-stop:
			return
		default:
		}
	}
}

// TestNewGeneration holds that pages, style and box follow the content.
func TestNewGeneration(t *testing.T) {
	h, live := newHandler(t, web.Options{})
	style := assetOf(t, get(h, "/").Body.String(), "page")
	if css := get(h, style).Body.String(); !strings.Contains(css, "#b00020") {
		t.Errorf("the style has no accent colour")
	}
	live.Swap(newSearcher(t, fstest.MapFS{
		"kb.yaml": {Data: []byte("title: Nouvelle aide\nlanguage: fr\n")},
		"aide.md": {Data: []byte("# Aide\n\n## Compte\n\n### Comment changer de nom ?\n\nDans les réglages.\n\n### Où sont les réglages ?\n\nEn haut.\n\n### Qui peut les voir ?\n\nVous seul.\n")},
	}))
	home := get(h, "/").Body.String()
	for _, want := range []string{`<html lang="fr" dir="ltr">`, "<title>Nouvelle aide</title>", ">Rechercher<", "Comment changer de nom"} {
		if !strings.Contains(home, want) {
			t.Errorf("the new home page lacks %s", want)
		}
	}
	if next := assetOf(t, home, "page"); next == style {
		t.Errorf("another style has the same name %s", next)
	}
	old := get(h, style)
	if old.Code != http.StatusOK || strings.Contains(old.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("the old style: %d, %q", old.Code, old.Header().Get("Cache-Control"))
	}
	if res := get(h, "/q/how-long"); res.Code != http.StatusNotFound {
		t.Errorf("a question of the old content: %d", res.Code)
	}
}

// TestAssets holds that a style or script can be kept for ever, and is not
// compressed again for each visitor.
func TestAssets(t *testing.T) {
	h, _ := newHandler(t, web.Options{})
	style := assetOf(t, get(h, "/").Body.String(), "page")
	plain := get(h, style)
	if got := plain.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("Cache-Control is %q", got)
	}
	for accept, want := range map[string]string{"gzip": "gzip", "br, gzip;q=0.5": "gzip", "gzip;q=0": "", "": "", "identity": ""} {
		req := httptest.NewRequest(http.MethodGet, style, nil)
		req.Header.Set("Accept-Encoding", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, req)
		if got := w.Header().Get("Content-Encoding"); got != want || !strings.Contains(fmt.Sprint(w.Header().Values("Vary")), "Accept-Encoding") {
			t.Errorf("Accept-Encoding %q: Content-Encoding %q, want %q; Vary %q", accept, got, want, w.Header().Values("Vary"))
		}
	}
	req := httptest.NewRequest(http.MethodGet, "/q/how-long", nil)
	req.Header.Set("If-None-Match", get(h, "/q/how-long").Header().Get("ETag"))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	if w.Code != http.StatusNotModified {
		t.Errorf("a page that the browser has: %d", w.Code)
	}
}

func get(h http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

// assetOf returns the address of a style that a page names.
func assetOf(t *testing.T, page, name string) string {
	t.Helper()
	_, rest, found := strings.Cut(page, `href="/assets/`+name+".")
	rest, _, _ = strings.Cut(rest, `"`)
	if !found {
		t.Fatalf("no style %s in %s", name, page)
	}
	return "/assets/" + name + "." + rest
}

func TestNoIndex(t *testing.T) {
	h, err := web.New(search.NewLive(nil), web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503, "/": 503, "/api/v1/search?q=a": 503, "/nowhere": 404} {
		res := get(h, path)
		if res.Code != want {
			t.Errorf("GET %s: %d, want %d", path, res.Code, want)
		}
		if want == 503 && res.Header().Get("Retry-After") == "" {
			t.Errorf("GET %s: no Retry-After", path)
		}
	}
}

func TestBadOptions(t *testing.T) {
	for _, opt := range []web.Options{
		{BasePath: "faq"}, {BasePath: "/faq/"}, {PublicURL: "help.example.com"}, {PublicURL: "https://help.example.com/"},
		{Origins: []string{"https://a.example", "b.example"}}, {Origins: []string{"https://a.example/path"}},
	} {
		if _, err := web.New(search.NewLive(nil), opt); err == nil {
			t.Errorf("New takes %+v", opt)
		}
	}
}
