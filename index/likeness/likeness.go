// Package likeness tells how like a query is to the questions of entries as a
// text: the same words, or many of the same letters side by side. That finds
// a question which somebody types as it stands, and is little hurt by
// spelling.
package likeness

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// Key returns the key of a text from its words: texts of one key ask the same.
func Key(words []string) string { return strings.Join(words, " ") }

// Grams are the trigrams of the words of a key, by their hash: each word with
// a blank at both ends, three letters at a time.
type Grams []uint16

// GramsOf returns the trigrams of a key in order, each once.
func GramsOf(key string) Grams {
	var grams Grams
	for word := range strings.SplitSeq(key, " ") {
		if word == "" {
			continue
		}
		padded := " " + word + " "
		for i := range padded {
			if end := after(padded, i, 3); end > 0 {
				grams = append(grams, hash16(padded[i:end]))
			}
		}
	}
	slices.Sort(grams)
	return slices.Compact(grams)
}

// after returns the place in s that is n letters after i, or 0.
func after(s string, i, n int) int {
	for range n {
		if i == len(s) {
			return 0
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return i
}

func hash16(s string) uint16 {
	h := hash(s)
	return uint16(h ^ h>>16 ^ h>>32 ^ h>>48)
}

// hash returns that of FNV-1a.
func hash(s string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 0x100000001b3
	}
	return h
}

// magic begins a file of questions. After it come the numbers of entries, of
// texts and of grams; for each entry and one more, the number of its first
// text; for each text and one more, the number of its first gram; the keys of
// all texts in order, each as its hash of 64 bits, its entry and whether it is
// an alias; the grams of 16 bits. Numbers have 32 bits, the least byte first.
const magic = "KBQ1"

// ErrFile is the error for data that is not a file of questions.
var ErrFile = errors.New("not questions of kb")

// A key says which text has a hash.
type key struct {
	Hash  uint64
	Entry uint32
	Alias uint32 // 0 for a question, 1 for an alias
}

const keySize = 16

// Questions are those of the entries of an index. They are safe for use by
// several goroutines at once.
type Questions struct {
	texts     numbers // of each entry and one more
	firstGram numbers // of each text and one more
	keys      []byte
	grams     []byte
}

// Read returns the questions in data. They are read from it whenever they are
// used, and it must not change.
func Read(data []byte) (*Questions, error) {
	const header = len(magic) + 12
	if len(data) < header || string(data[:len(magic)]) != magic {
		return nil, ErrFile
	}
	word := func(i int) int { return int(binary.LittleEndian.Uint32(data[len(magic)+4*i:])) }
	entries, texts, grams := word(0), word(1), word(2)
	if len(data) != header+4*(entries+1)+4*(texts+1)+keySize*texts+2*grams {
		return nil, fmt.Errorf("%w: %d bytes for %d questions", ErrFile, len(data), texts)
	}
	rest := data[header:]
	take := func(n int) []byte {
		b := rest[:n:n]
		rest = rest[n:]
		return b
	}
	q := &Questions{
		texts:     take(4 * (entries + 1)),
		firstGram: take(4 * (texts + 1)),
		keys:      take(keySize * texts),
		grams:     rest,
	}
	if !q.texts.ascend(texts) || !q.firstGram.ascend(grams) {
		return nil, fmt.Errorf("%w: out of order", ErrFile)
	}
	return q, nil
}

// numbers are numbers of 32 bits, the least byte first.
type numbers []byte

func (n numbers) len() int { return len(n) / 4 }

func (n numbers) at(i uint32) uint32 { return binary.LittleEndian.Uint32(n[4*int(i):]) }

// ascend reports whether the numbers go from 0 to end and never back.
func (n numbers) ascend(end int) bool {
	last := uint32(0)
	for i := range uint32(n.len()) {
		next := n.at(i)
		if next < last || i == 0 && next > 0 {
			return false
		}
		last = next
	}
	return int(last) == end
}

// Entries returns the number of entries.
func (q *Questions) Entries() int { return q.texts.len() - 1 }

func (q *Questions) key(i int) key {
	b := q.keys[keySize*i:]
	return key{binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint32(b[8:]), binary.LittleEndian.Uint32(b[12:])}
}

// Exact returns the entries that have a key as their question and those that
// have it as an alias, in order.
func (q *Questions) Exact(text string) (questions, aliases []uint32) {
	h := hash(text)
	n := len(q.keys) / keySize
	first := sort.Search(n, func(i int) bool { return q.key(i).Hash >= h })
	for i := first; i < n && q.key(i).Hash == h; i++ {
		k := q.key(i)
		switch {
		case int(k.Entry) >= q.Entries(): // damaged
		case k.Alias == 0:
			questions = append(questions, k.Entry)
		default:
			aliases = append(aliases, k.Entry)
		}
	}
	return questions, slices.Compact(aliases)
}

// A Query is the trigrams of a query, to compare with many questions.
type Query struct {
	set [1 << 10]uint64
	n   int
}

// NewQuery returns the query of a key.
func NewQuery(key string) *Query {
	q := new(Query)
	for _, g := range GramsOf(key) {
		q.set[g>>6] |= 1 << (g & 63)
		q.n++
	}
	return q
}

// Dice returns the likeness of a query to the question or the alias of an
// entry that is most like it: twice the number of trigrams they share, by the
// number that both have; from 0 to 1. Dice: Measures of the Amount of Ecologic
// Association Between Species, Ecology 26(3), 1945.
func (q *Questions) Dice(query *Query, entry uint32) float64 {
	var most float64
	for text := q.texts.at(entry); text < q.texts.at(entry+1); text++ {
		grams := q.grams[2*q.firstGram.at(text) : 2*q.firstGram.at(text+1)]
		shared := 0
		for i := 0; i < len(grams); i += 2 {
			g := binary.LittleEndian.Uint16(grams[i:])
			shared += int(query.set[g>>6] >> (g & 63) & 1)
		}
		if all := query.n + len(grams)/2; all > 0 {
			most = max(most, 2*float64(shared)/float64(all))
		}
	}
	return most
}
