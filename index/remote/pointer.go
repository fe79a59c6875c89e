package remote

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

const pointerFile = "kb-current.json"

// maxPointer is the size in bytes above which a pointer is refused: fifty
// times that of a signed one.
const maxPointer = 16 << 10

// A pointer names the live generation.
type pointer struct {
	Generation string   `json:"generation"`          // "sha256:" and the hex digest of its manifest
	Signature  []byte   `json:"signature,omitempty"` // of statement, with Ed25519
	Before     []string `json:"before,omitempty"`    // generations that were live before, the latest first
}

// follows returns p as the pointer that comes after now, and the generations
// that are not kept behind it any more.
func (p pointer) follows(now pointer, keep int) (next pointer, dropped []string) {
	var before []string
	if now.Generation != "" {
		before = append([]string{now.Generation}, now.Before...)
	}
	before = slices.DeleteFunc(before, func(g string) bool { return g == p.Generation })
	keep = min(keep, len(before))
	p.Before = before[:keep]
	return p, before[keep:]
}

// same reports whether both name the same generation, signed alike.
func (p pointer) same(other pointer) bool {
	return p.Generation == other.Generation && bytes.Equal(p.Signature, other.Signature)
}

// digest returns the hex digest of the manifest.
func (p pointer) digest() string { return strings.TrimPrefix(p.Generation, "sha256:") }

const hexDigits = "0123456789abcdef"

// sound returns an error if the pointer cannot be one.
func (p pointer) sound() error {
	if slices.ContainsFunc(append(p.Before, p.Generation), notADigest) {
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
		panic(err) // of strings and bytes only
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
