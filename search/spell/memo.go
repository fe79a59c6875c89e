package spell

import "github.com/blevesearch/vellum"

// A memo is an automaton that remembers its last transitions: a search asks for
// few different ones many times.
type memo struct {
	automaton
	known []transition
}

var _ vellum.Automaton = (*memo)(nil)

// A transition leads from a state and a byte, which are its key, to the next
// state. The key of none is 0, which is that of no transition of a search: in
// every state before the end of a word some cell is far.
type transition struct{ key, next int }

// memoBits is the logarithm of how many transitions are remembered.
const memoBits = 10

func newMemo(a automaton) *memo { return &memo{a, make([]transition, 1<<memoBits)} }

// Accept implements vellum.Automaton.
func (m *memo) Accept(s int, b byte) int {
	if s == dead {
		return dead
	}
	const golden = 0x9e3779b97f4a7c15
	key := s<<8 | int(b)
	t := &m.known[uint64(key)*golden>>(64-memoBits)]
	if t.key != key {
		*t = transition{key, m.automaton.Accept(s, b)}
	}
	return t.next
}
