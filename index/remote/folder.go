package remote

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kb/index"
)

// A folder is a store in a file system, local or shared.
type folder string

func (f folder) name(of string) string { return filepath.Join(string(f), filepath.FromSlash(of)) }

func (f folder) has(_ context.Context, b blob) (bool, error) {
	file, err := os.Open(f.name(b.path()))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return false, err
	}
	return hex.EncodeToString(h.Sum(nil)) == b.digest, nil
}

func (f folder) get(_ context.Context, b blob, offset int64) (io.ReadCloser, error) {
	file, err := os.Open(f.name(b.path()))
	if err != nil {
		return nil, err
	}
	if _, err := file.Seek(offset, io.SeekStart); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

func (f folder) put(_ context.Context, b blob) error {
	r, err := b.open()
	if err != nil {
		return err
	}
	defer r.Close()
	return f.replace(b.path(), r)
}

func (f folder) remove(_ context.Context, b blob) error {
	err := os.Remove(f.name(b.path()))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

const partPrefix = ".kb-part-"

// abandoned is the age from which a part is that of a publisher which died.
const abandoned = 24 * time.Hour

// replace writes a file beside its place, makes it last, and puts it there.
func (f folder) replace(name string, r io.Reader) error {
	final := f.name(name)
	dir := filepath.Dir(final)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := sweep(dir); err != nil {
		return err
	}
	part, err := os.CreateTemp(dir, partPrefix)
	if err != nil {
		return err
	}
	defer os.Remove(part.Name())
	_, err = io.Copy(part, r)
	if err = errors.Join(err, part.Chmod(0o644), part.Sync(), part.Close()); err != nil {
		return err
	}
	if err := os.Rename(part.Name(), final); err != nil {
		return err
	}
	return index.Sync(dir)
}

// sweep removes the parts that nobody will end.
func sweep(dir string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil || !strings.HasPrefix(f.Name(), partPrefix) || time.Since(info.ModTime()) < abandoned {
			continue
		}
		if err := os.Remove(filepath.Join(dir, f.Name())); err != nil {
			return err
		}
	}
	return nil
}

// pointer returns the pointer. Its mark is its text.
func (f folder) pointer(context.Context) (pointer, string, error) {
	file, err := os.Open(f.name(pointerFile))
	if errors.Is(err, fs.ErrNotExist) {
		return pointer{}, "", ErrNothing
	}
	if err != nil {
		return pointer{}, "", err
	}
	defer file.Close()
	p, err := readPointer(file)
	return p, string(p.encode()), err
}

func (f folder) point(ctx context.Context, p pointer, _ artifact, mark string) error {
	unlock, err := index.Lock(string(f))
	if errors.Is(err, index.ErrBusy) {
		return transient(errors.New("another publisher holds the lock"), 0)
	}
	if err != nil {
		return err
	}
	defer unlock()
	_, now, err := f.pointer(ctx)
	if err != nil && !errors.Is(err, ErrNothing) {
		return fmt.Errorf("read the pointer: %w", err)
	}
	if now != mark {
		return ErrMoved
	}
	return f.replace(pointerFile, bytes.NewReader(p.encode()))
}
