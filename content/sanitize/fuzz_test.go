package sanitize

import (
	"net/url"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"
)

// FuzzAnswer holds for any bytes: the answer is safe, stays in its container,
// and is a fixed point. The golden files are its seeds.
func FuzzAnswer(f *testing.F) {
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(ar.Files[0].Data), "")
	}
	f.Add("<a id=x><table><a id=x href=#x>", "q 1")
	f.Add("<b><p></b><table>x<td></b><tr><li><dd></p></table></i>", "x")
	policies := []*Policy{New(nil), New(&url.URL{Scheme: "https", Host: "example.org", Path: "/docs/faq"})}
	f.Fuzz(func(t *testing.T, fragment, prefix string) {
		for _, p := range policies {
			checkAnswer(t, p, fragment, prefix)
		}
	})
}
