package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestInterruptedBuildLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	page, out := filepath.Join(dir, "faq.md"), filepath.Join(dir, "index")
	if err := os.WriteFile(page, []byte("## Is it built?\n\nNo.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr strings.Builder
	if status := run(ctx, []string{"index", page, "-o", out}, stdio{nil, &stdout, &stderr}); status != 2 {
		t.Errorf("status %d, want 2", status)
	}
	if diff := cmp.Diff("kb: error: interrupted\n", stderr.String()); diff != "" {
		t.Error(diff)
	}
	if stdout.String() != "" {
		t.Errorf("printed %q", stdout.String())
	}
	if _, err := os.Stat(filepath.Join(out, "current")); err == nil {
		t.Error("there is an index")
	}
}

func TestProgressIsShownToWhoWaits(t *testing.T) {
	term, shown := screen(80)
	p := (&app{err: term}).progress()
	now := p.started
	p.now = func() time.Time { return now }
	p.show(1, 4)
	if got := shown(); got != "" {
		t.Errorf("showed %q at once", got)
	}
	now = now.Add(patience)
	p.show(1, 4)
	p.show(1, 4)
	p.show(4, 4)
	p.done()
	want := "\r«2:" + strings.Repeat("█", 7) + strings.Repeat("░", 23) + "» 1 of 4 questions, 2 a second, 2s left\x1b[K" +
		"\r«2:" + strings.Repeat("█", 30) + "» 4 of 4 questions\x1b[K\r\x1b[K"
	if diff := cmp.Diff(want, shown()); diff != "" {
		t.Error(diff)
	}
}

func TestFilesReadAreShownToWhoWaits(t *testing.T) {
	term, shown := screen(80)
	p := (&app{err: term}).progress()
	now := p.started
	p.now = func() time.Time { return now }
	for range 150 {
		p.read()
	}
	if got := shown(); got != "" {
		t.Errorf("showed %q at once", got)
	}
	now = now.Add(patience)
	for range 150 {
		p.read()
	}
	p.done()
	if diff := cmp.Diff("\r200 files read\x1b[K\r300 files read\x1b[K\r\x1b[K", shown()); diff != "" {
		t.Error(diff)
	}
}
