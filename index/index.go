// Package index turns a corpus into a bleve index on disk, and opens it.
//
// A generation is one complete, immutable index in a folder of its own,
// DIR/gen-<digest>, made beside the live one and renamed into place. The file
// DIR/current names the live generation. The same corpus gives the same bytes,
// and so the same digest, on every machine and at any time.
//
//	DIR/current
//	DIR/gen-0f3c…/kb.json            what is in it: Info, and each file's SHA-256
//	DIR/gen-0f3c…/index_meta.json    as bleve writes it
//	DIR/gen-0f3c…/store/…            one scorch segment and root.bolt
package index

import (
	"context"
	"errors"

	"kb/content"
)

// Format is the version of the layout above and of the mapping. An index of
// another format is refused.
const Format = 1

// Errors that callers tell apart.
var (
	ErrNoIndex = errors.New("no index there")
	ErrFormat  = errors.New("index of another format")
	ErrCorrupt = errors.New("index is damaged")
	ErrNoEntry = errors.New("no such entry")
)

// Info says what a generation holds.
type Info struct {
	Format      int               `json:"format"`
	Version     string            `json:"version"`     // of the kb that built it
	Fingerprint string            `json:"fingerprint"` // of the corpus
	Entries     int               `json:"entries"`
	Answered    int               `json:"answered"`
	Tokens      map[string]uint64 `json:"tokens"` // field to its length in tokens, over all entries
	Site        content.Site      `json:"site"`
}

// Build writes a generation of c below dir and makes it the live one. If the
// live one is of c already, it writes nothing and built is false.
func Build(ctx context.Context, dir string, c *content.Corpus) (info Info, built bool, err error) {
	return Info{}, false, errors.New("not yet")
}

// A Snapshot is a generation open for reading. It is safe for use by several
// goroutines at once.
type Snapshot struct {
	info   Info
	digest string
}

// Open opens the live generation below dir, read-only, beside any builder.
func Open(dir string) (*Snapshot, error) { return nil, ErrNoIndex }

// Close frees the snapshot, which must not be in use.
func (s *Snapshot) Close() error { return nil }

// Info returns what the generation holds.
func (s *Snapshot) Info() Info { return s.info }

// Digest returns "sha256:" and the hex digest of every byte in the generation.
func (s *Snapshot) Digest() string { return s.digest }

// Entry returns the entry of that id, or ErrNoEntry. Its Pos is zero: an index
// does not depend on where its content lay.
func (s *Snapshot) Entry(id string) (*content.Entry, error) { return nil, ErrNoEntry }

// Entries returns all entries in the order of the corpus.
func (s *Snapshot) Entries() ([]*content.Entry, error) { return nil, nil }

// A Section is a heading with the number of entries anywhere below it.
type Section struct {
	Slug  string   `json:"slug"`  // unique, usable in a URL
	Path  []string `json:"path"`  // headings, outermost first
	Count int      `json:"count"` // of entries
}

// Sections returns every section in the order of the corpus.
func (s *Snapshot) Sections() ([]Section, error) { return nil, nil }
