package index

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"

	"kb/content"
)

// chunk is the number of entries that become a segment of their own before
// all are merged into one. It bounds the memory of a build.
const chunk = 1000

// Names in a bleve index folder. The segment has the number that bleve gives
// to a first one.
const (
	storeDir    = "store"
	segmentFile = "000000000002.zap"
)

// writeBleve writes the bleve index of the corpus into dir, fills in
// Info.Tokens, and returns the sections. bleve's own builder puts documents
// and sections of a segment in the order of a Go map; this one keeps the order
// of the corpus, and so the same corpus gives the same bytes.
func (b *builder) writeBleve(ctx context.Context, dir string, m mapping.IndexMapping) ([]*Section, error) {
	store := filepath.Join(dir, storeDir)
	if err := os.Mkdir(store, 0o755); err != nil {
		return nil, err
	}
	w := &segmentWriter{builder: b, mapping: m, store: store, sections: newSections()}
	w.place()
	if err := w.writeChunks(ctx); err != nil {
		return nil, err
	}
	if err := b.fault("merge"); err != nil {
		return nil, err
	}
	out := filepath.Join(store, segmentFile)
	if err := w.merge(ctx, out); err != nil {
		return nil, fmt.Errorf("merge segments: %w", err)
	}
	if err := canonicalize(out); err != nil {
		return nil, fmt.Errorf("order segment: %w", err)
	}
	b.info.Tokens = w.tokens
	return w.sections.all, writeRoot(dir, m)
}

// A segmentWriter turns entries into documents and those into one segment.
type segmentWriter struct {
	*builder
	mapping  mapping.IndexMapping
	store    string
	sections *sections
	entries  []*content.Entry
	slugs    [][]string // of each entry's sections

	mu     sync.Mutex
	tokens map[string]uint64
	done   int
}

// place finds the sections of every entry, which takes the order of the corpus.
func (w *segmentWriter) place() {
	w.tokens = map[string]uint64{}
	w.entries = placed(w.corpus)
	for _, e := range w.entries {
		w.slugs = append(w.slugs, w.sections.add(e.Section))
	}
}

func (w *segmentWriter) chunks() int { return (len(w.entries) + chunk - 1) / chunk }

func (w *segmentWriter) chunkFile(n int) string {
	return filepath.Join(w.store, fmt.Sprintf("chunk-%06d.zap", n))
}

// writeChunks writes every chunk to a segment file, on all cores.
func (w *segmentWriter) writeChunks(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for n := range next {
				if err := w.writeChunk(ctx, n); err != nil {
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
	workers.Wait()
	return context.Cause(ctx)
}

func (w *segmentWriter) writeChunk(ctx context.Context, n int) error {
	lo, hi := n*chunk, min((n+1)*chunk, len(w.entries))
	docs := make([]bleveindex.Document, 0, hi-lo)
	tokens := map[string]uint64{}
	for i := lo; i < hi; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		d, err := w.document(i, tokens)
		if err != nil {
			return err
		}
		docs = append(docs, d)
	}
	if err := persist(docs, w.chunkFile(n)); err != nil {
		return err
	}
	w.count(hi-lo, tokens)
	return w.fault("chunk")
}

// document returns entry i as an analysed document, and adds its lengths to
// tokens.
func (w *segmentWriter) document(i int, tokens map[string]uint64) (bleveindex.Document, error) {
	r, err := newRecord(w.entries[i], w.slugs[i], w.corpus.Site.Lang())
	if err != nil {
		return nil, err
	}
	d := document.NewDocument(r.id)
	if err := w.mapping.MapDocument(d, r); err != nil {
		return nil, err
	}
	d.AddIDField()
	d.VisitFields(func(f bleveindex.Field) {
		if f.Options().IsIndexed() {
			f.Analyze()
			tokens[f.Name()] += uint64(f.AnalyzedLength())
		}
	})
	return d, nil
}

func persist(docs []bleveindex.Document, path string) error {
	seg, _, err := (&zap.ZapPlugin{}).New(docs)
	if err != nil {
		return err
	}
	defer seg.Close()
	return seg.(segment.UnpersistedSegment).Persist(path)
}

func (w *segmentWriter) count(entries int, tokens map[string]uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, field := range []string{Question, Alias, Answer, Headings} {
		w.tokens[field] += tokens[field]
	}
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
