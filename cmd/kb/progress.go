package main

import (
	"fmt"
	"strings"
	"time"
)

// patience is how long a build may take before a person is told how far it is.
const patience = 500 * time.Millisecond

// barWidth is the length of a progress bar in columns.
const barWidth = 30

// A progress is a bar on a terminal that shows how far a build is.
type progress struct {
	t       *terminal
	started time.Time
	drawn   int // tenths of a percent; 0 if nothing is drawn
}

func (a *app) progress() *progress { return &progress{t: a.err, started: time.Now()} }

// show draws the bar, if it has changed and somebody has been waiting.
func (p *progress) show(done, total int) {
	if !p.t.live() || total == 0 || time.Since(p.started) < patience {
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
	p.t.put(span{dim, bar}, span{plain, fmt.Sprintf(" %d of %s", done, count(total, "question"))})
	p.t.w.Flush()
}

// done removes the bar.
func (p *progress) done() {
	if p.drawn > 0 {
		p.t.w.WriteString("\r\x1b[K")
		p.t.w.Flush()
	}
}
