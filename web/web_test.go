package web_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"testing"

	"kb/content"
	"kb/content/data"
	"kb/content/markdown"
	"kb/index"
	"kb/search"
	"kb/web"
)

// newSearcher returns a searcher over an index of the Markdown in fsys.
func newSearcher(t *testing.T, fsys fs.FS) *search.Searcher {
	t.Helper()
	src, err := fs.ReadFile(fsys, content.SiteFile)
	if err != nil {
		t.Fatal(err)
	}
	site, err := data.ParseSite(content.SiteFile, src)
	if err != nil {
		t.Fatal(err)
	}
	return newSearcherOf(t, load(t, *site, fsys))
}

func newSearcherOf(t *testing.T, c *content.Corpus) *search.Searcher {
	t.Helper()
	dir := t.TempDir()
	if _, _, err := index.Build(context.Background(), dir, c); err != nil {
		t.Fatal(err)
	}
	snapshot, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := search.New(snapshot)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func load(t *testing.T, site content.Site, fsys fs.FS) *content.Corpus {
	t.Helper()
	parsers := markdown.New(markdown.Options{Site: site}).Parsers()
	c, err := content.Load(site, parsers, content.Source{FS: fsys, Path: "."})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// newHandler returns the site over the FAQ of testdata, and what it searches.
func newHandler(t *testing.T, opt web.Options) (http.Handler, *search.Live) {
	t.Helper()
	return newHandlerOf(t, "faq", opt)
}

// newHandlerOf is newHandler for a folder of testdata.
func newHandlerOf(t *testing.T, folder string, opt web.Options) (http.Handler, *search.Live) {
	t.Helper()
	if opt.Log == nil {
		opt.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	live := search.NewLive(newSearcher(t, os.DirFS(path.Join("testdata", folder))))
	h, err := web.New(live, opt)
	if err != nil {
		t.Fatal(err)
	}
	return h, live
}

func newServer(t *testing.T, opt web.Options) *httptest.Server {
	t.Helper()
	return newServerOf(t, "faq", opt)
}

func newServerOf(t *testing.T, folder string, opt web.Options) *httptest.Server {
	t.Helper()
	h, _ := newHandlerOf(t, folder, opt)
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv
}

// TestStrangersAreTold holds that a site which may not read an answer is told
// of once, and that there is an end to it.
func TestStrangersAreTold(t *testing.T) {
	for _, allowed := range [][]string{nil, {"https://shop.example"}} {
		var log bytes.Buffer
		srv := newServer(t, web.Options{Origins: allowed, Log: slog.New(slog.NewTextHandler(&log, nil))})
		ask := func(origin string) {
			t.Helper()
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+"/api/v1/search?q=tool", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Origin", origin)
			res, err := srv.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
		}
		for _, origin := range append(allowed, srv.URL, "null", "https://$(x).example", "https://a.example/x", "chrome-extension://abc", "https://a.example", "https://a.example") {
			ask(origin)
		}
		told := log.String()
		if strings.Count(told, "\n") != 1 || !strings.Contains(told, "kb serve --origin https://a.example") {
			t.Errorf("allowed %q, told %q", allowed, told)
		}
		for i := range 100 {
			ask(fmt.Sprintf("https://%d.example", i))
		}
		if n := strings.Count(log.String(), "\n"); n < 10 || n > 50 {
			t.Errorf("%d sites are told of", n)
		}
	}
}
