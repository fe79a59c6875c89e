//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkOneFileChanged is kb index of ten thousand entries in a hundred files,
// of nothing that was there before, and after one of the files has changed: in
// CPU seconds of the whole process, and the part that the second is of the
// first.
func BenchmarkOneFileChanged(b *testing.B) {
	dir := b.TempDir()
	faq, idx := filepath.Join(dir, "faq"), filepath.Join(dir, "index")
	if err := os.CopyFS(dir, inForms(b)); err != nil {
		b.Fatal(err)
	}
	measured := func(to string) time.Duration {
		start := cpuTime()
		if status := run(b.Context(), []string{"index", faq, "-o", to}, stdio{nil, io.Discard, io.Discard}); status != 0 {
			b.Fatal("status ", status)
		}
		return cpuTime() - start
	}
	measured(idx)
	var full, edited time.Duration
	for n := 0; b.Loop(); n++ {
		name := filepath.Join(faq, fmt.Sprintf("%d.md", n*37%100))
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		text = fmt.Appendf(text, "\n### Is edit %d made?\n\nYes.\n", n)
		if err := os.WriteFile(name, text, 0o644); err != nil {
			b.Fatal(err)
		}
		edited += measured(idx)
		full += measured(filepath.Join(b.TempDir(), "index"))
	}
	b.ReportMetric(full.Seconds()/float64(b.N), "full-cpu-s")
	b.ReportMetric(edited.Seconds()/float64(b.N), "edited-cpu-s")
	b.ReportMetric(edited.Seconds()/full.Seconds(), "edited/full")
}
