package web_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kb/web"
)

// TestDev edits templates, style and script below a running site.
func TestDev(t *testing.T) {
	dir := t.TempDir()
	for _, folder := range []string{"page", "box"} {
		if err := os.CopyFS(filepath.Join(dir, "web", folder), os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
	}
	fixed, live := newHandler(t, web.Options{})
	t.Chdir(dir)
	dev, err := web.New(live, web.Options{Dev: true})
	if err != nil {
		t.Fatal(err)
	}
	read := func(h http.Handler, path string) string {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w.Body.String()
	}
	for _, test := range []struct{ file, old, new, at string }{
		{"page/error.tmpl", "<h1>", "<h1>Edited: ", "/nowhere"},
		{"page/answer.css", ".items {", ".edited-style {", "/kb-search.js"},
		{"box/kb-search.js", "#build() {", "#build() { edited();", "/kb-search.js"},
	} {
		if strings.Contains(read(dev, test.at), test.new) {
			t.Fatalf("%s is edited before it was", test.at)
		}
		edit(t, filepath.Join("web", test.file), test.old, test.new)
		if !strings.Contains(read(dev, test.at), strings.TrimSuffix(test.new, " {")) {
			t.Errorf("%s: %s is not as edited", test.file, test.at)
		}
		if strings.Contains(strings.ToLower(read(fixed, test.at)), "edited") {
			t.Errorf("%s: %s is as edited without Dev", test.file, test.at)
		}
	}
	edit(t, "web/page/search.tmpl", "{{define", "{{defin")
	w := httptest.NewRecorder()
	dev.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusInternalServerError {
		t.Errorf("a broken template is answered with %d", w.Code)
	}
}

// edit replaces the first old in a file.
func edit(t *testing.T, name, old, new string) {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.Replace(string(src), old, new, 1)
	if edited == string(src) {
		t.Fatalf("%s has no %q", name, old)
	}
	if err := os.WriteFile(name, []byte(edited), 0o644); err != nil {
		t.Fatal(err)
	}
}
