package main

import (
	"fmt"
	"html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kb/content"
	"kb/index"
	"kb/web"
)

// turns is how many generations follow one another under load.
const turns = 200

// turn is a corpus of which every answer to be looked at, and the section that
// it is in, tells its number. The others stay as they are.
func turn(n int) *content.Corpus {
	page := &content.Page{Path: "faq.md"}
	for i := range 40 {
		e := &content.Entry{Question: fmt.Sprintf("What stays as it is, number %d?", i), Section: []string{"Lasting"}}
		text := fmt.Sprintf("Whatever else changes, %d does not.", i)
		if i%2 == 0 {
			e.Question, e.Section = fmt.Sprintf("Who tells question %d?", i), []string{fmt.Sprint("Turn ", n)}
			text = fmt.Sprintf("It is turn %d that tells.", n)
		}
		e.Answer = content.Answer{Text: text, HTML: template.HTML("<p>" + text + "</p>")}
		page.Entries = append(page.Entries, e)
	}
	return content.NewCorpus(content.Site{}, []*content.Page{page})
}

// A crowd asks a server for everything, without a pause.
type crowd struct {
	url   string
	turns sync.Map // digest to number, both as text
	gate  sync.RWMutex
	asked atomic.Int64
	wrong atomic.Int64

	answered chan struct{} // for whoever waits for answers
}

// ask sends one request and returns what is wrong with the answer: all in it
// must be of one turn, and of that whose digest it tells.
func (c *crowd) ask(client *http.Client, path string) error {
	res, err := client.Get(c.url + path)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s, %v", path, res.Status, err)
	}
	told := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?i)turn[ -](\d+)`).FindAllStringSubmatch(string(body), -1) {
		told[m[1]] = true
	}
	for _, digest := range regexp.MustCompile(`sha256:[0-9a-f]{64}`).FindAllString(string(body), -1) {
		n, known := c.turns.Load(digest)
		if !known {
			return fmt.Errorf("%s: nobody built %s", path, digest)
		}
		told[n.(string)] = true
	}
	if len(told) != 1 {
		return fmt.Errorf("%s: one answer from %d generations: %v", path, len(told), told)
	}
	return nil
}

// await returns when the crowd has had some answers more.
func (c *crowd) await(t *testing.T) {
	for range 10 {
		select {
		case <-c.answered:
		case <-t.Context().Done():
		}
	}
}

func (c *crowd) run(t *testing.T, done <-chan struct{}) {
	paths := []string{
		"/api/v1/search?q=who+tells+question&limit=50", "/search?q=who+tells+question", "/q/who-tells-question-4",
		"/api/v1/entries/who-tells-question-8", "/api/v1/sections", "/api/v1/suggest?q=who+tells", "/readyz",
	}
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for i := 0; ; i++ {
		select {
		case <-done:
			return
		default:
		}
		c.gate.RLock()
		err := c.ask(client, paths[i%len(paths)])
		c.gate.RUnlock()
		c.asked.Add(1)
		select {
		case c.answered <- struct{}{}:
		default:
		}
		if err != nil && c.wrong.Add(1) < 10 {
			t.Error(err)
		}
	}
}

// A holding is what a process holds.
type holding struct {
	files, goroutines int
	heap              uint64
	mapped            map[string]bool // generations that memory is of
}

// hold waits until nothing is at work, and returns what is held of the index
// below dir then.
func (c *crowd) hold(t *testing.T, dir string) holding {
	t.Helper()
	c.gate.Lock()
	defer c.gate.Unlock()
	h := held(t, dir)
	for end := time.Now().Add(10 * time.Second); len(h.mapped) > 1 && time.Now().Before(end); h = held(t, dir) {
		runtime.Gosched() // an answer is there a little before its handler has ended
	}
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	h.heap = m.HeapAlloc
	return h
}

func held(t *testing.T, dir string) holding {
	t.Helper()
	fds, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	h := holding{len(fds), runtime.NumGoroutine(), 0, map[string]bool{}}
	for line := range strings.Lines(string(maps)) {
		if _, below, ok := strings.Cut(strings.TrimSpace(line), dir+"/"); ok {
			h.mapped[strings.Split(below, "/")[0]] = true
		}
	}
	return h
}

// TestTurnoverUnderLoad serves an index while hundreds of others replace it: no
// request fails, none is answered from two of them, and nothing is left of
// those that were replaced.
func TestTurnoverUnderLoad(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	c := &crowd{answered: make(chan struct{})}
	c.build(t, dir, 0)
	sv := &server{app: &app{out: newTerminal(io.Discard), err: newTerminal(io.Discard)}, from: indexSupply(dir, index.OpenVerified)}
	if err := sv.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	h, err := web.New(sv.live, sv.site)
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(h)
	defer site.Close()
	c.url = site.URL

	done := make(chan struct{})
	var running sync.WaitGroup
	for range 3 {
		running.Go(func() { c.run(t, done) })
	}
	f := follower{server: sv}
	var early holding
	const settled = turns / 10
	for n := 1; n <= turns; n++ {
		c.build(t, dir, n)
		c.await(t)
		f.look(t.Context())
		c.await(t)
		if n == settled {
			early = c.hold(t, dir)
		}
	}
	late := c.hold(t, dir)
	close(done)
	running.Wait()
	t.Logf("%d answers over %d generations, %d wrong; held %+v, then %+v", c.asked.Load(), turns, c.wrong.Load(), early, late)
	const (
		passing = 5       // connections that come and go; of each turn that leaks there would be one
		slack   = 8 << 20 // bytes of pools and buffers
	)
	if f.told != "" || late.files > early.files+passing || late.goroutines > early.goroutines+passing ||
		len(late.mapped) != 1 || late.heap > early.heap+slack {
		t.Errorf("%s; held %+v at turn %d, and %+v at turn %d", f.told, early, settled, late, turns)
	}
}

// build builds the index of a turn and tells the crowd its digest. Nobody asks
// meanwhile, so that builds do not take longer than the load.
func (c *crowd) build(t *testing.T, dir string, n int) {
	t.Helper()
	c.gate.Lock()
	defer c.gate.Unlock()
	if _, _, err := index.Build(t.Context(), dir, turn(n), index.Again("test")); err != nil {
		t.Fatal(err)
	}
	digest, err := digestOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	c.turns.Store(digest, strconv.Itoa(n))
}
