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
	"time"

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

// Kept is how many generations usually stay at a place behind the live one.
const Kept = 10

// Options are how to publish.
type Options struct {
	Key   ed25519.PrivateKey // to sign with; nil for none
	Keep  int                // generations that stay behind the live one, 0 to MostKept
	Again bool               // send also what is there, which may be damaged
}

// Publish puts the live generation below dir at the place and moves the pointer
// to it. Files that are there are not sent again. Those that only generations
// have which are not kept for a day are removed. If another generation was
// published meanwhile it is ErrMoved, and that one stays; a registry alone
// cannot tell.
func (p *Place) Publish(ctx context.Context, dir string, o Options) (Report, error) {
	if o.Keep < 0 || o.Keep > MostKept {
		return Report{}, fmt.Errorf("publish to %s: keep %d: it is 0 to %d", p, o.Keep, MostKept)
	}
	parcel, err := index.Pack(dir)
	if err != nil {
		return Report{}, err
	}
	r := Report{Info: parcel.Info, Digest: parcel.Digest}
	if err := p.publish(ctx, parcel, o, &r); err != nil {
		return Report{}, fmt.Errorf("publish to %s: %w", p, err)
	}
	return r, nil
}

func (p *Place) publish(ctx context.Context, parcel *index.Parcel, o Options, r *Report) error {
	if err := p.writable(); err != nil {
		return err
	}
	now, mark, unseen := p.look(ctx)
	if p.mayLack(unseen) {
		mark = unseenMark
	} else if unseen != nil && !errors.Is(unseen, ErrNothing) {
		return unseen
	}
	a := artifactOf(parcel)
	now, err := retry(ctx, func() (pointer, error) { return p.settle(ctx, now, a) })
	if err != nil {
		return err
	}
	if err := p.sendAll(ctx, a, o.Again, r); err != nil {
		return err
	}
	at := time.Now().UTC()
	next := pointer{Generation: parcel.Digest}.signed(o.Key)
	r.Changed = !now.same(next)
	if next = next.follows(now, o.Keep, at); next.equal(now) {
		return nil
	}
	err = p.move(ctx, next, a, mark)
	if errors.Is(err, ErrMoved) && p.mayLack(unseen) {
		return fmt.Errorf("the pointer is there, and may not be read: %w", unseen)
	}
	if err != nil {
		return err
	}
	r.Left = p.prune(ctx, next, at)
	return nil
}

// mayLack reports whether an error of looking at the pointer may mean that
// there is none.
func (p *Place) mayLack(err error) bool {
	_, ok := p.store.(bucket)
	return ok && hidden(err)
}

// sendAll sends what is not there, or all again, the manifest last.
func (p *Place) sendAll(ctx context.Context, a artifact, again bool, r *Report) error {
	for _, b := range append(a.files, a.manifest) {
		if err := p.send(ctx, b, again, r); err != nil {
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
		_, err := index.Current(string(s))
		switch {
		case errors.Is(err, index.ErrNoIndex):
			return nil
		case err == nil || errors.Is(err, index.ErrCorrupt) || errors.Is(err, index.ErrFormat):
			return ErrOccupied
		}
		return err
	}
	return nil
}

func (p *Place) send(ctx context.Context, b blob, again bool, r *Report) error {
	there, err := retry(ctx, func() (bool, error) { return p.store.has(ctx, b) })
	if err != nil || there && !again {
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
