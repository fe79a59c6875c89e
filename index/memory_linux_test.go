package index

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"
	"time"
)

// BenchmarkMemory writes a whole generation. It reports what the corpus takes,
// in MB, and what the build takes beside it at most: of its own, and of files
// that are mapped, which the system takes back when it needs it.
//
//	go test ./index -run '^$' -bench Memory -benchtime 1x -timeout 1h
func BenchmarkMemory(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c := generated(n)
			debug.FreeOSMemory()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			var own, mapped int
			for b.Loop() {
				dir := b.TempDir()
				anon, file := watch(b, func() { mustBuild(b, dir, c) })
				own, mapped = max(own, anon), max(mapped, file)
				os.RemoveAll(dir)
			}
			corpus := float64(m.HeapAlloc) / (1 << 20)
			b.ReportMetric(corpus, "corpus-MB")
			b.ReportMetric(float64(own)/1024-corpus, "own-MB")
			b.ReportMetric(float64(mapped)/1024, "mapped-MB")
			runtime.KeepAlive(c)
		})
	}
}

var residentParts = regexp.MustCompile(`Rss(Anon|File):\s+(\d+) kB`)

// watch returns the most memory of each kind, in kB, that the process has while
// f runs.
func watch(b *testing.B, f func()) (anon, file int) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		status, err := os.ReadFile("/proc/self/status")
		if err != nil {
			b.Fatal(err)
		}
		for _, m := range residentParts.FindAllSubmatch(status, -1) {
			kB, _ := strconv.Atoi(string(m[2])) // digits, as the expression says
			if string(m[1]) == "Anon" {
				anon = max(anon, kB)
			} else {
				file = max(file, kB)
			}
		}
		select {
		case <-done:
			return anon, file
		case <-look.C:
		}
	}
}
