package main

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// patience is how long a build may take before a person is told how far it is.
const patience = 500 * time.Millisecond

// barWidth is the length of a progress bar in columns.
const barWidth = 30

// A progress is a line on a terminal that shows how far a build is.
type progress struct {
	t       *terminal
	now     func() time.Time
	started time.Time
	drawn   int // tenths of a percent; 0 if nothing is drawn

	mu    sync.Mutex
	files int // read so far
}

func (a *app) progress() *progress { return &progress{t: a.err, now: time.Now, started: time.Now()} }

// show draws the bar, if it has changed and somebody has been waiting.
func (p *progress) show(done, total int) {
	elapsed := p.now().Sub(p.started)
	if !p.t.live() || total == 0 || elapsed < patience {
		return
	}
	part := done * 1000 / total
	if part <= p.drawn {
		return
	}
	p.drawn = part
	full := barWidth * done / total
	bar := strings.Repeat("█", full) + strings.Repeat("░", barWidth-full)
	p.t.w.WriteString("\r")
	p.t.put(span{dim, bar}, span{plain, fmt.Sprintf(" %d of %s%s", done, count(total, "question"), pace(done, total, elapsed))})
	p.t.w.WriteString("\x1b[K") // the line before may have been longer
	p.t.w.Flush()
}

// filesAtOnce is after how many files the line of those that were read changes.
const filesAtOnce = 100

// read counts a file, and draws how many there were. Several goroutines may
// call it at one time.
func (p *progress) read() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.files++
	if p.files%filesAtOnce == 0 && p.t.live() && p.now().Sub(p.started) >= patience {
		p.drawn = 1
		p.t.w.WriteString("\r")
		p.t.put(span{plain, count(p.files, "file") + " read"})
		p.t.w.WriteString("\x1b[K")
		p.t.w.Flush()
	}
}

// pace returns how fast it goes, and how long it still takes at that.
func pace(done, total int, elapsed time.Duration) string {
	if done == 0 || done == total {
		return ""
	}
	left := time.Duration(float64(elapsed) * float64(total-done) / float64(done))
	return fmt.Sprintf(", %.0f a second, %v left", float64(done)/elapsed.Seconds(), (left + time.Second - 1).Truncate(time.Second))
}

// done removes the line.
func (p *progress) done() {
	if p.drawn > 0 {
		p.t.w.WriteString("\r\x1b[K")
		p.t.w.Flush()
	}
}
