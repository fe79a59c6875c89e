package index

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"

	"kb/content"
)

// defaultChunk is the number of entries that become a segment of their own
// before all are merged into one. Larger ones make the merge cheaper, and
// bound the memory of a build higher: a chunk of usual entries is in the order
// of 100 MB for each core.
const defaultChunk = 4000

// Names in a bleve index folder. The segment has the number that bleve gives
// to a first one.
const (
	storeDir    = "store"
	segmentFile = "000000000002.zap"
)

// writeBleve writes the bleve index of the corpus, its sections and the list
// of its words into dir, and fills in Info.Tokens. bleve's own builder puts
// documents and sections of a segment in the order of a Go map; this one keeps
// the order of the corpus, and so the same corpus gives the same bytes.
func (b *builder) writeBleve(ctx context.Context, dir string) error {
	m, err := newMapping(b.info.Languages)
	if err != nil {
		return err
	}
	store := filepath.Join(dir, storeDir)
	if err := os.Mkdir(store, 0o755); err != nil {
		return err
	}
	w := newSegmentWriter(b, m, store)
	if err := writeJSON(filepath.Join(dir, sectionsFile), w.sections.all); err != nil {
		return err
	}
	if err := w.writeChunks(ctx); err != nil {
		return err
	}
	b.info.Tokens = w.tokens()
	if err := writeWords(filepath.Join(dir, wordsFile), w.indexers); err != nil {
		return err
	}
	if err := w.writeSegment(ctx, filepath.Join(store, segmentFile)); err != nil {
		return err
	}
	if err := b.fault("root"); err != nil {
		return err
	}
	return writeRoot(dir, m)
}

// writeSegment makes the one segment of the chunks.
func (w *segmentWriter) writeSegment(ctx context.Context, out string) error {
	if err := w.fault("merge"); err != nil {
		return err
	}
	if err := w.merge(ctx, out); err != nil {
		return fmt.Errorf("merge segments: %w", err)
	}
	if err := w.fault("order"); err != nil {
		return err
	}
	if err := canonicalize(out); err != nil {
		return fmt.Errorf("order segment: %w", err)
	}
	return nil
}

// A segmentWriter turns entries into documents and those into one segment.
type segmentWriter struct {
	*builder
	store    string
	sections *sections
	entries  []*content.Entry
	slugs    [][]string // of each entry's sections
	indexers []*indexer // one for each goroutine

	mu   sync.Mutex
	done int
}

// newSegmentWriter finds the section of every entry, which takes the order of
// the corpus.
func newSegmentWriter(b *builder, m *mapping.IndexMappingImpl, store string) *segmentWriter {
	w := &segmentWriter{builder: b, store: store, sections: newSections(), entries: placed(b.corpus)}
	for _, e := range w.entries {
		w.slugs = append(w.slugs, w.sections.add(e.Section))
	}
	for range min(runtime.GOMAXPROCS(0), w.chunks()) {
		w.indexers = append(w.indexers, newIndexer(m, b.corpus.Site.Lang()))
	}
	return w
}

func (w *segmentWriter) chunks() int { return (len(w.entries) + w.chunk - 1) / w.chunk }

func (w *segmentWriter) chunkFile(n int) string {
	return filepath.Join(w.store, fmt.Sprintf("chunk-%06d.zap", n))
}

// tokens returns the length of each text field in tokens.
func (w *segmentWriter) tokens() map[string]uint64 {
	tokens := map[string]uint64{}
	for _, field := range []string{Question, Alias, Answer, Headings} {
		for _, x := range w.indexers {
			tokens[field] += x.tokens[field]
		}
	}
	return tokens
}

// writeChunks writes every chunk to a segment file, on all cores.
func (w *segmentWriter) writeChunks(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan int)
	var running sync.WaitGroup
	for _, x := range w.indexers {
		running.Go(func() {
			for n := range next {
				if err := w.writeChunk(ctx, x, n); err != nil {
					cancel(err)
				}
			}
		})
	}
	for n := range w.chunks() {
		select {
		case next <- n:
		case <-ctx.Done():
		}
	}
	close(next)
	running.Wait()
	return context.Cause(ctx)
}

func (w *segmentWriter) writeChunk(ctx context.Context, x *indexer, n int) error {
	lo, hi := n*w.chunk, min((n+1)*w.chunk, len(w.entries))
	docs := make([]bleveindex.Document, 0, hi-lo)
	for i := lo; i < hi; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		d, err := x.document(i+1, w.entries[i], w.slugs[i])
		if err != nil {
			return err
		}
		docs = append(docs, d)
	}
	if err := persist(docs, w.chunkFile(n)); err != nil {
		return err
	}
	w.count(hi - lo)
	return w.fault("chunk")
}

func persist(docs []bleveindex.Document, path string) error {
	seg, _, err := (&zap.ZapPlugin{}).New(docs)
	if err != nil {
		return err
	}
	defer seg.Close()
	return seg.(segment.UnpersistedSegment).Persist(path)
}

func (w *segmentWriter) count(entries int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done += entries
	w.progress(w.done, len(w.entries))
}

// merge makes the chunks one segment, in their order, and removes them.
func (w *segmentWriter) merge(ctx context.Context, out string) error {
	if w.chunks() == 1 {
		return os.Rename(w.chunkFile(0), out)
	}
	segs := make([]segment.Segment, 0, w.chunks())
	defer func() {
		for n, s := range segs {
			s.Close()
			os.Remove(w.chunkFile(n))
		}
	}()
	for n := range w.chunks() {
		s, err := (&zap.ZapPlugin{}).Open(w.chunkFile(n))
		if err != nil {
			return err
		}
		segs = append(segs, s)
	}
	closed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { close(closed) })
	defer stop()
	_, _, err := (&zap.ZapPlugin{}).Merge(segs, make([]*roaring.Bitmap, len(segs)), out, closed, nil)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
