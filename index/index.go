// Package index turns a corpus into a bleve index on disk, and opens it.
//
// A generation is one complete, immutable index in a folder of its own,
// DIR/gen-<digest>, made beside the live one and renamed into place. The file
// DIR/current names the live generation. The same corpus gives the same bytes,
// and so the same digest, on every machine and at any time.
//
//	DIR/current                      names of the live generation and of those before it
//	DIR/.kb-maker                    which program built the live generation
//	DIR/lock                         held by the one builder that writes
//	DIR/.kb-building-…               what a builder is writing
//	DIR/gen-0f3c…/kb.json            what is in it: Info, and each file's SHA-256
//	DIR/gen-0f3c…/sections.json      the sections of the corpus
//	DIR/gen-0f3c…/words.fst          its words, with the number of entries that each is in
//	DIR/gen-0f3c…/index_meta.json    as bleve writes it
//	DIR/gen-0f3c…/questions.kbq      questions as texts, to find the same and alike ones
//	DIR/gen-0f3c…/vectors.kbe        vectors of questions and answers
//	DIR/gen-0f3c…/model.kbv          the model of the vectors, or its digest if it ships with kb
//	DIR/gen-0f3c…/store/…            one scorch segment and root.bolt
//
// In the segment, document n is the n-th entry of the corpus.
package index

import (
	"errors"

	"kb/content"
)

// Format is the version of the layout above, of the mapping, and of the
// analysis. An index of another format is refused.
const Format = 6

// Errors that callers tell apart.
var (
	ErrNoIndex = errors.New("no index there")
	ErrFormat  = errors.New("index of another format")
	ErrCorrupt = errors.New("index is damaged")
	ErrNoEntry = errors.New("no such entry")
	ErrBusy    = errors.New("another kb index is writing there")
	ErrEmpty   = errors.New("no questions to index")
	ErrOldest  = errors.New("no older generation")
)

// Info says what a generation holds.
type Info struct {
	Format      int               `json:"format"`
	Version     string            `json:"version"`     // of the kb that built it
	Fingerprint string            `json:"fingerprint"` // of the corpus
	Model       string            `json:"model"`       // digest of the model of the vectors
	Entries     int               `json:"entries"`
	Answered    int               `json:"answered"`
	Languages   []string          `json:"languages"` // bases of BCP 47 tags, or "und", that of most entries first
	Tokens      map[string]uint64 `json:"tokens"`    // field to its length in tokens, over all entries
	Site        content.Site      `json:"site"`
}
