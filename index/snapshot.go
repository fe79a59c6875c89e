package index

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/mmap-go"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"

	"kb/content"
	"kb/index/likeness"
)

// A Snapshot is a generation open for reading. It is safe for use by several
// goroutines at once.
type Snapshot struct {
	dir       string
	manifest  manifest
	segment   segment.Segment
	words     *vellum.FST
	sections  func() ([]Section, error)
	questions func() (*likeness.Questions, error)
	analyzers analyzers
	tags      sync.Map // language of an entry to *analyzer

	closed atomic.Bool

	mu   sync.Mutex
	maps []mmap.MMap
}

// memory is the number of words whose stems a Snapshot remembers for each
// language: more than a site uses, and below 20 MB, since words of more than
// memorable bytes are not remembered.
const (
	memory    = 100_000
	memorable = 64
)

// Open opens the live generation below dir, read-only, beside any builder. It
// reads the small files, and those that have changed in size or time since
// they were built or were copied without their times. If there is no index it
// is ErrNoIndex; if it has another Format, ErrFormat; if it is damaged,
// ErrCorrupt.
func Open(dir string) (*Snapshot, error) { return openLive(dir, quickly) }

// OpenVerified is Open after reading every byte: no damage passes.
func OpenVerified(dir string) (*Snapshot, error) { return openLive(dir, fully) }

func openLive(dir string, c care) (*Snapshot, error) {
	for {
		gen, err := liveGeneration(dir)
		if err != nil {
			return nil, fmt.Errorf("open index %s: %w", dir, err)
		}
		s, err := gen.open(c)
		if err == nil {
			return s, nil
		}
		if now, nowErr := liveGeneration(dir); nowErr != nil || now == gen {
			return nil, fmt.Errorf("open index %s: %w", dir, err)
		}
		// Builders have removed it since DIR/current was read.
	}
}

func (g generation) open(c care) (*Snapshot, error) {
	m, err := g.check(c)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{dir: string(g), manifest: m, analyzers: analyzers{limit: memory}}
	s.sections = sync.OnceValues(s.readSections)
	s.questions = sync.OnceValues(s.readQuestions)
	if err := s.openFiles(); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// openFiles opens the words and the postings. The segment is opened straight
// from its file and not through root.bolt, where bleve finds it: the manifest
// holds the bytes of both, and to link what reads root.bolt costs every
// program more time at start than a search takes.
func (s *Snapshot) openFiles() (err error) {
	defer func() {
		if p := recover(); p != nil { // zapx panics on some damage
			err = fmt.Errorf("%w: %v", ErrCorrupt, p)
		}
	}()
	s.words, err = vellum.Open(filepath.Join(s.dir, wordsFile))
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrCorrupt, wordsFile, err)
	}
	s.segment, err = (&zap.ZapPlugin{}).Open(filepath.Join(s.dir, storeDir, segmentFile))
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrCorrupt, segmentFile, err)
	}
	if n := s.segment.Count(); n != uint64(s.manifest.Entries) {
		return fmt.Errorf("%w: %d entries instead of %d", ErrCorrupt, n, s.manifest.Entries)
	}
	return nil
}

// ErrClosed is the error of reading a Snapshot that is closed.
var ErrClosed = errors.New("index is closed")

// Close frees the snapshot, which must not be in use. A second time it does
// nothing.
func (s *Snapshot) Close() error {
	s.closed.Store(true)
	var errs []error
	if s.segment != nil {
		errs = append(errs, s.segment.Close())
	}
	if s.words != nil {
		errs = append(errs, s.words.Close())
	}
	s.segment, s.words = nil, nil
	return errors.Join(append(errs, s.unmap()...)...)
}

// Info returns what the generation holds.
func (s *Snapshot) Info() Info { return s.manifest.Info }

// Since returns when the generation came to be in its folder: when it was built
// there or brought there. Its bytes hold no time.
func (s *Snapshot) Since() (time.Time, error) {
	info, err := os.Stat(filepath.Join(s.dir, manifestFile))
	if err != nil {
		return time.Time{}, fmt.Errorf("age of index: %w", err)
	}
	return info.ModTime(), nil
}

// Digest returns "sha256:" and the hex digest of every byte in the generation.
func (s *Snapshot) Digest() string { return "sha256:" + s.manifest.digest }

// Segment returns the one segment of the index. Document n of it is the n-th
// entry of the corpus. It is closed with the snapshot.
func (s *Snapshot) Segment() segment.Segment { return s.segment }

// Length returns how many tokens the field of a posting has in its document.
func Length(p segment.Posting) uint64 { return p.(*zap.Posting).NormUint64() }

// AddDocuments adds the documents of a list to a set.
func AddDocuments(list segment.PostingsList, to *roaring.Bitmap) { list.(*zap.PostingsList).OrInto(to) }

// Words returns every word of the questions, aliases, headings and answers,
// folded and in lower case, with the number of entries that it is in: for
// spelling and prefixes. It is closed with the snapshot.
func (s *Snapshot) Words() *vellum.FST { return s.words }

// Closed reports whether the snapshot is closed.
func (s *Snapshot) Closed() bool { return s.closed.Load() }

// Entry returns the entry of that id, or ErrNoEntry. Its Pos is zero: an index
// does not depend on where its content lay.
func (s *Snapshot) Entry(id string) (*content.Entry, error) {
	if s.closed.Load() {
		return nil, fmt.Errorf("entry %s: %w", id, ErrClosed)
	}
	docs, err := s.segment.DocNumbers([]string{id})
	if err != nil {
		return nil, fmt.Errorf("entry %s: %w", id, err)
	}
	if docs.IsEmpty() {
		return nil, fmt.Errorf("entry %s: %w", id, ErrNoEntry)
	}
	return s.EntryAt(uint64(docs.Minimum()))
}

// EntryAt returns the entry that is document doc of the segment, or
// ErrNoEntry.
func (s *Snapshot) EntryAt(doc uint64) (e *content.Entry, err error) {
	if s.closed.Load() {
		return nil, fmt.Errorf("entry %d: %w", doc, ErrClosed)
	}
	if doc >= s.segment.Count() {
		return nil, fmt.Errorf("entry %d: %w", doc, ErrNoEntry)
	}
	var id string
	visitErr := s.segment.VisitStoredFields(doc, func(field string, _ byte, value []byte, _ []uint64) bool {
		switch field {
		case "_id":
			id = string(value)
		case EntryField:
			e, err = decodeEntry(id, value)
		}
		return err == nil
	})
	if err = errors.Join(err, visitErr); err != nil {
		return nil, fmt.Errorf("entry %d: %w", doc, err)
	}
	return e, nil
}

// Entries returns all entries in the order of the corpus.
func (s *Snapshot) Entries() ([]*content.Entry, error) {
	entries := make([]*content.Entry, s.segment.Count())
	for doc := range entries {
		e, err := s.EntryAt(uint64(doc))
		if err != nil {
			return nil, err
		}
		entries[doc] = e
	}
	return entries, nil
}

// Sections returns every section in the order of the corpus. The caller must
// not change it.
func (s *Snapshot) Sections() ([]Section, error) { return s.sections() }

func (s *Snapshot) readSections() ([]Section, error) {
	data, err := os.ReadFile(filepath.Join(s.dir, sectionsFile))
	if err != nil {
		return nil, fmt.Errorf("read sections: %w", err)
	}
	var secs []Section
	if err := json.Unmarshal(data, &secs); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrCorrupt, sectionsFile, err)
	}
	return secs, nil
}

// verify opens the new generation in dir as a reader would.
func verify(dir string, want Info) error {
	s, err := generation(dir).open(fully)
	if err != nil {
		return err
	}
	defer s.Close()
	_, err = s.EntryAt(uint64(want.Entries) - 1)
	return err
}
