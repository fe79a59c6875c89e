package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/gorilla/mux"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"

	"kb/search"
)

// An asset is a style or script, minified and compressed once. Its name holds
// the hash of what is in it, so that a browser may keep it for ever.
type asset struct {
	name  string
	media string
	plain []byte
	gzip  []byte
}

// newAssets makes the styles and scripts of a site: the page's, and the box
// with its style and words inside, so that it is one file.
func (sv *server) newAssets(st *site) (map[string]*asset, error) {
	b := &bundler{files: sv.opt.files(), small: !sv.opt.Dev}
	accent := accentStyle(st.Accent)
	style := b.minify("text/css", b.read("page/answer.css")+b.read("page/page.css")+accent)
	script := b.minify("text/javascript", b.read("page/answer.js")+b.read("page/page.js"))
	words, err := newBoxWords(st.words)
	b.keep(err)
	boxStyle := b.minify("text/css", b.read("page/answer.css")+b.read("box/kb-search.css"))
	box := b.minify("text/javascript", "(()=>{const STYLE="+quote(boxStyle)+",WORDS="+quote(words)+";"+
		b.read("page/answer.js")+b.read("box/kb-search.js")+"})()")
	assets := map[string]*asset{
		"page.css":     b.asset("page.css", "text/css; charset=utf-8", style),
		"page.js":      b.asset("page.js", "text/javascript; charset=utf-8", script),
		"kb-search.js": b.asset("kb-search.js", "text/javascript; charset=utf-8", box),
	}
	return assets, b.err
}

// A bundler reads, minifies and compresses; its first error stays.
type bundler struct {
	files fs.FS
	small bool
	err   error
}

func (b *bundler) read(name string) string {
	src, err := fs.ReadFile(b.files, name)
	b.keep(err)
	return string(src)
}

func (b *bundler) minify(media, src string) string {
	if !b.small {
		return src
	}
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/javascript", js.Minify)
	out, err := m.String(media, src)
	b.keep(err)
	return out
}

func (b *bundler) asset(name, media, src string) *asset {
	sum := sha256.Sum256([]byte(src))
	ext := path.Ext(name)
	a := &asset{
		name:  strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext,
		media: media,
		plain: []byte(src),
	}
	var z bytes.Buffer
	zw, err := gzip.NewWriterLevel(&z, gzip.BestCompression)
	b.keep(err)
	_, err = zw.Write(a.plain)
	b.keep(err)
	b.keep(zw.Close())
	a.gzip = z.Bytes()
	return a
}

func (b *bundler) keep(err error) {
	if b.err == nil && err != nil {
		b.err = fmt.Errorf("assets: %w", err)
	}
}

// quote returns v as a JavaScript value.
func quote(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // it holds only strings
	}
	return string(b)
}

// asset answers with a style or script. One of an older generation gets the
// present one, which it may not keep.
func (sv *server) asset(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	st, err := sv.open(s)
	if err != nil {
		return err
	}
	name := mux.Vars(r)["name"]
	for plainName, a := range st.assets {
		if name == a.name {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			return a.send(w, r)
		}
		if base, ext, _ := strings.Cut(plainName, "."); strings.HasPrefix(name, base+".") && strings.HasSuffix(name, "."+ext) {
			return a.send(w, r)
		}
	}
	return errNotFound
}

// box answers with the search box, under a name that stays.
func (sv *server) box(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	st, err := sv.open(s)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "public, max-age=600, stale-while-revalidate=86400")
	return st.assets["kb-search.js"].send(w, r)
}

func (a *asset) send(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	if !takesGzip(r) {
		return send(w, r, a.media, a.plain)
	}
	h.Set("Content-Encoding", "gzip")
	return send(w, r, a.media, a.gzip)
}

// takesGzip reports whether the client names gzip without refusing it.
func takesGzip(r *http.Request) bool {
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.ReplaceAll(coding, " ", ""), ";")
		if name == "gzip" && strings.Trim(q, "q=0.") != "" || name == "gzip" && q == "" {
			return true
		}
	}
	return false
}
