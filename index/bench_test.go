//go:build unix

package index

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"kb/content"
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

// BenchmarkBleve writes the bleve index of a generation alone.
func BenchmarkBleve(b *testing.B) {
	for _, n := range sizes {
		c := generated(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			size := measure(b, n, func(dir string) { bleveBuild(b, dir, c) })
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

// share is the part of the CPU time of bleve's own builder that a build may
// take.
const share = .9

// rounds is how often both builders run, of each size.
var rounds = map[int]int{1_000: 25, 10_000: 7, 100_000: 3}

// BenchmarkShare writes the bleve index of a generation, and the same documents
// with bleve.NewBuilder as it comes, in turn, so that a busy machine slows both.
// It reports the median of what the one takes of the other's CPU time, and the
// quartiles; a builder's time is that of the whole process, garbage included.
//
//	go test ./index -run '^$' -bench Share -benchtime 1x -timeout 1h
func BenchmarkShare(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c := generated(n)
			own := func(dir string) { bleveBuild(b, dir, c) }
			stock := func(dir string) { stockBuild(b, filepath.Join(dir, "stock"), c) }
			var ratios []float64
			for b.Loop() {
				for range rounds[n] {
					ratios = append(ratios, cpuOf(b, own).Seconds()/cpuOf(b, stock).Seconds())
				}
			}
			slices.Sort(ratios)
			b.ReportMetric(ratios[len(ratios)/4], "quarter")
			b.ReportMetric(ratios[len(ratios)/2], "share")
			b.ReportMetric(ratios[len(ratios)*3/4], "three-quarters")
			if ratios[len(ratios)/2] > share {
				b.Errorf("a build takes %.3f of the CPU time of bleve's, more than %.2f", ratios[len(ratios)/2], share)
			}
		})
	}
}

// cpuOf returns the CPU time of a build, which begins without garbage.
func cpuOf(b *testing.B, build func(dir string)) time.Duration {
	dir := b.TempDir()
	defer os.RemoveAll(dir)
	runtime.GC()
	before := cpuTime()
	build(dir)
	return cpuTime() - before
}

// bleveBuild writes the bleve index of a generation, and nothing that
// bleve.NewBuilder does not write.
func bleveBuild(b *testing.B, dir string, c *content.Corpus) {
	b.Helper()
	of := newBuilder(dir, c, nil)
	of.pace = NewPace()
	defer of.pace.End()
	of.place()
	w, err := of.writeChunks(b.Context(), dir)
	if err == nil {
		w.indexers = nil
		err = w.writeBleve(b.Context())
	}
	if err != nil {
		b.Fatal(err)
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
