package index

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// A chunk is entries that become a segment of their own before all are merged
// into one. Larger ones make the merge cheaper, and bound the memory of a build
// higher: each core has one at work, of some 40 MB.
const (
	defaultChunk = 4000    // entries
	chunkText    = 4 << 20 // bytes of answers, with the last of them
)

// Names in a bleve index folder. The segment has the number that bleve gives
// to a first one.
const (
	storeDir    = "store"
	segmentFile = "000000000002.zap"
)

// writeChunks begins the bleve index of the corpus: all but the merge. bleve's
// own builder puts documents and sections of a segment in the order of a Go map;
// this one keeps the order of the corpus, and so the same corpus gives the same
// bytes.
func (b *builder) writeChunks(ctx context.Context, dir string) (*segmentWriter, error) {
	m, err := newMapping(b.info.Languages)
	if err != nil {
		return nil, err
	}
	store := filepath.Join(dir, storeDir)
	if err := os.Mkdir(store, 0o755); err != nil {
		return nil, err
	}
	w := newSegmentWriter(b, m, store)
	return w, w.writePieces(ctx)
}

// writeBleve ends the bleve index.
func (w *segmentWriter) writeBleve(ctx context.Context) error {
	if err := w.writeSegment(ctx, filepath.Join(w.store, segmentFile)); err != nil {
		return err
	}
	if err := w.fault("root"); err != nil {
		return err
	}
	return writeRoot(filepath.Dir(w.store), w.mapping)
}

// writeLists writes the sections and the list of words into dir, and fills in
// Info.Tokens. Then it lets go what is known of words, which is much memory.
func (w *segmentWriter) writeLists(dir string) error {
	if err := writeJSON(filepath.Join(dir, sectionsFile), w.sections.all); err != nil {
		return err
	}
	counts, err := w.counts()
	if err != nil {
		return err
	}
	w.indexers = nil
	w.info.Tokens = counts.tokens
	return writeSidecar(filepath.Join(dir, wordsFile), func(out io.Writer) error {
		return writeWords(out, counts.words)
	})
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
	mapping  *mapping.IndexMappingImpl
	store    string
	pieces   []piece    // of the segment, in order
	indexers []*indexer // one for each goroutine

	mu   sync.Mutex
	done int // parts of the work on all entries
}

// Parts of the work on an entry, as a profile of a build has them.
const (
	analysing = 3
	writing   = 5
	merging   = 2
	parts     = analysing + writing + merging
)

func newSegmentWriter(b *builder, m *mapping.IndexMappingImpl, store string) *segmentWriter {
	w := &segmentWriter{builder: b, mapping: m, store: store, pieces: b.chunks(nil, 0, len(b.entries))}
	if b.former != nil {
		w.pieces = b.former.pieces(w.pieces, b)
	}
	for range min(runtime.GOMAXPROCS(0), len(w.pieces)) {
		w.indexers = append(w.indexers, newIndexer(m, b.corpus.Site.Lang(), b.memo))
	}
	return w
}

// A piece is entries that stand in a row: new ones, or those that a segment of
// the live generation has as its only documents that are not dropped.
type piece struct {
	lo, hi int // entries of the corpus
	drop   *roaring.Bitmap
}

// chunks adds pieces of new entries.
func (b *builder) chunks(pieces []piece, lo, hi int) []piece {
	text := 0
	for end := lo + 1; end <= hi; end++ {
		text += len(b.entries[end-1].Answer.Text)
		if end == hi || end-lo == b.chunk || text >= chunkText {
			pieces = append(pieces, piece{lo: lo, hi: end})
			lo, text = end, 0
		}
	}
	return pieces
}

func (w *segmentWriter) chunkFile(n int) string {
	return filepath.Join(w.store, fmt.Sprintf("chunk-%06d.zap", n))
}

// writePieces writes every piece to a segment file, on all cores.
func (w *segmentWriter) writePieces(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan int)
	var running sync.WaitGroup
	for _, x := range w.indexers {
		running.Go(func() {
			for n := range next {
				if err := w.writePiece(ctx, x, n); err != nil {
					cancel(err)
				}
			}
		})
	}
	for n := range w.pieces {
		select {
		case next <- n:
		case <-ctx.Done():
		}
	}
	close(next)
	running.Wait()
	return context.Cause(ctx)
}

func (w *segmentWriter) writePiece(ctx context.Context, x *indexer, n int) error {
	p := w.pieces[n]
	write := w.writeChunk
	if p.drop != nil {
		write = w.cut
	}
	if err := write(ctx, x, n); err != nil {
		return err
	}
	return w.fault("chunk")
}

func (w *segmentWriter) writeChunk(ctx context.Context, x *indexer, n int) error {
	p := w.pieces[n]
	docs := make([]bleveindex.Document, 0, p.hi-p.lo)
	for i := p.lo; i < p.hi; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		d, err := x.document(i+1, w.entries[i], w.sections.slugsOf(w.entries[i].Section))
		if err != nil {
			return err
		}
		docs = append(docs, d)
		w.count(analysing)
	}
	w.pace.Adjust()
	err := persist(docs, w.chunkFile(n))
	w.count(len(docs) * writing)
	w.pace.Adjust()
	return err
}

// cut writes a piece of the live generation, unless it is the first of all:
// that one is merged as it is.
func (w *segmentWriter) cut(ctx context.Context, _ *indexer, n int) error {
	p := w.pieces[n]
	defer w.count((p.hi - p.lo) * (analysing + writing))
	if n == 0 {
		return nil
	}
	return mergeSegments(ctx, []segment.Segment{w.former.segment}, []*roaring.Bitmap{p.drop}, w.chunkFile(n), nil)
}

func persist(docs []bleveindex.Document, path string) error {
	seg, _, err := (&zap.ZapPlugin{}).New(docs)
	if err != nil {
		return err
	}
	defer seg.Close()
	return seg.(segment.UnpersistedSegment).Persist(path)
}

// count counts parts of the work that are done.
func (w *segmentWriter) count(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := w.done / parts
	w.done = min(w.done+n, len(w.entries)*parts)
	if w.done/parts > before {
		w.progress(w.done/parts, len(w.entries))
	}
}

// A meter counts the parts of a merge that are done, by the bytes written.
type meter struct {
	w              *segmentWriter
	size           int64 // bytes of all segments
	bytes, counted int64
}

// ReportBytesWritten is called for every few bytes.
func (m *meter) ReportBytesWritten(n uint64) {
	m.bytes += int64(n)
	all := int64(len(m.w.entries) * merging)
	if now := all * min(m.bytes, m.size-1) / m.size; now-m.counted > all/100 {
		m.w.count(int(now - m.counted))
		m.counted = now
	}
}

// merge makes the pieces one segment, in their order, and removes their files.
// One alone is merged too, since zapx orders the bytes of a merged segment in
// another way than those of a new one.
//
// Where a term of one entry is in a segment that comes later too, in dropped
// documents only, zapx gives its postings a longer form. And so dropped
// documents may be in the first segment only.
func (w *segmentWriter) merge(ctx context.Context, out string) error {
	segs, drops := make([]segment.Segment, 0, len(w.pieces)), make([]*roaring.Bitmap, len(w.pieces))
	m := &meter{w: w, size: 1}
	defer func() {
		for n, s := range segs {
			if drops[n] == nil {
				s.Close()
				os.Remove(w.chunkFile(n))
			}
		}
	}()
	for n, p := range w.pieces {
		if n == 0 && p.drop != nil {
			segs, drops[n] = append(segs, w.former.segment), p.drop
			continue
		}
		if info, err := os.Stat(w.chunkFile(n)); err == nil {
			m.size += info.Size()
		}
		s, err := (&zap.ZapPlugin{}).Open(w.chunkFile(n))
		if err != nil {
			return err
		}
		segs = append(segs, s)
	}
	err := mergeSegments(ctx, segs, drops, out, m)
	w.count(len(w.entries) * parts) // all
	return err
}

func mergeSegments(ctx context.Context, segs []segment.Segment, drops []*roaring.Bitmap, out string, told segment.StatsReporter) error {
	closed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { close(closed) })
	defer stop()
	_, _, err := (&zap.ZapPlugin{}).Merge(segs, drops, out, closed, told)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
