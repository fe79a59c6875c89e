package index

import (
	"math"
	"runtime/debug"
	"runtime/metrics"
)

// headroom is how many bytes of garbage may pile up during a build before it is
// collected. The collector's own measure, as much as is in use, makes it run
// without end in a small build, and doubles the memory of a large one.
const headroom = 64 << 20

// Percentages of what is in use that may be garbage. The least bounds what
// collecting costs a large build.
const (
	usualGarbage = 100 // unless GOGC says otherwise
	leastGarbage = 40
	mostGarbage  = 1000
)

// A pace is that of the garbage collector during a build.
type pace struct{ ours bool }

// newPace takes over the pace, unless GOGC or GOMEMLIMIT was set: who does that
// knows better.
func newPace() pace {
	s := []metrics.Sample{{Name: "/gc/gogc:percent"}, {Name: "/gc/gomemlimit:bytes"}}
	metrics.Read(s)
	p := pace{s[0].Value.Uint64() == usualGarbage && s[1].Value.Uint64() == math.MaxInt64}
	p.adjust()
	return p
}

// adjust sets the pace by what is in use.
func (p pace) adjust() {
	if !p.ours {
		return
	}
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	percent := 100 * headroom / max(s[0].Value.Uint64(), 1)
	debug.SetGCPercent(int(min(max(percent, leastGarbage), mostGarbage)))
}

func (p pace) end() {
	if p.ours {
		debug.SetGCPercent(usualGarbage)
	}
}
