package eval

import "fmt"

// A Gate is a condition on a report, and whether it holds.
type Gate struct {
	Want string  // as a person would write it: nDCG@10 ≥ 0.7000
	Is   float64 // what was measured
	OK   bool
	Lack string // what is wrong, in a sentence; "" if it holds
}

// noise is the difference of means that the order of additions can make.
const noise = 1e-9

// NotBelow is the gate that the mean of a comparison has not fallen.
func NotBelow(c Comparison, m Measure) Gate {
	g := Gate{Want: fmt.Sprintf("%s ≥ %.4f, the baseline", m, c.Was), Is: c.Is, OK: c.Is >= c.Was-noise}
	if !g.OK {
		g.Lack = fmt.Sprintf("%s %.4f is below the baseline's %.4f", m, c.Is, c.Was)
	}
	return g
}

// AtLeast is the gate that the mean of a measure reaches a limit: at most that,
// for a measure of which less is better.
func AtLeast(r *Report, m Measure, limit float64) Gate {
	g := Gate{Want: fmt.Sprintf("%s ≥ %.4f", m, limit), Is: r.Mean[m], OK: r.Mean[m] >= limit}
	if m.LessIsBetter() {
		g.Want, g.OK = fmt.Sprintf("%s ≤ %.4f", m, limit), r.Mean[m] <= limit
	}
	if !g.OK {
		g.Lack = fmt.Sprintf("%s %.4f does not reach %.4f", m, r.Mean[m], limit)
	}
	return g
}
