package likeness

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"io"
	"iter"
	"slices"
)

// Write writes the keys of each entry: first its question, then its aliases.
func Write(w io.Writer, entries [][]string) error {
	return Rewrite(w, slices.All(entries), nil, nil)
}

// Rewrite writes what Write does, and takes what is of entry i from entry
// from[i] of old, which has the same keys, unless that is negative or old is
// nil. The keys of such an entry need not be there.
func Rewrite(w io.Writer, entries iter.Seq2[int, []string], old *Questions, from []int) error {
	var f file
	var hashes []uint64
	if old != nil {
		hashes = old.hashes()
	}
	for entry, own := range entries {
		f.texts = append(f.texts, uint32(len(f.keys)))
		if old != nil && from[entry] >= 0 {
			first, end := old.texts.at(uint32(from[entry])), old.texts.at(uint32(from[entry]+1))
			for text := first; text < end; text++ {
				f.add(hashes[text], old.gramsOf(text), entry, text > first)
			}
			continue
		}
		for i, k := range own {
			f.add(hash(k), GramsOf(k), entry, i > 0)
		}
	}
	f.texts = append(f.texts, uint32(len(f.keys)))
	f.firstGram = append(f.firstGram, uint32(len(f.grams)))
	return f.write(w)
}

// A file is what a file of questions holds.
type file struct {
	texts, firstGram []uint32
	keys             []key
	grams            Grams
}

func (f *file) add(hash uint64, grams Grams, entry int, alias bool) {
	k := key{Hash: hash, Entry: uint32(entry)}
	if alias {
		k.Alias = 1
	}
	f.firstGram = append(f.firstGram, uint32(len(f.grams)))
	f.grams = append(f.grams, grams...)
	f.keys = append(f.keys, k)
}

func (f *file) write(w io.Writer) error {
	slices.SortStableFunc(f.keys, func(a, b key) int {
		return cmp.Or(cmp.Compare(a.Hash, b.Hash), cmp.Compare(a.Alias, b.Alias), cmp.Compare(a.Entry, b.Entry))
	})
	out := bufio.NewWriter(w)
	out.WriteString(magic)
	header := []uint32{uint32(len(f.texts) - 1), uint32(len(f.keys)), uint32(len(f.grams))}
	for _, part := range []any{header, f.texts, f.firstGram, f.keys, []uint16(f.grams)} {
		binary.Write(out, binary.LittleEndian, part)
	}
	return out.Flush() // returns the first error of all
}

// hashes returns that of each text. Those of the aliases of an entry are in any
// order: they are written in that of the hashes.
func (q *Questions) hashes() []uint64 {
	all := make([]uint64, q.firstGram.len()-1)
	aliases := make([]uint32, q.Entries())
	for i := range all {
		k := q.key(i)
		text := q.texts.at(k.Entry)
		if k.Alias == 1 {
			aliases[k.Entry]++
			text += aliases[k.Entry]
		}
		all[text] = k.Hash
	}
	return all
}

func (q *Questions) gramsOf(text uint32) Grams {
	first, end := q.firstGram.at(text), q.firstGram.at(text+1)
	grams := make(Grams, 0, end-first)
	for i := first; i < end; i++ {
		grams = append(grams, binary.LittleEndian.Uint16(q.grams[2*i:]))
	}
	return grams
}
