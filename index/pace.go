package index

import (
	"math"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// headroom is how many bytes of garbage may pile up while much is read or built
// before it is collected. The collector's own measure, as much as is in use,
// makes it run without end where little is, and doubles the memory of what is
// large.
const headroom = 64 << 20

// Percentages of what is in use that may be garbage. The least bounds what
// collecting costs a large build.
const (
	usualGarbage = 100 // unless GOGC says otherwise
	leastGarbage = 40
	mostGarbage  = 1000
)

// A Pace is that of the garbage collector while much is read or built. Several
// goroutines may adjust it at one time.
type Pace struct {
	ours bool
	live atomic.Uint64 // bytes in use that it was set by
}

// NewPace takes over the pace until End, unless GOGC or GOMEMLIMIT was set: who
// does that knows better.
func NewPace() *Pace {
	s := []metrics.Sample{{Name: "/gc/gogc:percent"}, {Name: "/gc/gomemlimit:bytes"}}
	metrics.Read(s)
	p := &Pace{ours: s[0].Value.Uint64() == usualGarbage && s[1].Value.Uint64() == math.MaxInt64}
	p.Adjust()
	return p
}

// Adjust sets the pace by what is in use: it is cheap, and to be called after
// every piece of work that keeps what it makes.
func (p *Pace) Adjust() {
	if !p.ours {
		return
	}
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	live := max(s[0].Value.Uint64(), 1)
	if p.live.Swap(live) == live {
		return
	}
	debug.SetGCPercent(int(min(max(100*headroom/live, leastGarbage), mostGarbage)))
}

// End gives the pace back.
func (p *Pace) End() {
	if p.ours {
		debug.SetGCPercent(usualGarbage)
	}
}
