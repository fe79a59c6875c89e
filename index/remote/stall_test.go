package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cuelabs.dev/go/oci/ociregistry"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// piped returns a transport whose requests a handler answers, on connections
// that know the clock of a bubble.
func piped(t *testing.T, h http.HandlerFunc) transport {
	tr := newTransport()
	tr.DialContext = func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go (&http.Server{Handler: h}).Serve(&oneConn{conn: theirs})
		return ours, nil
	}
	t.Cleanup(tr.CloseIdleConnections)
	return tr
}

// A oneConn is a listener for one connection.
type oneConn struct{ conn net.Conn }

func (l *oneConn) Accept() (net.Conn, error) {
	if l.conn == nil {
		return nil, net.ErrClosed
	}
	c := l.conn
	l.conn = nil
	return c, nil
}

func (l *oneConn) Close() error { return nil }

func (l *oneConn) Addr() net.Addr { return &net.UnixAddr{} }

// stores returns a store of each kind that has one transport.
func stores(t transport) map[string]store {
	u := &url.URL{Scheme: "http", Host: "example.org"}
	return map[string]store{
		"web server": site{u, &http.Client{Transport: t}},
		"bucket": bucket{"faq", "", func() (*s3.Client, error) {
			c := aws.Config{Region: "us-east-1", Credentials: aws.AnonymousCredentials{}}
			return newClient(c, "http://example.org", t), nil
		}},
		"registry": repository{"faq", "main", func() (ociregistry.Interface, error) {
			return newRegistry("example.org", true, t)
		}},
	}
}

// TestStalled holds that a connection on which nothing comes any more is given
// up, wherever it stalls, and tried again as often as any trouble.
func TestStalled(t *testing.T) {
	for _, status := range []int{http.StatusOK, http.StatusForbidden, http.StatusServiceUnavailable, 0} {
		stuck := func(w http.ResponseWriter, r *http.Request) {
			if status != 0 {
				w.Header().Set("Content-Type", "application/json")
				w.Header().Set("Content-Length", "1000")
				w.Header().Set("Docker-Content-Digest", "sha256:"+strings.Repeat("0", 64))
				w.WriteHeader(status)
				fmt.Fprint(w, "{")
				w.(http.Flusher).Flush()
			}
			<-r.Context().Done()
		}
		for name := range stores(transport{}) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				p := &Place{"http://example.org", stores(piped(t, stuck))[name]}
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				_, err := p.Pull(ctx, t.TempDir(), nil)
				if took := time.Since(start); err == nil || took >= time.Hour {
					t.Errorf("%s, status %d: %v after %v", name, status, err, took)
				}
				if status == http.StatusOK && !errors.Is(err, errStalled) {
					t.Errorf("%s, status %d: %v", name, status, err)
				}
				synctest.Wait()
			})
		}
	}
}

// TestSlow holds that a connection on which something comes now and then is
// not given up, in either direction.
func TestSlow(t *testing.T) {
	const letters = 4
	synctest.Test(t, func(t *testing.T) {
		tr := piped(t, func(w http.ResponseWriter, r *http.Request) {
			if got, err := io.ReadAll(r.Body); string(got) != "slow" || err != nil {
				t.Errorf("sent %q, %v", got, err)
			}
			for range letters {
				time.Sleep(stallTime - time.Second)
				fmt.Fprint(w, "x")
				w.(http.Flusher).Flush()
			}
		})
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, "http://example.org", &slow{r: strings.NewReader("slow")})
		if err != nil {
			t.Fatal(err)
		}
		res, err := (&http.Client{Transport: tr}).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if got, err := io.ReadAll(res.Body); len(got) != letters || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
	})
}

// A slow reader waits before each byte.
type slow struct{ r *strings.Reader }

func (s *slow) Read(p []byte) (int, error) {
	if s.r.Len() > 0 {
		time.Sleep(stallTime - time.Second)
	}
	return s.r.Read(p[:1])
}
