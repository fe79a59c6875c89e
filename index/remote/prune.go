package remote

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"time"

	"kb/index"
)

// Times by which nobody removes what somebody else needs. They leave room for
// clocks that differ by half an hour.
const (
	inUse   = 24 * time.Hour   // longer than a publish or a pull lasts
	claimed = time.Hour        // how long others leave it to a publisher to remove what it began with
	removal = 10 * time.Minute // after which it gives that up
)

var errRemoving = errors.New("another publisher removes old files of it just now: it ends within an hour")

// settle returns the pointer without the generations that are removed. It is
// errRemoving, which may pass, while another publisher removes what a has.
func (p *Place) settle(ctx context.Context, now pointer, a artifact) (pointer, error) {
	var left []dropped
	for _, d := range now.Dropped {
		if d.Going.IsZero() {
			left = append(left, d)
			continue
		}
		had, err := p.blobsOf(ctx, d.Generation)
		if missing(err) || hidden(err) {
			continue
		}
		left = append(left, d)
		if errors.Is(err, index.ErrCorrupt) || time.Since(d.Going) >= claimed {
			continue
		}
		needed, err := p.blobsOf(ctx, now.needed()...)
		if err != nil {
			return now, err
		}
		if a.needs(had, needed) {
			return now, transient(errRemoving, 0)
		}
	}
	now.Dropped = left
	return now, nil
}

// needs reports whether a has some of the blobs, apart from others.
func (a artifact) needs(blobs, others map[string]bool) bool {
	for _, b := range append([]blob{a.manifest}, a.files...) {
		if blobs[b.digest] && !others[b.digest] {
			return true
		}
	}
	return false
}

// prune removes the generations that the pointer leaves to who moved it there
// at a time, and to nobody else.
func (p *Place) prune(ctx context.Context, mine pointer, at time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, removal)
	defer cancel()
	var needed map[string]bool
	for _, d := range mine.Dropped {
		if !d.Going.Equal(at) {
			continue
		}
		var err error
		if needed == nil {
			if needed, err = p.blobsOf(ctx, mine.needed()...); err != nil {
				return err
			}
		}
		if now, _, err := p.look(ctx); err != nil || !now.equal(mine) {
			return err // who moved it finds this one there, and removes it
		}
		if err := p.drop(ctx, d.Generation, needed); err != nil {
			return fmt.Errorf("remove what only %s has: %w", d.Generation, err)
		}
	}
	return nil
}

// drop removes the blobs of a generation that are not needed, and its manifest
// last: while that is there, so may be others.
func (p *Place) drop(ctx context.Context, generation string, needed map[string]bool) error {
	had, err := p.blobsOf(ctx, generation)
	if missing(err) || hidden(err) {
		return nil
	}
	if err != nil && !errors.Is(err, index.ErrCorrupt) {
		return err
	}
	manifest := pointer{Generation: generation}.digest()
	for digest := range had {
		if needed[digest] || digest == manifest {
			continue
		}
		if err := do(ctx, func() error { return p.store.remove(ctx, blob{digest: digest}) }); err != nil {
			return err
		}
	}
	return do(ctx, func() error { return p.store.remove(ctx, blob{digest: manifest}) })
}

// blobsOf returns the digests of all that some generations consist of. Of
// several, those that are gone consist of nothing.
func (p *Place) blobsOf(ctx context.Context, generations ...string) (map[string]bool, error) {
	all := map[string]bool{}
	for _, g := range generations {
		of := pointer{Generation: g}
		manifest, err := retry(ctx, func() ([]byte, error) { return p.manifest(ctx, of) })
		if missing(err) && len(generations) > 1 {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", g, err)
		}
		files, err := index.Files(manifest)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", g, err)
		}
		all[of.digest()] = true
		for _, f := range files {
			all[f.SHA256] = true
		}
	}
	return all, nil
}

// missing reports whether err is that of a blob that is not there.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || status(err) == http.StatusNotFound
}
