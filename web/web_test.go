package web_test

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
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
	if opt.Log == nil {
		opt.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	live := search.NewLive(newSearcher(t, os.DirFS(path.Join("testdata", "faq"))))
	h, err := web.New(live, opt)
	if err != nil {
		t.Fatal(err)
	}
	return h, live
}

func newServer(t *testing.T, opt web.Options) *httptest.Server {
	t.Helper()
	h, _ := newHandler(t, opt)
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv
}
