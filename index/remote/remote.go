// Package remote publishes generations of an index at a place, and pulls them
// from there.
//
// A place is a folder, a bucket of S3-compatible storage, a repository of an
// OCI registry, or, for pulling only, a folder that a web server shows. It
// holds blobs, which are files under the name of their SHA-256, and a pointer,
// which names one blob: the manifest of the live generation, which names the
// digest of every other file. Blobs are written first and the pointer moves
// last, so that whoever follows it finds all there.
//
//	kb-current.json           the pointer: the generation, and its signature
//	blobs/sha256/0f3c…        the files
//
// In a registry the pointer is a tag, and the files are layers of the artifact
// that it names.
//
// Nothing that comes from a place is believed before its digest is checked. A
// signature says who published a generation, not that it is the latest: who may
// write to a place may point it back to an older one.
package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Errors that callers tell apart.
var (
	ErrNothing    = errors.New("nothing is published there")
	ErrMoved      = errors.New("another generation was published there meanwhile")
	ErrReadOnly   = errors.New("one can pull from there, not publish")
	ErrOccupied   = errors.New("an index is in use in that folder")
	ErrUnsigned   = errors.New("the generation is not signed with the key that is asked for")
	ErrDenied     = errors.New("not allowed")
	ErrBadAddress = errors.New("no address of a place")
)

// A Place is where generations are published.
type Place struct {
	address string
	store   store
}

// A store keeps blobs and a pointer.
type store interface {
	// has reports whether it holds the blob whole.
	has(ctx context.Context, b blob) (bool, error)
	// get returns the bytes of a blob from an offset on.
	get(ctx context.Context, b blob, offset int64) (io.ReadCloser, error)
	// put stores a blob under its digest: whole or not at all.
	put(ctx context.Context, b blob) error
	// pointer returns the pointer, and a mark of its state for point. Without
	// one it is ErrNothing, and the mark is that of nothing.
	pointer(ctx context.Context) (p pointer, mark string, err error)
	// point moves the pointer, if it still has the mark. If not, it is
	// ErrMoved.
	point(ctx context.Context, p pointer, of artifact, mark string) error
	// remove removes a blob, which need not be there.
	remove(ctx context.Context, b blob) error
}

// A blob is a file under the name of its SHA-256.
type blob struct {
	digest string // hex
	size   int64  // bytes; -1 if unknown
	open   func() (io.ReadSeekCloser, error)
}

func (b blob) path() string { return "blobs/sha256/" + b.digest }

// An artifact is what a generation is made of.
type artifact struct {
	manifest blob
	files    []blob
	paths    []string // of files, in the generation
}

// At returns the place of an address: a folder, file:FOLDER,
// s3://BUCKET/PREFIX, oci://HOST/REPOSITORY:TAG, or https://HOST/FOLDER. It asks
// nobody. Credentials do not belong in an address.
func At(address string) (*Place, error) {
	s, err := storeAt(address)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadAddress, err)
	}
	return &Place{address, s}, nil
}

func storeAt(address string) (store, error) {
	if address == "" {
		return nil, errors.New("it is empty")
	}
	if !schemed(address) {
		return folder(address), nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("it cannot be parsed") // the parser's error would quote what may be a password
	}
	if u.User != nil {
		return nil, errors.New("credentials do not belong there: they come from the environment, or the files of docker and aws")
	}
	switch u.Scheme {
	case "file":
		return newFolder(u)
	case "s3":
		return newBucket(u)
	case "oci", "oci+http":
		return newRepository(u)
	case "https", "http":
		return newSite(u)
	}
	return nil, fmt.Errorf("no scheme %q is known, but file, s3, oci and https", u.Scheme)
}

func newFolder(u *url.URL) (store, error) {
	if u.Host != "" && u.Host != "localhost" || u.RawQuery != "" || u.Fragment != "" || u.Opaque+u.Path == "" {
		return nil, errors.New("it is not of the form file:FOLDER, on this machine")
	}
	return folder(filepath.FromSlash(u.Opaque + u.Path)), nil
}

// schemed reports whether an address is more than the path of a folder.
func schemed(address string) bool {
	scheme, _, found := strings.Cut(address, ":")
	return found && (strings.Contains(address, "://") || slices.Contains([]string{"file", "s3", "oci", "oci+http", "http", "https"}, scheme))
}

// Is reports whether address is one of a place, rather than of an index: that
// of a folder is if something was published there.
func Is(address string) bool {
	if schemed(address) {
		return true
	}
	_, err := os.Stat(filepath.Join(address, pointerFile))
	return err == nil
}

// String returns the address.
func (p *Place) String() string { return p.address }
