package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A File is one file of a generation, as the manifest tells of it.
type File struct {
	Path   string // slash-separated, in the generation
	Size   int64  // bytes
	SHA256 string // hex
}

// A Parcel is a generation as the files to send it in.
type Parcel struct {
	Info     Info
	Digest   string // of the generation, as Snapshot.Digest returns it
	Manifest []byte // its SHA-256 is the digest
	Files    []File // all others
	dir      string
}

// Pack returns the live generation below dir, after reading every byte of it.
// Errors are those of OpenVerified.
func Pack(dir string) (*Parcel, error) {
	p, err := pack(dir)
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	return p, nil
}

func pack(dir string) (*Parcel, error) {
	gen, err := liveGeneration(dir)
	if err != nil {
		return nil, err
	}
	m, err := gen.check(fully)
	if err != nil {
		return nil, err
	}
	data, err := readLimited(filepath.Join(string(gen), manifestFile))
	if err != nil {
		return nil, err
	}
	all, err := m.list()
	return &Parcel{m.Info, "sha256:" + m.digest, data, all, string(gen)}, err
}

// Name returns the name of a file of the parcel on disk.
func (p *Parcel) Name(f File) string { return filepath.Join(p.dir, filepath.FromSlash(f.Path)) }

// maxGeneration is the size in bytes above which a manifest is not believed: a
// hundred times that of a million questions.
const maxGeneration = 100 << 30

// list returns the files of a generation besides its manifest, which may not
// name any other.
func (m manifest) list() ([]File, error) {
	var all []File
	total := int64(0)
	for _, name := range files() {
		sum, ok := m.Files[name]
		if !ok || sum.Size < 0 || sum.Size > maxGeneration {
			return nil, damaged(manifestFile, fmt.Errorf("it does not tell of %s", name))
		}
		total += sum.Size
		all = append(all, File{name, sum.Size, sum.SHA256})
	}
	if len(all) != len(m.Files) {
		return nil, damaged(manifestFile, errors.New("it names files that do not belong there"))
	}
	if total > maxGeneration {
		return nil, damaged(manifestFile, fmt.Errorf("it is of more than %d bytes", int64(maxGeneration)))
	}
	return all, nil
}

// Files returns the files that a manifest names, of whatever format it is.
func Files(data []byte) ([]File, error) {
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, damaged(manifestFile, err)
	}
	var all []File
	for name, sum := range m.Files {
		all = append(all, File{name, sum.Size, sum.SHA256})
	}
	return all, nil
}

// A Fetch writes the bytes of f to the named file. What is there already are
// the first bytes of f, from a fetch that was interrupted.
type Fetch func(ctx context.Context, f File, name string) error

// Install writes the generation of a manifest below dir and makes it the live
// one, as Build does with what it built. Files that are there already are not
// fetched again, nor are those that the live generation has too. If that one is
// the same, it writes nothing and installed is false. An error, or the end of
// ctx, leaves the live generation as it was; what was fetched stays for the
// next Install of the same manifest.
func Install(ctx context.Context, dir string, manifest []byte, fetch Fetch) (info Info, installed bool, err error) {
	in := installer{dir: dir, fetch: fetch}
	info, installed, err = in.install(ctx, manifest)
	if err != nil {
		return Info{}, false, fmt.Errorf("write index %s: %w", dir, err)
	}
	return info, installed, nil
}

// An installer writes one generation out of files that come from elsewhere.
type installer struct {
	dir, tmp string
	fetch    Fetch
}

func (in *installer) install(ctx context.Context, data []byte) (Info, bool, error) {
	unlock, err := Lock(in.dir)
	if err != nil {
		return Info{}, false, err
	}
	defer unlock()
	m, err := in.begin(data)
	if err != nil {
		return Info{}, false, err
	}
	if live, err := liveGeneration(in.dir); err == nil {
		if is, err := live.check(quickly); err == nil && is.digest == m.digest {
			return is.Info, false, os.RemoveAll(in.tmp)
		}
	}
	if err := in.receive(ctx, m); err != nil {
		return Info{}, false, err
	}
	return m.Info, true, in.finish(ctx, m)
}

// begin makes the folder to write to, which is the same for the same manifest.
func (in *installer) begin(data []byte) (manifest, error) {
	sum := sha256.Sum256(data)
	in.tmp = filepath.Join(in.dir, tmpPrefix+generationName(hex.EncodeToString(sum[:])))
	err := removeMatching(in.dir, func(name string) bool {
		return strings.HasPrefix(name, tmpPrefix) && name != filepath.Base(in.tmp)
	})
	if err != nil {
		return manifest{}, err
	}
	if err := os.MkdirAll(filepath.Join(in.tmp, storeDir), 0o755); err != nil {
		return manifest{}, err
	}
	if err := os.WriteFile(filepath.Join(in.tmp, manifestFile), data, 0o644); err != nil {
		return manifest{}, err
	}
	m, err := generation(in.tmp).manifest()
	if err != nil {
		os.RemoveAll(in.tmp)
	}
	return m, err
}

func (in *installer) receive(ctx context.Context, m manifest) error {
	all, err := m.list()
	if err != nil {
		return err
	}
	for _, f := range all {
		if err := in.receiveFile(ctx, f); err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
	}
	return nil
}

// partSuffix is that of a file which is not complete.
const partSuffix = ".part"

// refetches is how often a file is fetched that does not have its digest: what
// was there from an earlier fetch may be what is wrong with it.
const refetches = 2

func (in *installer) receiveFile(ctx context.Context, f File) error {
	want := fileSum{f.Size, f.SHA256}
	final := filepath.Join(in.tmp, filepath.FromSlash(f.Path))
	if generation(in.tmp).checkFile(f.Path, want, fully) == nil || in.copyLive(f, final) {
		return os.Chtimes(final, want.stamp(), want.stamp())
	}
	part := final + partSuffix
	for range refetches {
		if err := in.fetch(ctx, f, part); err != nil {
			return err
		}
		got, err := sumFile(part)
		if err != nil {
			return err
		}
		if got == want {
			if err := os.Rename(part, final); err != nil {
				return err
			}
			return os.Chtimes(final, want.stamp(), want.stamp())
		}
		if err := os.Remove(part); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: its SHA-256 is not that in the manifest", ErrCorrupt)
}

// copyLive copies a file of the live generation, if it is the same.
func (in *installer) copyLive(f File, to string) bool {
	live, err := liveGeneration(in.dir)
	if err != nil {
		return false
	}
	want := fileSum{f.Size, f.SHA256}
	if live.checkFile(f.Path, want, quickly) != nil {
		return false
	}
	from, err := os.Open(filepath.Join(string(live), filepath.FromSlash(f.Path)))
	if err != nil {
		return false
	}
	defer from.Close()
	out, err := os.Create(to)
	if err != nil {
		return false
	}
	_, err = io.Copy(out, from)
	err = errors.Join(err, out.Close())
	return err == nil && generation(in.tmp).checkFile(f.Path, want, fully) == nil
}

// finish makes the generation in tmp the live one. Every byte of it has been
// compared with the manifest.
func (in *installer) finish(ctx context.Context, m manifest) error {
	if err := syncTree(in.tmp); err != nil {
		return err
	}
	if err := verify(in.tmp, m.Info); err != nil {
		return errors.Join(err, os.RemoveAll(in.tmp))
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	name, err := adopt(in.dir, in.tmp)
	if err != nil {
		return err
	}
	return errors.Join(makeLive(in.dir, name, Kept), os.RemoveAll(in.tmp))
}

// Lock makes the caller the only one to write below dir until it calls unlock,
// or dies. If there is one already it returns ErrBusy at once.
func Lock(dir string) (unlock func(), err error) {
	if err := makeDir(dir); err != nil {
		return nil, err
	}
	return lock(dir)
}
