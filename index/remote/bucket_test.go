package remote_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kb/index/remote"
)

// TestTokenStays holds that a bucket which redirects elsewhere is not followed
// there, with the token of a session or without.
func TestTokenStays(t *testing.T) {
	t.Setenv("AWS_SESSION_TOKEN", secretKey)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("%s with token %q", r.Method, r.Header.Get("X-Amz-Security-Token"))
	}))
	defer elsewhere.Close()
	h := s3Host(t)
	publish(t, at(t, h.address), edition(t, 1))
	h.link.disturb(answer(http.StatusTemporaryRedirect, "Location", elsewhere.URL))
	_, err := at(t, h.address).Pull(t.Context(), t.TempDir(), nil)
	if err == nil || !strings.Contains(err.Error(), "307 Temporary Redirect") {
		t.Error(err)
	}
	if _, err := at(t, h.address).Publish(t.Context(), edition(t, 2), remote.Options{}); err == nil {
		t.Error("published nowhere")
	}
}

// unlisted answers as a bucket does to who may not list it: what is not there
// is forbidden.
func unlisted(w http.ResponseWriter, r *http.Request, server http.Handler) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	rec := httptest.NewRecorder()
	server.ServeHTTP(rec, r)
	if rec.Code != http.StatusNotFound {
		return false
	}
	w.WriteHeader(http.StatusForbidden)
	return true
}

// TestFirstPublishWithoutListing publishes to a bucket that one may not list,
// again and again, and never over a pointer that may not be read.
func TestFirstPublishWithoutListing(t *testing.T) {
	t.Parallel()
	one, two := edition(t, 1), edition(t, 2)
	h := s3Host(t)
	h.link.disturb(unlisted)
	p, dir := at(t, h.address), t.TempDir()
	for n, from := range []string{one, two} {
		if r := publish(t, p, from); !r.Changed {
			t.Errorf("%d: %+v", n, r)
		}
	}
	h.link.disturb(once(always, http.MethodGet, "kb-current", answer(http.StatusForbidden)))
	if _, err := p.Publish(t.Context(), one, remote.Options{}); !errors.Is(err, remote.ErrDenied) || !strings.Contains(err.Error(), "the pointer is there, and may not be read") {
		t.Error(err)
	}
	h.link.disturb(unlisted)
	pull(t, p, dir)
	wantTitle(t, dir, 2)
}

// TestEndpointOfTheEnvironment holds that an endpoint which the address does
// not say is found as the SDK finds it, and not quoted where it is none.
func TestEndpointOfTheEnvironment(t *testing.T) {
	h := s3Host(t)
	_, endpoint, _ := strings.Cut(h.address, "endpoint=")
	t.Setenv("AWS_ENDPOINT_URL", endpoint)
	publish(t, at(t, "s3://faq/some/where"), edition(t, 1))
	pull(t, at(t, h.address), t.TempDir())
	t.Setenv("AWS_ENDPOINT_URL", "http://me:"+secretKey+"@localhost")
	_, err := at(t, "s3://faq/some/where").Current(t.Context(), nil)
	if err == nil || !strings.Contains(err.Error(), "the endpoint in the environment") || strings.Contains(err.Error(), secretKey) {
		t.Error(err)
	}
}
