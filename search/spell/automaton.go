package spell

import (
	"unicode/utf8"

	"github.com/blevesearch/vellum"
)

// MaxEdits is how many edits a search can allow.
const MaxEdits = 2

// MaxLength is how many letters of a word can be searched for.
const MaxLength = 32

// An automaton accepts the words that are at most edits away from a word, in
// the optimal string alignment distance: one edit inserts, drops or replaces a
// letter, or swaps two that stand side by side.
//
// Its state is the row of the table of distances at the letters read so far,
// as far as cells can be small enough: those within edits of the diagonal, and
// the row before for swaps. All of that fits into an int, so that it needs no
// memory and nothing is built before a search.
type automaton struct {
	word  []rune
	edits int
}

var _ vellum.Automaton = automaton{}

// dead is the state from which nothing is accepted.
const dead = -1

const cells = 2*MaxEdits + 1

// A row is what a state consists of.
type row struct {
	read    int          // letters read
	current [cells]uint8 // distance to the first read-MaxEdits+k letters of the word
	before  [cells]uint8 // the same one letter ago
	equal   uint8        // bit k: the last letter read is the word's at read-MaxEdits+k
	more    int          // bytes that the letter being read still has
	part    int          // its bits so far
}

// far is a distance that is too large.
const far = MaxEdits + 1

// Bits of the parts of a state.
const (
	readBits = 6
	cellBits = 2
	moreBits = 2
	rowBits  = cells * cellBits
)

func (r row) pack() int {
	s := r.part
	s = s<<moreBits | r.more
	s = s<<cells | int(r.equal)
	s = s<<rowBits | squeeze(r.current)
	s = s<<rowBits | squeeze(r.before)
	return s<<readBits | r.read
}

func unpack(s int) row {
	take := func(n int) int {
		v := s & (1<<n - 1)
		s >>= n
		return v
	}
	r := row{read: take(readBits), before: spread(take(rowBits)), current: spread(take(rowBits))}
	r.equal = uint8(take(cells))
	r.more = take(moreBits)
	r.part = s
	return r
}

func squeeze(c [cells]uint8) int {
	return int(c[0]) | int(c[1])<<2 | int(c[2])<<4 | int(c[3])<<6 | int(c[4])<<8
}

func spread(s int) [cells]uint8 {
	return [cells]uint8{uint8(s & 3), uint8(s >> 2 & 3), uint8(s >> 4 & 3), uint8(s >> 6 & 3), uint8(s >> 8 & 3)}
}

// Start implements vellum.Automaton.
func (a automaton) Start() int {
	r := row{}
	for k := range cells {
		r.before[k] = far
		r.current[k] = far
		if n := k - MaxEdits; n >= 0 && n <= a.edits && n <= len(a.word) {
			r.current[k] = uint8(n)
		}
	}
	return r.pack()
}

// IsMatch implements vellum.Automaton.
func (a automaton) IsMatch(s int) bool { return s != dead && a.distance(s) <= a.edits }

// distance returns that of the letters read, or far.
func (a automaton) distance(s int) int {
	r := unpack(s)
	k := len(a.word) - r.read + MaxEdits
	if r.more > 0 || k < 0 || k >= cells {
		return far
	}
	return int(r.current[k])
}

// CanMatch implements vellum.Automaton.
func (a automaton) CanMatch(s int) bool { return s != dead }

// WillAlwaysMatch implements vellum.Automaton.
func (a automaton) WillAlwaysMatch(int) bool { return false }

// Accept implements vellum.Automaton.
func (a automaton) Accept(s int, b byte) int {
	if s == dead {
		return dead
	}
	r := unpack(s)
	letter, ok := r.letter(b)
	switch {
	case !ok:
		return dead
	case r.more > 0:
		return r.pack()
	}
	return a.next(r, letter)
}

// letter reads a byte. The letter is there once r.more is 0.
func (r *row) letter(b byte) (rune, bool) {
	const continued = 0x3f
	if r.more > 0 {
		r.part = r.part<<6 | int(b&continued)
		r.more--
		letter := r.part
		if r.more == 0 {
			r.part = 0
		}
		return rune(letter), !utf8.RuneStart(b)
	}
	switch {
	case b < utf8.RuneSelf:
		return rune(b), true
	case b>>5 == 0b110:
		r.more, r.part = 1, int(b&0x1f)
	case b>>4 == 0b1110:
		r.more, r.part = 2, int(b&0x0f)
	case b>>3 == 0b11110:
		r.more, r.part = 3, int(b&0x07)
	default:
		return 0, false
	}
	return 0, true
}

// next returns the state after one more letter.
func (a automaton) next(r row, letter rune) int {
	n := row{read: r.read + 1, before: r.current}
	alive := false
	n.current = [cells]uint8{far, far, far, far, far}
	for k := MaxEdits - a.edits; k <= MaxEdits+a.edits; k++ {
		j := n.read - MaxEdits + k
		if j < 0 || j > len(a.word) {
			continue
		}
		if j < len(a.word) && a.word[j] == letter {
			n.equal |= 1 << k
		}
		if d := a.cell(r, n, k, j, letter); int(d) <= a.edits {
			n.current[k], alive = d, true
		}
	}
	if !alive {
		return dead
	}
	return n.pack()
}

// cell returns the distance of the letters read to the first j of the word.
func (a automaton) cell(r, n row, k, j int, letter rune) uint8 {
	d := uint8(far)
	if k+1 < cells {
		d = min(d, r.current[k+1]+1)
	}
	if k > 0 {
		d = min(d, n.current[k-1]+1)
	}
	if j == 0 {
		return d
	}
	if a.word[j-1] == letter {
		d = min(d, r.current[k])
	} else {
		d = min(d, r.current[k]+1)
	}
	if j > 1 && r.equal&(1<<k) != 0 && a.word[j-2] == letter {
		d = min(d, r.before[k]+1)
	}
	return d
}
