//go:build linux

package search

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"kb/content"
	"kb/index"
)

// collections is where the relevance collections are, as seen from here.
const collections = "../../shared/relevance"

// medquad returns the entries of the largest collection n times over, and its
// queries.
func medquad(b *testing.B) []*content.Entry {
	b.Helper()
	names, err := filepath.Glob(filepath.Join(collections, "medquad", "faq", "*.md"))
	if err != nil || len(names) == 0 {
		b.Skipf("no collections in %s", collections)
	}
	var entries []*content.Entry
	for _, name := range names {
		entries = append(entries, entriesOf(b, name)...)
	}
	return entries
}

func sized(b *testing.B, all []*content.Entry, n int) *Searcher {
	b.Helper()
	var entries []*content.Entry
	for i := range n {
		e := *all[i%len(all)]
		e.ID, e.Anchor = "", fmt.Sprintf("e%d", i)
		e.Answer.Text = e.Answer.Text[:min(len(e.Answer.Text), 600)]
		e.Answer.HTML = "<p>answer</p>"
		entries = append(entries, &e)
	}
	dir := b.TempDir()
	c := content.NewCorpus(content.Site{}, []*content.Page{{Path: "faq.md", Entries: entries}})
	if _, _, err := index.Build(b.Context(), dir, c); err != nil {
		b.Fatal(err)
	}
	return open(b, dir)
}

func queriesOf(b *testing.B, file string) []string {
	b.Helper()
	f, err := os.Open(filepath.Join(collections, file))
	if err != nil {
		b.Skip(err)
	}
	defer f.Close()
	var queries []string
	for s := bufio.NewScanner(f); s.Scan(); {
		if _, q, ok := strings.Cut(s.Text(), "\t"); ok {
			queries = append(queries, q)
		}
	}
	return queries
}

// threadTime returns the processor time of this thread.
func threadTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		panic(err)
	}
	return time.Duration(t.Nano())
}

// percentiles reports the processor time of f on each query.
func percentiles(b *testing.B, queries []string, f func(query string) error) {
	b.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for _, q := range queries {
		if err := f(q); err != nil {
			b.Fatal(err)
		}
	}
	var times []time.Duration
	for b.Loop() {
		for _, q := range queries {
			began := threadTime()
			if err := f(q); err != nil {
				b.Fatal(err)
			}
			times = append(times, threadTime()-began)
		}
	}
	slices.Sort(times)
	ms := func(share float64) float64 {
		return float64(times[int(share*float64(len(times)-1))].Microseconds()) / 1000
	}
	b.ReportMetric(ms(0.5), "p50-ms")
	b.ReportMetric(ms(0.95), "p95-ms")
	b.ReportMetric(ms(0.99), "p99-ms")
}

// BenchmarkSearch measures the first page of real questions over real entries,
// with everything on: ten hits with their highlights and excerpts.
func BenchmarkSearch(b *testing.B) {
	all := medquad(b)
	base := queriesOf(b, "stackfaq/topics.tsv")[:150]
	base = append(base, queriesOf(b, "medquad/topics.tsv")...)
	typo := append(queriesOf(b, "medquad/topics.typo.tsv"), queriesOf(b, "stackfaq/topics.typo.tsv")[:100]...)
	for _, n := range []int{1_000, 10_000, 100_000} {
		if n > 10_000 && testing.Short() {
			continue
		}
		s := sized(b, all, n)
		run := func(lexical bool) func(string) error {
			return func(q string) error {
				_, err := s.Search(b.Context(), Query{Text: q, Lexical: lexical})
				return err
			}
		}
		b.Run(fmt.Sprint(n, "/questions"), func(b *testing.B) { percentiles(b, base, run(false)) })
		b.Run(fmt.Sprint(n, "/lexical"), func(b *testing.B) { percentiles(b, base, run(true)) })
		b.Run(fmt.Sprint(n, "/typos"), func(b *testing.B) { percentiles(b, typo, run(false)) })
		b.Run(fmt.Sprint(n, "/keystrokes"), func(b *testing.B) {
			percentiles(b, keystrokes(base[:20]), func(q string) error {
				_, err := s.Suggest(b.Context(), q, 8)
				return err
			})
		})
	}
}

// keystrokes returns what stands in a box after each key of the queries.
func keystrokes(queries []string) []string {
	var all []string
	for _, q := range queries {
		for i := range q {
			if i > 0 {
				all = append(all, q[:i])
			}
		}
		all = append(all, q)
	}
	return all
}
