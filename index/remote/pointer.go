package remote

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

const pointerFile = "kb-current.json"

// maxPointer is the size in bytes above which a pointer is refused: that of one
// that names all it may.
const maxPointer = 1 << 20

// Limits of what a pointer names, in generations.
const (
	MostKept    = 1000 // behind the live one
	mostDropped = 4000 // one every twenty seconds of inUse; what is beyond them is never removed
)

// A pointer names the live generation.
type pointer struct {
	Generation string    `json:"generation"`          // "sha256:" and the hex digest of its manifest
	Signature  []byte    `json:"signature,omitempty"` // of statement, with Ed25519
	Before     []string  `json:"before,omitempty"`    // generations that were live before, the latest first
	Dropped    []dropped `json:"dropped,omitempty"`   // those that are not kept, but may be there still, the latest first
}

// A dropped generation is removed some time later.
type dropped struct {
	Generation string    `json:"generation"`
	At         time.Time `json:"at"`             // when it was dropped
	Going      time.Time `json:"going,omitzero"` // when a publisher began to remove it; zero if none did
}

// due reports whether somebody is to remove the generation: nobody uses it any
// more, and who began to remove it did not end.
func (d dropped) due(now time.Time) bool {
	return now.Sub(d.At) >= inUse && now.Sub(d.Going) >= claimed
}

// follows returns p as the pointer that comes after now, and keeps some
// generations behind it. At is when it comes: Going is that for the generations
// that its publisher is to remove.
func (p pointer) follows(now pointer, keep int, at time.Time) pointer {
	var before []string
	if now.Generation != "" {
		before = append([]string{now.Generation}, now.Before...)
	}
	before = slices.DeleteFunc(before, func(g string) bool { return g == p.Generation })
	keep = min(keep, len(before))
	p.Before = before[:keep]
	for _, g := range before[keep:] {
		p.Dropped = append(p.Dropped, dropped{Generation: g, At: at})
	}
	for _, d := range now.Dropped {
		if d.due(at) {
			d.Going = at
		}
		if d.Generation != p.Generation {
			p.Dropped = append(p.Dropped, d)
		}
	}
	p.Dropped = p.Dropped[:min(len(p.Dropped), mostDropped)]
	return p
}

// needed returns the generations whose files must stay.
func (p pointer) needed() []string {
	all := append([]string{p.Generation}, p.Before...)
	for _, d := range p.Dropped {
		if d.Going.IsZero() {
			all = append(all, d.Generation)
		}
	}
	return all
}

// equal reports whether both say the same.
func (p pointer) equal(other pointer) bool { return bytes.Equal(p.encode(), other.encode()) }

// same reports whether both name the same generation, signed alike.
func (p pointer) same(other pointer) bool {
	return p.Generation == other.Generation && bytes.Equal(p.Signature, other.Signature)
}

// digest returns the hex digest of the manifest.
func (p pointer) digest() string { return strings.TrimPrefix(p.Generation, "sha256:") }

const hexDigits = "0123456789abcdef"

// sound returns an error if the pointer cannot be one.
func (p pointer) sound() error {
	all := append([]string{p.Generation}, p.Before...)
	for _, d := range p.Dropped {
		all = append(all, d.Generation)
	}
	if slices.ContainsFunc(all, notADigest) {
		return errors.New("the pointer names no generation")
	}
	return nil
}

func notADigest(text string) bool {
	digest, ok := strings.CutPrefix(text, "sha256:")
	return !ok || len(digest) != 64 || strings.Trim(digest, hexDigits) != ""
}

func (p pointer) encode() []byte {
	data, err := json.Marshal(p)
	if err != nil {
		panic(err) // of a year after 9999, which none was read with
	}
	return append(data, '\n')
}

func readPointer(r io.Reader) (pointer, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxPointer+1))
	if err != nil {
		return pointer{}, err
	}
	if len(data) > maxPointer {
		return pointer{}, fmt.Errorf("the pointer is larger than %d bytes", maxPointer)
	}
	return decodePointer(data)
}

func decodePointer(data []byte) (pointer, error) {
	var p pointer
	if err := json.Unmarshal(data, &p); err != nil {
		return p, fmt.Errorf("the pointer: %w", err)
	}
	return p, p.sound()
}
