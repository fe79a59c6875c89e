package remote

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"kb/index"
)

// A found is the pointer as one attempt found it.
type found struct {
	pointer pointer
	mark    string
}

func (p *Place) look(ctx context.Context) (pointer, string, error) {
	f, err := retry(ctx, func() (f found, err error) {
		f.pointer, f.mark, err = p.store.pointer(ctx)
		return f, err
	})
	return f.pointer, f.mark, err
}

// Current returns the digest of the generation that is published, or
// ErrNothing; if there is a key, only one that is signed with it.
func (p *Place) Current(ctx context.Context, key ed25519.PublicKey) (string, error) {
	now, _, err := p.look(ctx)
	if err == nil {
		err = now.trusted(key)
	}
	if err != nil {
		return "", fmt.Errorf("look at %s: %w", p, err)
	}
	return now.Generation, nil
}

// Pull installs the published generation below dir, unless it is the live one
// there. With a key, it must be signed with it. Interrupted, it goes on where
// it was when it is called again. On an error the live generation is as it was.
func (p *Place) Pull(ctx context.Context, dir string, key ed25519.PublicKey) (Report, error) {
	r, err := p.pull(ctx, dir, key)
	if err != nil {
		return Report{}, fmt.Errorf("pull from %s: %w", p, err)
	}
	return r, nil
}

func (p *Place) pull(ctx context.Context, dir string, key ed25519.PublicKey) (Report, error) {
	if Is(dir) {
		return Report{}, fmt.Errorf("%s is where indexes are published: choose another folder", dir)
	}
	now, _, err := p.look(ctx)
	if errors.Is(err, ErrNothing) && errors.Is(p.writable(), ErrOccupied) {
		err = ErrOccupied
	}
	if err != nil {
		return Report{}, err
	}
	if err := now.trusted(key); err != nil {
		return Report{}, err
	}
	manifest, err := retry(ctx, func() ([]byte, error) { return p.manifest(ctx, now) })
	if err != nil {
		return Report{}, err
	}
	return retry(ctx, func() (Report, error) { return p.install(ctx, dir, now, manifest) })
}

func (p *Place) install(ctx context.Context, dir string, now pointer, manifest []byte) (Report, error) {
	r := Report{Digest: now.Generation}
	fetched := map[string]bool{}
	var err error
	r.Info, r.Changed, err = index.Install(ctx, dir, manifest, func(ctx context.Context, f index.File, name string) error {
		fetched[f.Path] = true
		return final(do(ctx, func() error { return p.fetch(ctx, f, name, &r) }))
	})
	r.Moved = len(fetched)
	if errors.Is(err, index.ErrBusy) { // another process pulls, perhaps the same
		err = transient(err, 0)
	}
	return r, err
}

// manifest returns the bytes that the pointer is the digest of.
func (p *Place) manifest(ctx context.Context, now pointer) ([]byte, error) {
	body, err := p.store.get(ctx, blob{digest: now.digest(), size: -1}, 0)
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	defer body.Close()
	data, err := io.ReadAll(io.LimitReader(body, index.MaxManifest))
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != now.digest() {
		return nil, fmt.Errorf("%w: manifest: its SHA-256 is not that in the pointer", index.ErrCorrupt)
	}
	return data, nil
}

// fetch appends to the named file what it lacks of f.
func (p *Place) fetch(ctx context.Context, f index.File, name string, r *Report) error {
	out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer out.Close()
	info, err := out.Stat()
	if err != nil {
		return err
	}
	there := info.Size()
	if there > f.Size {
		there = 0
		if err := out.Truncate(0); err != nil {
			return err
		}
	}
	if there == f.Size {
		return nil
	}
	n, err := p.stream(ctx, blob{digest: f.SHA256, size: f.Size}, there, out)
	r.Bytes += n
	return err
}

// stream writes the bytes of a blob from an offset on.
func (p *Place) stream(ctx context.Context, b blob, offset int64, to io.Writer) (int64, error) {
	body, err := p.store.get(ctx, b, offset)
	if err != nil {
		return 0, err
	}
	defer body.Close()
	n, err := io.Copy(to, io.LimitReader(body, b.size-offset))
	switch {
	case n == b.size-offset:
		return n, nil // whether they are the right ones, the caller finds out
	case err == nil:
		return n, io.ErrUnexpectedEOF
	}
	return n, err
}
