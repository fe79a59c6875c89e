package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"

	"kb/content"
	"kb/index/embed"
)

// An Option changes how Build works.
type Option func(*builder)

// Progress calls f with how far the work on all entries is, in entries, from
// one goroutine at a time. Done is total once, at the end.
func Progress(f func(done, total int)) Option { return func(b *builder) { b.progress = f } }

// Keep makes Build leave n generations behind the live one instead of Kept.
func Keep(n int) Option { return func(b *builder) { b.kept = max(n, 0) } }

// withFault calls f on reaching each stage of a build; its error ends it.
func withFault(f func(stage string) error) Option { return func(b *builder) { b.fault = f } }

// withChunk sets how many entries become a segment before the merge.
func withChunk(n int) Option { return func(b *builder) { b.chunk = n } }

// withMemo sets how many words an indexer remembers.
func withMemo(n int) Option { return func(b *builder) { b.memo = n } }

// A builder writes one generation.
type builder struct {
	dir     string
	corpus  *content.Corpus
	info    Info
	model   *embed.Model
	chunk   int     // entries in a segment before the merge
	memo    int     // words that an indexer remembers
	kept    int     // generations behind the live one
	program string  // that builds; "" if it is not to be told
	former  *former // what the live generation has already, or nil
	pace    *Pace

	sections *sections
	entries  []*content.Entry // each in a section
	progress func(done, total int)
	fault    func(stage string) error
}

// Build writes a generation of c below dir and makes it the live one. If the
// live one is of c already, it writes nothing and built is false. A corpus
// without entries is ErrEmpty. While another builder writes there, it is
// ErrBusy. An error, or the end of ctx, leaves the live generation as it was
// and no files behind.
//
// On two cores it takes 65 MB of memory beside the corpus for a thousand entries
// of 60 words, 135 MB for ten thousand, and for a hundred thousand, which are
// 130 MB themselves, 260 MB: BenchmarkMemory measures that, and 1.3 kB an entry of
// mapped files, which the system takes back when it needs it. By a profile of the
// heap, what is at work has bounds, however many entries there are: for each core
// about 40 MB of a chunk and 12 MB of words that it remembers. Garbage is 64 MB, or
// 40 % of all that is in use, the corpus included, where that is more. What grows
// is 300 bytes an entry of vectors and questions, while they are written and no
// chunk is at work.
//
// While it runs it sets the percentage of the garbage collector, unless GOGC or
// GOMEMLIMIT was set.
func Build(ctx context.Context, dir string, c *content.Corpus, opts ...Option) (info Info, built bool, err error) {
	b := newBuilder(dir, c, opts)
	if len(c.Entries) == 0 {
		return Info{}, false, fmt.Errorf("write index %s: %w", dir, ErrEmpty)
	}
	if live, ok := b.upToDate(); ok {
		return live, false, nil
	}
	if b.model == nil {
		if b.model, err = embed.Shipped(); err != nil {
			return Info{}, false, err
		}
	}
	built, err = b.build(ctx)
	if err != nil {
		return Info{}, false, fmt.Errorf("write index %s: %w", dir, err)
	}
	return b.info, built, nil
}

func newBuilder(dir string, c *content.Corpus, opts []Option) *builder {
	b := &builder{
		dir: dir, corpus: c, chunk: defaultChunk, memo: remembered, kept: Kept,
		info: Info{
			Format: Format, Version: version(), Fingerprint: c.Fingerprint(),
			Entries: len(c.Entries), Languages: languagesOf(c), Site: c.Site,
		},
		progress: func(int, int) {},
		fault:    func(string) error { return nil },
	}
	for _, e := range c.Entries {
		if e.Answered() {
			b.info.Answered++
		}
	}
	for _, opt := range opts {
		opt(b)
	}
	b.info.Model = embed.ShippedDigest
	if b.model != nil {
		b.info.Model = b.model.Digest()
	}
	return b
}

// version returns the version of the running program.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

// upToDate returns the live generation if it is intact, and of the same
// content and kb as the one to be built.
func (b *builder) upToDate() (Info, bool) {
	gen, err := liveGeneration(b.dir)
	if err != nil {
		return Info{}, false
	}
	m, err := gen.check(quickly)
	return m.Info, err == nil && m.Version == b.info.Version &&
		m.Fingerprint == b.info.Fingerprint && m.Model == b.info.Model
}

func (b *builder) build(ctx context.Context) (built bool, err error) {
	if err := makeDir(b.dir); err != nil {
		return false, err
	}
	unlock, err := lock(b.dir)
	if err != nil {
		return false, err
	}
	defer unlock()
	if live, ok := b.upToDate(); ok {
		b.info = live
		return false, nil
	}
	if err := removeLeftovers(b.dir); err != nil {
		return false, err
	}
	b.former = b.openFormer()
	defer b.former.close()
	tmp, err := os.MkdirTemp(b.dir, tmpPrefix)
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(tmp)
	if err := b.write(ctx, tmp); err != nil {
		return false, err
	}
	return true, b.publish(ctx, tmp)
}

// place finds the sections of every entry, which takes the order of the corpus.
func (b *builder) place() {
	b.sections, b.entries = newSections(), placed(b.corpus)
	for _, e := range b.entries {
		b.sections.add(e.Section)
	}
	if b.former != nil {
		b.former.compare(b)
	}
}

// write makes a whole generation in the folder tmp. What is not the bleve index
// is written during the merge, which keeps one core busy, and not before, when
// memory is needed for what is merged.
func (b *builder) write(ctx context.Context, tmp string) error {
	b.pace = NewPace()
	defer b.pace.End()
	b.place()
	w, err := b.writeChunks(ctx, tmp)
	if err != nil {
		return err
	}
	err = together(
		func() error { return w.writeBleve(ctx) },
		func() error { return errors.Join(w.writeLists(tmp), b.writeSidecars(tmp)) },
	)
	if err != nil {
		return err
	}
	if err := b.fault("manifest"); err != nil {
		return err
	}
	return writeManifest(tmp, b.info)
}

// together runs the functions at the same time and returns their errors.
func together(fs ...func() error) error {
	errs := make([]error, len(fs))
	var running sync.WaitGroup
	for i, f := range fs {
		running.Go(func() { errs[i] = f() })
	}
	running.Wait()
	return errors.Join(errs...)
}

// publish checks the generation in tmp, gives it its name, and makes it live.
func (b *builder) publish(ctx context.Context, tmp string) error {
	if err := b.fault("sync"); err != nil {
		return err
	}
	if err := syncTree(tmp); err != nil {
		return err
	}
	if err := b.fault("verify"); err != nil {
		return err
	}
	if err := verify(tmp, b.info); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := b.fault("rename"); err != nil {
		return err
	}
	gen, err := adopt(b.dir, tmp)
	if err != nil {
		return err
	}
	if err := b.fault("switch"); err != nil {
		return err
	}
	if err := b.sign(gen); err != nil {
		return errors.Join(err, removeUnless(b.dir, gen))
	}
	if err := makeLive(b.dir, gen, b.kept); err != nil {
		return errors.Join(err, removeUnless(b.dir, gen))
	}
	return b.fault("done")
}

// removeUnless removes a generation that could not be made live, unless it is
// one of those that are kept.
func removeUnless(dir, gen string) error {
	names, err := history(dir)
	if err != nil && !errors.Is(err, ErrNoIndex) || slices.Contains(names, gen) {
		return nil // leftovers go with the next build
	}
	return os.RemoveAll(filepath.Join(dir, gen))
}
