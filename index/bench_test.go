//go:build unix

package index

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

var sizes = []int{1_000, 10_000, 100_000}

// BenchmarkBuild writes a whole generation: CPU seconds of the whole process, and
// bytes of an entry on disk.
func BenchmarkBuild(b *testing.B) {
	for _, n := range sizes {
		c := generated(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			measure(b, n, func(dir string) { mustBuild(b, dir, c) })
		})
	}
}

// most is the size in bytes of an entry on disk, without vectors, that a hundred
// thousand of them may have.
const most = 900

// BenchmarkBleve writes the bleve index of a generation and its words alone.
func BenchmarkBleve(b *testing.B) {
	for _, n := range sizes {
		c := generated(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			size := measure(b, n, func(dir string) {
				w := newBuilder(dir, c, nil)
				w.place()
				if err := w.writeBleve(b.Context(), dir); err != nil {
					b.Fatal(err)
				}
			})
			if n == 100_000 && size > most*int64(n) {
				b.Errorf("%d bytes, more than %d an entry", size, most)
			}
		})
	}
}

// BenchmarkStockBuilder writes the same documents with bleve.NewBuilder, as it
// comes.
func BenchmarkStockBuilder(b *testing.B) {
	for _, n := range sizes {
		c := generated(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			measure(b, n, func(dir string) { stockBuild(b, filepath.Join(dir, "stock"), c) })
		})
	}
}

// measure reports what build takes: with peak-MB, the most memory that the
// process had so far, of one size and benchmark at a time.
func measure(b *testing.B, n int, build func(dir string)) (size int64) {
	var cpu time.Duration
	for b.Loop() {
		dir := b.TempDir()
		before := cpuTime()
		build(dir)
		cpu += cpuTime() - before
		size = treeSize(b, dir)
		os.RemoveAll(dir)
	}
	b.ReportMetric(cpu.Seconds()/float64(b.N), "cpu-s/op")
	b.ReportMetric(float64(size)/float64(n), "B/entry")
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	b.ReportMetric(float64(u.Maxrss)/1024, "peak-MB")
	return size
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func treeSize(tb testing.TB, dir string) (size int64) {
	tb.Helper()
	err := filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			size += info.Size()
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return size
}

// BenchmarkOpen opens an index, reads one entry, and closes it.
func BenchmarkOpen(b *testing.B) {
	for _, n := range sizes {
		dir := b.TempDir()
		c := generated(n)
		mustBuild(b, dir, c)
		for name, open := range map[string]func(string) (*Snapshot, error){"quick": Open, "verified": OpenVerified} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					s, err := open(dir)
					if err != nil {
						b.Fatal(err)
					}
					if _, err := s.Entry(c.Entries[n/2].ID); err != nil {
						b.Fatal(err)
					}
					if err := s.Close(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkEntryAt reads the stored entries of an open index.
func BenchmarkEntryAt(b *testing.B) {
	dir := b.TempDir()
	mustBuild(b, dir, generated(1000))
	s := mustOpen(b, dir)
	for doc := uint64(0); b.Loop(); doc = (doc + 7) % 1000 {
		if _, err := s.EntryAt(doc); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAnalyze splits and stems a text of 60 words that it has seen, as
// highlighting does.
func BenchmarkAnalyze(b *testing.B) {
	s := &Snapshot{}
	text := generated(1).Entries[0].Answer.Text
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.Analyze(Answer, "en", text)
	}
}

// BenchmarkEdit writes a generation of a corpus of which one page of fifty
// entries has changed, after one of the corpus as it was. Compare it with
// BenchmarkBuild.
func BenchmarkEdit(b *testing.B) {
	for _, n := range sizes {
		was, is := generated(n), generated(n)
		page := is.Pages[len(is.Pages)/2]
		for _, e := range page.Entries {
			e.Question += " Or not?"
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			first := b.TempDir()
			mustBuild(b, first, was, Again("me"))
			measure(b, n, func(dir string) {
				if err := os.CopyFS(dir, os.DirFS(first)); err != nil {
					b.Fatal(err)
				}
				mustBuild(b, dir, is, Again("me"))
			})
		})
	}
}
