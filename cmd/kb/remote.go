package main

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kb/index"
	"kb/index/remote"
	"kb/search"
)

// refresh is how often a server looks for a newly published index unless it is
// told: one small request each time.
const refresh = 30 * time.Second

// A puller keeps a copy of a published index in the user's cache folder.
type puller struct {
	app   *app
	place *remote.Place
	key   ed25519.PublicKey // nil to take what is not signed
	dir   string            // of the copy
	tmp   bool              // whether dir is removed at the end
	with  opener
	every time.Duration

	next time.Time // of the look at the place
	seen string    // digest of what was there at the last look
	err  error     // of the last look, or of pulling what it saw
}

func (a *app) remoteSupply(o origin) (supply, error) {
	if o.refresh == 0 {
		return supply{}, publishedError(o.index)
	}
	place, err := remote.At(o.index)
	if err != nil {
		return supply{}, remoteError(o.index, err)
	}
	p := &puller{app: a, place: place, with: o.opener(), every: o.refresh}
	if p.key, err = publicKey(o.key); err != nil {
		return supply{}, err
	}
	if err := p.makeDir(); err != nil {
		return supply{}, err
	}
	return supply{name: o.index, stamp: p.stamp, open: p.open, close: p.close, every: p.every, first: p.first}, nil
}

// publishedError is for what works on an index on disk alone.
func publishedError(address string) error {
	return hinted(fmt.Errorf("%s is where an index is published", address), "pull it first: kb pull %s -o %s", quoted(address), indexFolder)
}

// publicKey reads the key in the named file; without a name it is nil.
func publicKey(name string) (ed25519.PublicKey, error) {
	if name == "" {
		return nil, nil
	}
	key, err := remote.ReadPublicKey(name)
	return key, hinted(err, "make a pair: openssl genpkey -algorithm ed25519 -out kb.key && openssl pkey -in kb.key -pubout -out kb.pub")
}

// makeDir makes a folder for what is pulled: one of its own for each place and
// key, so that what was taken with another key is not served with this one.
func (p *puller) makeDir() error {
	sum := sha256.Sum256([]byte(p.place.String() + "\n" + string(p.key)))
	base, err := os.UserCacheDir()
	if err == nil {
		p.dir = filepath.Join(base, "kb", "pulled-"+hex.EncodeToString(sum[:8]))
		err = writable(p.dir)
	}
	if err == nil {
		return nil
	}
	p.tmp = true
	if p.dir, err = os.MkdirTemp("", "kb-"); err != nil {
		return fmt.Errorf("keep a copy of %s: %w", p.place, err)
	}
	return nil
}

// writable makes a folder, and finds out whether one may write there.
func writable(dir string) error {
	unlock, err := index.Lock(dir)
	if errors.Is(err, index.ErrBusy) { // by another server, which pulls
		return nil
	}
	if err == nil {
		unlock()
	}
	return err
}

func (p *puller) close() {
	if p.tmp {
		os.RemoveAll(p.dir)
	}
}

// first returns a searcher over what was pulled before, so that a server
// starts while the place cannot be asked; nil if there is none.
func (p *puller) first() *search.Searcher {
	s, err := openIndex(p.dir, p.with)
	if err != nil {
		return nil
	}
	return s
}

// spread is the part of the time between two looks by which they vary, so that
// servers that were started together do not ask together.
const spread = 0.1

// stamp returns what is published, as it was at the last look.
func (p *puller) stamp(ctx context.Context) (string, error) {
	if time.Now().Before(p.next) {
		return p.seen, p.err
	}
	seen, err := p.place.Current(ctx, p.key)
	p.err = remoteError(p.place.String(), err)
	if err == nil {
		p.seen = seen
	}
	p.next = time.Now().Add(time.Duration(float64(p.every) * (1 - spread + 2*spread*rand.Float64())))
	return p.seen, p.err
}

func (p *puller) open(ctx context.Context) (*search.Searcher, error) {
	if _, err := p.place.Pull(ctx, p.dir, p.key); err != nil {
		p.err = remoteError(p.place.String(), err)
		return nil, p.err
	}
	s, err := openIndex(p.dir, p.with)
	p.err = err
	return s, err
}

// remoteError hints at what to do about an error of a place.
func remoteError(address string, err error) error {
	switch {
	case errors.Is(err, remote.ErrBadAddress):
		return hinted(err, "it is a folder, file:FOLDER, s3://BUCKET/PREFIX?endpoint=…, oci://HOST/REPOSITORY:TAG, or to pull from https://HOST/FOLDER")
	case errors.Is(err, remote.ErrNothing):
		return hinted(err, "publish there: kb publish %s", quoted(address))
	case errors.Is(err, remote.ErrOccupied):
		return hinted(err, "publish to another folder: kb serve --index %s serves what is there", quoted(address))
	case errors.Is(err, remote.ErrMoved):
		return hinted(err, "to replace it, publish again")
	case errors.Is(err, remote.ErrUnsigned):
		return hinted(err, "publish it with kb publish --sign, or ask for another key")
	case errors.Is(err, remote.ErrDenied):
		return deniedError(address, err)
	case errors.Is(err, index.ErrCorrupt):
		return hinted(err, "send all of it again: kb publish %s --again", quoted(address))
	case errors.Is(err, index.ErrFormat):
		return hinted(err, "use the kb that published it, or publish it with this one")
	case errors.Is(err, fs.ErrPermission):
		return hinted(err, "may you read and write there?")
	}
	return err
}

// deniedError hints at where the credentials of a kind of place come from.
func deniedError(address string, err error) error {
	switch scheme, _, _ := strings.Cut(address, ":"); scheme {
	case "oci", "oci+http":
		return hinted(err, "log in with docker login or podman login")
	case "s3":
		return hinted(err, "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile of ~/.aws that may; anonymous=true asks as anybody")
	}
	return err
}
