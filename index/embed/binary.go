package embed

import (
	"encoding/binary"
	"encoding/hex"
	"strings"
)

const digestSize = 32

// rawDigest returns the bytes of a digest written in hex.
func rawDigest(digest string) []byte {
	raw := make([]byte, digestSize)
	b, err := hex.DecodeString(strings.TrimPrefix(digest, "sha256:"))
	if err == nil {
		copy(raw, b)
	}
	return raw
}

// A reader takes parts off data.
type reader struct {
	data  []byte
	short bool // there was less than asked for
}

// take returns the next n bytes; nothing if there are fewer.
func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.short = true
		return nil
	}
	b := r.data[:n:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) number() uint32 {
	b := r.take(4)
	if r.short {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}

// numbers are numbers of 32 bits, the least byte first.
type numbers []byte

func (n numbers) len() int { return len(n) / 4 }

func (n numbers) at(i uint32) uint32 { return binary.LittleEndian.Uint32(n[4*int(i):]) }
