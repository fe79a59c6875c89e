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

// resized returns n of the entries, some more than once if they are fewer,
// with answers of usual length.
func resized(all []*content.Entry, n int) []*content.Entry {
	entries := make([]*content.Entry, n)
	for i := range entries {
		e := *all[i%len(all)]
		e.ID, e.Anchor = "", fmt.Sprintf("e%d", i)
		e.Answer.Text = e.Answer.Text[:min(len(e.Answer.Text), 600)]
		e.Answer.HTML = "<p>answer</p>"
		entries[i] = &e
	}
	return entries
}

func sized(b *testing.B, all []*content.Entry, n int) *Searcher {
	b.Helper()
	dir := b.TempDir()
	c := content.NewCorpus(content.Site{}, []*content.Page{{Path: "faq.md", Entries: resized(all, n)}})
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

// times are the processor times of queries, in order.
type times []time.Duration

// ms returns the time, in milliseconds, that a share of the queries stays below.
func (t times) ms(share float64) float64 {
	return float64(t[int(share*float64(len(t)-1))].Microseconds()) / 1000
}

// percentiles reports the processor time of f on each query, and returns it.
func percentiles(b *testing.B, queries []string, f func(query string) error) times {
	b.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for _, q := range queries {
		if err := f(q); err != nil {
			b.Fatal(err)
		}
	}
	var all times
	for b.Loop() {
		for _, q := range queries {
			began := threadTime()
			if err := f(q); err != nil {
				b.Fatal(err)
			}
			all = append(all, threadTime()-began)
		}
	}
	slices.Sort(all)
	b.ReportMetric(all.ms(0.5), "p50-ms")
	b.ReportMetric(all.ms(0.95), "p95-ms")
	b.ReportMetric(all.ms(0.99), "p99-ms")
	return all
}

// heap returns how many bytes of memory are in use, without what is mapped
// from files.
func heap() float64 {
	runtime.GC()
	runtime.GC() // of pools, the first one only marks what nobody took
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// BenchmarkSearch measures the first page of questions over real entries, with
// everything on: ten hits with their highlights and excerpts. The questions are
// those of the collection and of its entries; the others are long ones that the
// entries do not answer. At the end it reports the memory that the searcher
// takes after all of them.
func BenchmarkSearch(b *testing.B) {
	all := medquad(b)
	questions, others, typo := questionsOf(b, all)
	for _, n := range []int{1_000, 10_000, 16_000, 100_000} {
		if n > 10_000 && testing.Short() {
			continue
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			before := heap()
			s := sized(b, all, n)
			search := func(lexical bool) func(string) error {
				return func(q string) error {
					_, err := s.Search(b.Context(), Query{Text: q, Lexical: lexical})
					return err
				}
			}
			suggest := func(q string) error {
				_, err := s.Suggest(b.Context(), q, 8)
				return err
			}
			b.Run("questions", func(b *testing.B) { percentiles(b, questions, search(false)) })
			b.Run("lexical", func(b *testing.B) { percentiles(b, questions, search(true)) })
			b.Run("others", func(b *testing.B) { percentiles(b, others, search(false)) })
			b.Run("typos", func(b *testing.B) { percentiles(b, typo, search(false)) })
			b.Run("suggest", func(b *testing.B) { percentiles(b, keystrokes(questions[:20]), suggest) })
			b.Run("keystrokes", func(b *testing.B) { percentiles(b, keystrokes(questions[:20]), search(false)) })
			b.Run("memory", func(b *testing.B) {
				percentiles(b, slices.Concat(questions, others, typo), search(false))
				b.ReportMetric((heap()-before)/1e6, "heap-MB")
			})
		})
	}
}

// questionsOf returns questions that entries answer, others, and misspelt ones.
func questionsOf(b *testing.B, all []*content.Entry) (questions, others, typo []string) {
	b.Helper()
	questions = queriesOf(b, "medquad/topics.tsv")
	for i := 0; i < len(all); i += len(all) / 150 {
		questions = append(questions, all[i].Question)
	}
	others = queriesOf(b, "stackfaq/topics.tsv")[:150]
	typo = append(queriesOf(b, "medquad/topics.typo.tsv"), queriesOf(b, "stackfaq/topics.typo.tsv")[:100]...)
	return questions, others, typo
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
