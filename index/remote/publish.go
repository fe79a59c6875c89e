package remote

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"kb/index"
)

// A Report says what Publish or Pull did.
type Report struct {
	Info    index.Info
	Digest  string // of the generation
	Changed bool   // whether another generation is live now
	Moved   int    // files sent or fetched; the others were there
	Bytes   int64  // sent or fetched
	Left    error  // why older generations were not removed, nil if they were
}

// Kept is how many generations stay at a place behind the live one, unless
// Publish is told: who has just seen the pointer finds all there.
const Kept = 10

// Publish puts the live generation below dir at the place and moves the pointer
// to it, signed if there is a key. Files that are there are not sent again, and
// those that only older generations have than the kept are removed. If another
// generation was published meanwhile it is ErrMoved, and that one stays; a
// registry alone cannot tell.
func (p *Place) Publish(ctx context.Context, dir string, key ed25519.PrivateKey, kept int) (Report, error) {
	parcel, err := index.Pack(dir)
	if err != nil {
		return Report{}, err
	}
	r := Report{Info: parcel.Info, Digest: parcel.Digest}
	if err := p.publish(ctx, parcel, key, kept, &r); err != nil {
		return Report{}, fmt.Errorf("publish to %s: %w", p, err)
	}
	return r, nil
}

func (p *Place) publish(ctx context.Context, parcel *index.Parcel, key ed25519.PrivateKey, kept int, r *Report) error {
	if err := p.writable(); err != nil {
		return err
	}
	next := pointer{Generation: parcel.Digest}.signed(key)
	now, mark, err := p.look(ctx)
	if err != nil && !errors.Is(err, ErrNothing) {
		return err
	}
	a := artifactOf(parcel)
	if err := p.sendAll(ctx, a, r); err != nil || now.same(next) {
		return err
	}
	next, dropped := next.follows(now, kept)
	if err := p.move(ctx, next, a, mark); err != nil {
		return err
	}
	r.Changed = true
	r.Left = p.prune(ctx, next, dropped)
	return p.sendAll(ctx, a, r) // what another publisher removed, who did not know of this one
}

// sendAll sends what is not there, the manifest last.
func (p *Place) sendAll(ctx context.Context, a artifact, r *Report) error {
	for _, b := range append(a.files, a.manifest) {
		if err := p.send(ctx, b, r); err != nil {
			return err
		}
	}
	return nil
}

// writable returns an error if nothing can ever be published there. A folder
// is either a place or an index.
func (p *Place) writable() error {
	switch s := p.store.(type) {
	case site:
		return ErrReadOnly
	case folder:
		if _, err := index.Current(string(s)); !errors.Is(err, index.ErrNoIndex) {
			return ErrOccupied
		}
	}
	return nil
}

func (p *Place) send(ctx context.Context, b blob, r *Report) error {
	there, err := retry(ctx, func() (bool, error) { return p.store.has(ctx, b) })
	if err != nil || there {
		return err
	}
	if err := do(ctx, func() error { return p.store.put(ctx, b) }); err != nil {
		return err
	}
	r.Moved++
	r.Bytes += b.size
	return nil
}

// move moves the pointer. An attempt whose answer was lost may have succeeded,
// which the next attempt sees as somebody else's doing.
func (p *Place) move(ctx context.Context, next pointer, a artifact, mark string) error {
	err := do(ctx, func() error { return p.store.point(ctx, next, a, mark) })
	if !errors.Is(err, ErrMoved) {
		return err
	}
	if now, _, lookErr := p.look(ctx); lookErr == nil && now.same(next) {
		return nil
	}
	return err
}

func artifactOf(parcel *index.Parcel) artifact {
	var a artifact
	for _, f := range parcel.Files {
		name := parcel.Name(f)
		a.paths = append(a.paths, f.Path)
		a.files = append(a.files, blob{f.SHA256, f.Size, func() (io.ReadSeekCloser, error) { return os.Open(name) }})
	}
	a.manifest = blob{
		digest: strings.TrimPrefix(parcel.Digest, "sha256:"), size: int64(len(parcel.Manifest)),
		open: func() (io.ReadSeekCloser, error) { return closable{bytes.NewReader(parcel.Manifest)}, nil },
	}
	return a
}

// A closable reader need not be closed.
type closable struct{ io.ReadSeeker }

func (closable) Close() error { return nil }
