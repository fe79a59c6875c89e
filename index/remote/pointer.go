package remote

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

const pointerFile = "kb-current.json"

// maxPointer is the size in bytes above which a pointer is refused: fifty
// times that of a signed one.
const maxPointer = 16 << 10

// A pointer names the live generation.
type pointer struct {
	Generation string `json:"generation"`          // "sha256:" and the hex digest of its manifest
	Signature  []byte `json:"signature,omitempty"` // of statement, with Ed25519
}

// digest returns the hex digest of the manifest.
func (p pointer) digest() string { return strings.TrimPrefix(p.Generation, "sha256:") }

const hexDigits = "0123456789abcdef"

// sound returns an error if the pointer cannot be one.
func (p pointer) sound() error {
	digest, ok := strings.CutPrefix(p.Generation, "sha256:")
	if !ok || len(digest) != 64 || strings.Trim(digest, hexDigits) != "" {
		return errors.New("the pointer names no generation")
	}
	return nil
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
