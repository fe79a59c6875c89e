package eval

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// A Change is how a topic fares against a baseline.
type Change struct {
	Topic     string
	Was, Is   float64
	Increment float64 // Is - Was
}

// A Comparison is a report beside that of a baseline, on one measure.
type Comparison struct {
	Was, Is float64  // means over the topics that both have
	Changes []Change // the largest loss first; those of equal size in the order of the topics
	New     int      // how many topics the baseline does not have
	P       float64  // how likely chance alone makes the means differ as much
}

// Compare compares reports on the topics that both have.
func Compare(baseline, r *Report, m Measure) Comparison {
	var c Comparison
	var increments []float64
	for _, id := range r.Topics {
		old, ok := baseline.Values[id]
		if !ok {
			c.New++
			continue
		}
		d := Change{id, old[m], r.Values[id][m], r.Values[id][m] - old[m]}
		c.Changes = append(c.Changes, d)
		increments = append(increments, d.Increment)
		c.Was += d.Was
		c.Is += d.Is
	}
	n := math.Max(1, float64(len(c.Changes)))
	c.Was, c.Is = c.Was/n, c.Is/n
	c.P = pValue(increments)
	slices.SortStableFunc(c.Changes, func(a, b Change) int { return cmp.Compare(a.Increment, b.Increment) })
	return c
}

// rounds is how many random assignments a p-value is counted from: its error
// is below 0.005.
const rounds = 10_000

// pValue is that of the paired randomisation test, two-sided: the share of
// random assignments of the signs of the differences that make their sum at
// least as large. It is the same for the same differences.
func pValue(differences []float64) float64 {
	var sum float64
	for _, d := range differences {
		sum += d
	}
	const tolerance = 1e-12 // of the same terms added in another order
	rnd := rand.New(rand.NewPCG(1, 2))
	extreme := 1 // the assignment that was observed
	for range rounds {
		var s float64
		for _, d := range differences {
			if rnd.Uint64()&1 == 0 {
				d = -d
			}
			s += d
		}
		if math.Abs(s) >= math.Abs(sum)-tolerance {
			extreme++
		}
	}
	return float64(extreme) / (rounds + 1)
}
