package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"kb/web"
)

// A door is a listener that tells when it is closed.
type door struct {
	net.Listener
	closed chan struct{}
}

func (d door) Close() error {
	defer close(d.closed)
	return d.Listener.Close()
}

// TestRequestsUnderWayAreAnswered sends SIGTERM while the server is at work on
// a request, and lets it go on when nobody else is let in.
func TestRequestsUnderWayAreAnswered(t *testing.T) {
	site := handler(t, "## Is it answered?\n\nTo the end.\n")
	begun, goOn := make(chan struct{}), make(chan struct{})
	s := newServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		<-goOn
		site.ServeHTTP(w, r)
	}))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(t.Context(), syscall.SIGTERM)
	defer stop()
	d, ended := door{l, make(chan struct{})}, make(chan error, 1)
	go func() { ended <- serve(ctx, s, d) }()

	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	send(t, conn, "GET /q/is-it-answered HTTP/1.1\r\nHost: kb\r\n\r\n")
	<-begun
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-d.closed
	if late, err := net.Dial("tcp", l.Addr().String()); err == nil {
		late.Close()
		t.Error("a request was let in after the signal")
	}
	close(goOn)
	r, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(body), "To the end.") {
		t.Errorf("%s, %v\n%s", r.Status, err, body)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func send(t *testing.T, w io.Writer, text string) {
	t.Helper()
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
}

// handler returns the site of a page.
func handler(t *testing.T, page string) http.Handler {
	t.Helper()
	name := filepath.Join(t.TempDir(), "faq.md")
	if err := os.WriteFile(name, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	return handlerOf(t, name)
}

// handlerOf returns the site of the content at a path.
func handlerOf(t *testing.T, path string) http.Handler {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	a := &app{out: newTerminal(io.Discard), err: newTerminal(io.Discard)}
	from, err := a.supply(origin{content: []string{path}})
	if err != nil {
		t.Fatal(err)
	}
	sv := &server{app: a, from: from}
	if err := sv.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	h, err := web.New(sv.live, sv.site)
	if err != nil {
		t.Fatal(err)
	}
	return h
}
