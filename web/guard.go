package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/klauspost/compress/gzhttp"

	"kb/search"
)

// policy is the Content-Security-Policy of every response. Nothing is inline,
// no string ever becomes markup in the script, and images are the only thing
// that an answer may bring from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; media-src 'self' https:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// minCompress is the size in bytes below which a response is sent as it is: it
// fits in one packet either way.
const minCompress = 1024

// guard is everything around the router: headers, compression and the last
// stop for a panic. It is outside so that it also holds for 404 and 405.
func (sv *server) guard(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(minCompress), gzhttp.EnableZstd(false))
	if err != nil {
		panic(err) // only constants go in
	}
	return wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if r.TLS != nil || isSecure(sv.opt.PublicURL) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		defer func() {
			if v := recover(); v != nil && v != http.ErrAbortHandler {
				sv.fail(w, r, nil, fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
			}
		}()
		next.ServeHTTP(w, r)
	}))
}

func isSecure(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && u.Scheme == "https"
}

// share lets pages of the configured origins, and of the site that the
// content belongs to, read a response.
func (sv *server) share(w http.ResponseWriter, r *http.Request, s *search.Searcher) {
	allowed := sv.opt.Origins
	if s != nil {
		if u, err := url.Parse(s.Snapshot().Info().Site.BaseURL); err == nil && u.Host != "" {
			allowed = append(slices.Clip(allowed), u.Scheme+"://"+u.Host)
		}
	}
	origin := r.Header.Get("Origin")
	if len(allowed) == 0 {
		sv.strangers.meet(origin, r.Host, sv.opt.Log)
		return
	}
	h := w.Header()
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if slices.Contains(allowed, "*") {
		origin = "*"
	} else {
		h.Add("Vary", "Origin")
	}
	if origin == "*" || slices.Contains(allowed, origin) {
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Timing-Allow-Origin", origin)
		return
	}
	sv.strangers.meet(origin, r.Host, sv.opt.Log)
}

// Strangers are sites whose pages asked and may not read the answer. The first
// few are told of, each once: in the browser of a visitor nobody sees it.
type strangers struct {
	mu  sync.Mutex
	met map[string]bool
}

const mostStrangers = 20

// plainSite matches an origin that can be told to a person to type: whoever asks
// has made it up.
var plainSite = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^https?://([a-zA-Z0-9.:-]{1,100})$`) })

func (s *strangers) meet(origin, host string, log *slog.Logger) {
	m := plainSite().FindStringSubmatch(origin)
	if m == nil || m[1] == host {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.met[origin] || len(s.met) == mostStrangers {
		return
	}
	if s.met == nil {
		s.met = map[string]bool{}
	}
	s.met[origin] = true
	log.Warn("a page of another site may not read what it asked for", "site", origin, "hint", "kb serve --origin "+origin)
}
