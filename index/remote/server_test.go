package remote_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelabs.dev/go/oci/ociregistry/ocimem"
	"cuelabs.dev/go/oci/ociregistry/ociserver"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// Credentials that no message may hold.
const (
	accessKey = "AKIATESTTESTTESTTEST"
	secretKey = "secret-that-nobody-may-read"
)

// A fault deals with a request in place of the server, and reports whether it
// did.
type fault func(w http.ResponseWriter, r *http.Request, server http.Handler) bool

// A link is the way to a server, which a fault may disturb.
type link struct {
	server http.Handler
	mu     sync.Mutex
	fault  fault
	asked  []string // method, path and range of each request
}

func (l *link) disturb(f fault) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fault = f
	l.asked = nil
}

// count returns how many requests there were that have all the parts.
func (l *link) count(parts ...string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, a := range l.asked {
		all := true
		for _, p := range parts {
			all = all && strings.Contains(a, p)
		}
		if all {
			n++
		}
	}
	return n
}

func (l *link) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	f := l.fault
	l.asked = append(l.asked, fmt.Sprint(r.Method, " ", r.URL.Path, " ", r.Header.Get("Range")))
	l.mu.Unlock()
	if f == nil || !f(w, r, l.server) {
		l.server.ServeHTTP(w, r)
	}
}

// A host is a server with an address to publish to, and a way to disturb it if
// it is in this process.
type host struct {
	name    string
	address string
	link    *link
	moves   bool // whether the pointer can be compared before it is moved
}

// setCredentials sets what all tests of this process sign with.
func setCredentials() {
	os.Setenv("AWS_ACCESS_KEY_ID", accessKey)
	os.Setenv("AWS_SECRET_ACCESS_KEY", secretKey)
	os.Unsetenv("AWS_SESSION_TOKEN")
	os.Setenv("DOCKER_CONFIG", "/nonexistent")
}

// hosts starts one server of each kind. Those that come with the machine are
// left out where they are not installed.
func hosts(t *testing.T) []host {
	t.Helper()
	all := []host{
		folderHost(t),
		s3Host(t),
		registryHost(t),
	}
	for _, start := range []func(*testing.T) (host, bool){dockerRegistry, versityGateway} {
		if h, ok := start(t); ok {
			all = append(all, h)
		}
	}
	return all
}

func linked(t *testing.T, server http.Handler) (*link, string) {
	l := &link{server: server}
	s := httptest.NewServer(l)
	t.Cleanup(s.Close)
	return l, s.Listener.Addr().String()
}

func folderHost(t *testing.T) host {
	return host{"folder", filepath.Join(t.TempDir(), "published"), nil, true}
}

// s3Host starts gofakes3, which leaves it to tests to look at clocks.
func s3Host(t *testing.T) host {
	backend := s3mem.New()
	if err := backend.CreateBucket("faq"); err != nil {
		t.Fatal(err)
	}
	l, addr := linked(t, gofakes3.New(backend, gofakes3.WithTimeSkewLimit(0)).Server())
	return host{"s3", "s3://faq/some/where?endpoint=http://" + addr, l, true}
}

// registryHost starts an OCI registry.
func registryHost(t *testing.T) host {
	l, addr := linked(t, ociserver.New(ocimem.New(), nil))
	return host{"oci", "oci://" + addr + "/team/faq:main", l, false}
}

// dockerRegistry starts the registry of Debian.
func dockerRegistry(t *testing.T) (host, bool) {
	addr := freeAddr(t)
	config := filepath.Join(t.TempDir(), "config.yml")
	text := fmt.Sprintf("version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: {addr: %q}\n", t.TempDir(), addr)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	ok := child(t, addr, nil, "docker-registry", "serve", config)
	return host{"docker-registry", "oci://" + addr + "/team/faq:main", nil, false}, ok
}

// versityGateway starts a server of S3 that checks signatures.
func versityGateway(t *testing.T) (host, bool) {
	addr, dir := freeAddr(t), t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "faq"), 0o755); err != nil {
		t.Fatal(err)
	}
	env := []string{"ROOT_ACCESS_KEY=" + accessKey, "ROOT_SECRET_KEY=" + secretKey}
	ok := child(t, addr, env, "versitygw", "--port", addr, "posix", "--sidecar", t.TempDir(), dir)
	return host{"versitygw", "s3://faq/some/where?endpoint=http://" + addr, nil, true}, ok
}

func freeAddr(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// child runs a server until the test ends, and waits until it answers. It is
// false if the program is not installed.
func child(t *testing.T, addr string, env []string, name string, args ...string) bool {
	if _, err := exec.LookPath(name); err != nil {
		t.Logf("%s is not installed: the servers in this process stand for it", name)
		return false
	}
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Env = append(os.Environ(), env...)
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		if c, err := net.Dial("tcp", addr); err == nil {
			c.Close()
			return true
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%s does not answer:\n%s", name, said.String())
		case <-tick.C:
		}
	}
}

// once applies a fault to the first n requests that match, which is one at a
// time. Without a method, any does.
func once(n int, method, path string, f fault) fault {
	var mu sync.Mutex
	return func(w http.ResponseWriter, r *http.Request, server http.Handler) bool {
		mu.Lock()
		defer mu.Unlock()
		if n == 0 || method != "" && r.Method != method || !strings.Contains(r.URL.Path, path) {
			return false
		}
		n--
		return f(w, r, server)
	}
}

// always is how often a fault strikes that does not pass.
const always = 1 << 30

// cut ends the connection after half of the answer.
func cut(w http.ResponseWriter, r *http.Request, server http.Handler) bool {
	rec := httptest.NewRecorder()
	server.ServeHTTP(rec, r)
	maps.Copy(w.Header(), rec.Header())
	w.Header().Set("Content-Length", fmt.Sprint(rec.Body.Len()))
	w.WriteHeader(rec.Code)
	w.Write(rec.Body.Bytes()[:rec.Body.Len()/2])
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

// hangUp ends the connection after half of what is sent.
func hangUp(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	io.CopyN(io.Discard, r.Body, r.ContentLength/2)
	panic(http.ErrAbortHandler)
}

// loseAnswer does what is asked for and ends the connection without a word.
func loseAnswer(_ http.ResponseWriter, r *http.Request, server http.Handler) bool {
	server.ServeHTTP(httptest.NewRecorder(), r)
	panic(http.ErrAbortHandler)
}

// corrupt turns over one bit of the answer.
func corrupt(w http.ResponseWriter, r *http.Request, server http.Handler) bool {
	rec := httptest.NewRecorder()
	server.ServeHTTP(rec, r)
	maps.Copy(w.Header(), rec.Header())
	body := rec.Body.Bytes()
	if len(body) > 0 {
		body[len(body)/2] ^= 1
	}
	w.WriteHeader(rec.Code)
	w.Write(body)
	return true
}

// wholly answers a request for a part of a file with all of it.
func wholly(w http.ResponseWriter, r *http.Request, server http.Handler) bool {
	r.Header.Del("Range")
	server.ServeHTTP(w, r)
	return true
}

// answer is a fault that answers with a status.
func answer(status int, header ...string) fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		return true
	}
}

// either is the first of two faults that strikes.
func either(a, b fault) fault {
	return func(w http.ResponseWriter, r *http.Request, server http.Handler) bool {
		return a(w, r, server) || b(w, r, server)
	}
}
