package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"cuelabs.dev/go/oci/ociregistry/ocimem"
	"cuelabs.dev/go/oci/ociregistry/ociserver"

	"kb/content"
	"kb/index"
	"kb/index/remote"
)

var swaps = flag.Int("swaps", 32, "number of indexes to pull under load")

// publishEdition publishes an index in which every answer tells the edition,
// and returns its digest.
func publishEdition(t *testing.T, dir string, to *remote.Place, n int) string {
	t.Helper()
	page := &content.Page{Path: "faq.md"}
	for i := range 20 {
		text := fmt.Sprintf("It is edition %d that tells you.", n)
		page.Entries = append(page.Entries, &content.Entry{
			Question: fmt.Sprintf("Which edition answers question %d?", i),
			Answer:   content.Answer{Text: text, HTML: template.HTML("<p>" + text + "</p>")},
		})
	}
	if _, _, err := index.Build(t.Context(), dir, content.NewCorpus(content.Site{}, []*content.Page{page})); err != nil {
		t.Fatal(err)
	}
	r, err := to.Publish(t.Context(), dir, remote.Options{Keep: remote.Kept})
	if err != nil {
		t.Fatal(err)
	}
	return r.Digest
}

// A load asks a server all the time.
type load struct {
	url      string
	editions sync.Map // digest to edition
	answers  atomic.Int64
	failed   atomic.Int64
	seen     chan string // digests of answers
}

// ask sends one search, and returns what is wrong with the answer: it must come
// whole from one generation, and from the one that it names.
func (l *load) ask() error {
	res, err := http.Get(l.url + "api/v1/search?q=which+edition+answers&limit=20")
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d: %v", res.StatusCode, err)
	}
	var got struct {
		Generation string
		Hits       []struct {
			Text string `json:"answer_text"`
		}
	}
	if err := json.Unmarshal(body, &got); err != nil {
		return err
	}
	select {
	case l.seen <- got.Generation:
	default: // nobody waits
	}
	edition, known := l.editions.Load(got.Generation)
	if !known || len(got.Hits) == 0 {
		return fmt.Errorf("%d hits of generation %s", len(got.Hits), got.Generation)
	}
	for _, h := range got.Hits {
		if !strings.Contains(h.Text, fmt.Sprintf("edition %d that", edition)) {
			return fmt.Errorf("generation of edition %d says %s", edition, h.Text)
		}
	}
	return nil
}

func (l *load) run(t *testing.T, done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
		}
		l.answers.Add(1)
		if err := l.ask(); err != nil && l.failed.Add(1) < 10 {
			t.Error(err)
		}
	}
}

// TestPulledUnderLoad serves a published index while newer ones are published:
// no request fails, no answer is of two generations, and nothing is left open
// of those that were replaced.
func TestPulledUnderLoad(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("DOCKER_CONFIG", t.TempDir())
	registry := httptest.NewServer(ociserver.New(ocimem.New(), nil))
	defer registry.Close()
	place, dir := "oci://"+registry.Listener.Addr().String()+"/faq:main", filepath.Join(t.TempDir(), "index")
	l, to := &load{seen: make(chan string)}, placeAt(t, place)
	l.editions.Store(publishEdition(t, dir, to, 0), 0)

	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan int)
	go func() {
		ended <- run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--index", place, "--refresh", "10ms"}, stdio{nil, in, io.Discard})
	}()
	url, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	l.url = strings.TrimSpace(url)

	done := make(chan struct{})
	var running sync.WaitGroup
	for range 2 {
		running.Go(func() { l.run(t, done) })
	}
	goroutines, files := 0, 0
	for n := 1; n <= *swaps; n++ {
		digest := publishNext(t, l, dir, to, n)
		for <-l.seen != digest {
		}
		if n == *swaps/4 {
			goroutines, files = runtime.NumGoroutine(), openFiles(t)
		}
	}
	t.Logf("%d answers over %d generations, %d failed; goroutines %d, then %d; open files %d, then %d",
		l.answers.Load(), *swaps, l.failed.Load(), goroutines, runtime.NumGoroutine(), files, openFiles(t))
	if now := openFiles(t); now > files+spare {
		t.Errorf("%d files are open, and %d were after a quarter", now, files)
	}
	if now := runtime.NumGoroutine(); now > goroutines+spare {
		t.Errorf("%d goroutines, and %d were after a quarter", now, goroutines)
	}
	close(done)
	running.Wait()
	cancel()
	if status := <-ended; status != 0 {
		t.Errorf("kb serve ended with status %d", status)
	}
}

// spare is how many files and goroutines connections may come to hold meanwhile.
const spare = 16

// publishNext publishes an edition that the load knows of before it can see it.
func publishNext(t *testing.T, l *load, dir string, to *remote.Place, n int) string {
	t.Helper()
	ahead := placeAt(t, filepath.Join(t.TempDir(), "ahead"))
	l.editions.Store(publishEdition(t, dir, ahead, n), n)
	return publishEdition(t, dir, to, n)
}

func placeAt(t *testing.T, address string) *remote.Place {
	t.Helper()
	p, err := remote.At(address)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// openFiles returns the number of files that the process holds open, those
// that are mapped and removed included; 0 where the system does not tell.
func openFiles(t *testing.T) int {
	fds, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	return len(fds) + strings.Count(string(maps), "(deleted)")
}
