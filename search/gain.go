package search

import "math"

// A leg is one thing that can speak for an entry, or against it.
type leg int

const (
	inWords    leg = iota // the words of the query
	inQuestion            // a question that looks like the query
	inMeaning             // what the entry means
	inOneWord             // behind entries that have the one word of the query
	inExact               // asking just this
	inPin                 // the site wants it first
	inPairs               // words side by side
	inSubject             // being about the same, or about it without an answer
	legs
)

// Gains are what each leg adds to the score of a match. Their sum is the score.
type gains [legs]float64

// gain adds to the score of m what a leg gives.
func (m *match) gain(l leg, by float64) {
	m.score += by
	m.gains[l] += by
}

// become makes the score of m what a leg makes of it.
func (m *match) become(l leg, score float64) {
	m.gains[l] += score - m.score
	m.score = score
}

// weaken makes all that m has so far count by a factor.
func (m *match) weaken(factor float64) {
	m.score *= factor
	for l := range m.gains {
		m.gains[l] *= factor
	}
}

// A tally rounds numbers so that they add up, as rounded, to their sum as
// rounded.
type tally struct{ sum float64 }

// add returns x in hundredths, with what earlier rounding left over.
func (t *tally) add(x float64) float64 {
	before := hundredths(t.sum)
	t.sum += x
	return hundredths(t.sum) - before
}

func hundredths(x float64) float64 { return math.Round(100*x) / 100 }
