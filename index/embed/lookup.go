package embed

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"sort"
)

//go:embed model/kb64.kbl
var shippedLookup []byte

// lookupMagic begins a lookup. After it come the digest of the model as 32
// bytes; the numbers of blocks and of bytes of their first stems; for each
// block where its first stem ends among those, and where in the vocabulary
// the block goes on after it; the first stems; for each stem of the model the
// signs of its vector, as 64 bits for every 64 dimensions: whether it is
// negative. All numbers have 32 bits, the least byte first.
const lookupMagic = "KBL1"

// A lookup tells what a walk through a whole model would, so that a program
// that asks for a few stems touches little of the model. The one of the model
// that ships is made by go test ./index/embed -run TestShippedLookup -update.
type lookup struct {
	ends    numbers
	offsets numbers
	stems   []byte
	signs   []byte
}

// blockSize is how many stems of the vocabulary are in a block: what is walked
// through to find one of them.
const blockSize = 32

// readLookup returns the lookup in data, if it is that of m.
func readLookup(data []byte, m *Model) (*lookup, error) {
	r := &reader{data: data}
	if string(r.take(len(lookupMagic))) != lookupMagic || string(r.take(digestSize)) != string(rawDigest(m.digest)) {
		return nil, fmt.Errorf("%w: its lookup is of another", ErrModel)
	}
	n, stems := int(r.number()), int(r.number())
	l := &lookup{ends: r.take(4 * n), offsets: r.take(4 * n), stems: r.take(stems), signs: r.data}
	if r.short || n != (m.stems+blockSize-1)/blockSize || len(l.signs) != 8*m.stems*m.words() {
		return nil, fmt.Errorf("%w: %d bytes of lookup for %d stems", ErrModel, len(data), m.stems)
	}
	return l, nil
}

// bytes returns the lookup of m as readLookup reads it.
func (l *lookup) bytes(m *Model) []byte {
	data := append([]byte(lookupMagic), rawDigest(m.digest)...)
	data = binary.LittleEndian.AppendUint32(data, uint32(l.blocks()))
	data = binary.LittleEndian.AppendUint32(data, uint32(len(l.stems)))
	for _, part := range [][]byte{l.ends, l.offsets, l.stems, l.signs} {
		data = append(data, part...)
	}
	return data
}

// newLookup walks through m.
func newLookup(m *Model) (*lookup, error) {
	l := &lookup{}
	var stem []byte
	last, at := "", 0
	for i := range m.stems {
		if stem, at = m.follow(stem, at); at < 0 {
			return nil, fmt.Errorf("%w: stem %d of its vocabulary", ErrModel, i)
		}
		if i%blockSize > 0 {
			continue
		}
		if i > 0 && string(stem) <= last {
			return nil, fmt.Errorf("%w: stem %d of its vocabulary is out of order", ErrModel, i)
		}
		last = string(stem)
		l.stems = append(l.stems, stem...)
		l.ends = binary.LittleEndian.AppendUint32(l.ends, uint32(len(l.stems)))
		l.offsets = binary.LittleEndian.AppendUint32(l.offsets, uint32(at))
	}
	if at != len(m.vocabulary) {
		return nil, fmt.Errorf("%w: %d bytes after its vocabulary", ErrModel, len(m.vocabulary)-at)
	}
	if m.tokenizer == nil {
		l.signs = m.readSigns()
	}
	return l, nil
}

func (l *lookup) blocks() int { return l.ends.len() }

// first returns the first stem of a block, and where in the vocabulary the
// block goes on after it.
func (l *lookup) first(block int) (stem []byte, offset int) {
	start := uint32(0)
	if block > 0 {
		start = l.ends.at(uint32(block) - 1)
	}
	return l.stems[start:l.ends.at(uint32(block))], int(l.offsets.at(uint32(block)))
}

// find returns the block that a stem is in if it is anywhere, or -1.
func (l *lookup) find(stem string) int {
	return sort.Search(l.blocks(), func(i int) bool {
		first, _ := l.first(i)
		return string(first) > stem
	}) - 1
}
