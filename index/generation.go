package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	currentFile = "current"
	lockFile    = "lock"
)

// Kept is the number of generations that stay on disk behind the live one,
// unless Build is told another: a reader that has just read DIR/current finds
// its generation still there, and Rollback has somewhere to go.
const Kept = 2

// History returns the names of the generations below dir, the live one first
// and then those that Rollback can go back to, the newest first.
func History(dir string) ([]string, error) {
	names, err := history(dir)
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	return names, nil
}

// history returns the names of the generations in DIR/current, the live one
// first and then those before it, newest first.
func history(dir string) ([]string, error) {
	data, err := readLimited(filepath.Join(dir, currentFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoIndex
	}
	if err != nil {
		return nil, err
	}
	names := strings.Fields(string(data))
	if len(names) == 0 || slices.ContainsFunc(names, notAGeneration) {
		return nil, fmt.Errorf("%w: %s names no generation", ErrCorrupt, currentFile)
	}
	return names, nil
}

// notAGeneration reports whether name cannot be that of a generation. A name
// that leads out of the folder is not.
func notAGeneration(name string) bool {
	digits, ok := strings.CutPrefix(name, generationPrefix)
	return !ok || len(digits) != nameDigits || strings.Trim(digits, "0123456789abcdef") != ""
}

func liveGeneration(dir string) (generation, error) {
	names, err := history(dir)
	if err != nil {
		return "", err
	}
	return generation(filepath.Join(dir, names[0])), nil
}

// adopt moves the finished generation in tmp to its name below dir, which it
// returns. An intact generation of that name is the same one, and stays.
func adopt(dir, tmp string) (name string, err error) {
	m, err := generation(tmp).manifest()
	if err != nil {
		return "", err
	}
	name = generationName(m.digest)
	final := filepath.Join(dir, name)
	_, err = generation(final).check(fully)
	if err == nil {
		return name, nil
	}
	if _, err := os.Lstat(final); err == nil {
		if err := os.Rename(final, tmp+"-damaged"); err != nil {
			return "", err
		}
		defer os.RemoveAll(tmp + "-damaged")
	}
	if err := os.Rename(tmp, final); err != nil {
		return "", err
	}
	return name, Sync(dir)
}

// makeLive makes the generation the live one, and removes those before it but
// the newest kept.
func makeLive(dir, name string, kept int) error {
	names, err := history(dir)
	if err != nil && !errors.Is(err, ErrNoIndex) && !errors.Is(err, ErrCorrupt) {
		return err
	}
	names = slices.DeleteFunc(names, func(n string) bool { return n == name })
	names = append([]string{name}, names...)
	return setHistory(dir, names[:min(len(names), 1+kept)])
}

// setHistory replaces DIR/current, and removes every generation not in it.
func setHistory(dir string, names []string) error {
	f, err := os.CreateTemp(dir, tmpPrefix+currentFile)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(strings.Join(names, "\n") + "\n")
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), filepath.Join(dir, currentFile)); err != nil {
		return err
	}
	if err := Sync(dir); err != nil {
		return err
	}
	removeMatching(dir, func(name string) bool { // what is still in use somewhere, the next build removes
		return !notAGeneration(name) && !slices.Contains(names, name)
	})
	return nil
}

// removeLeftovers removes what dead builders left. The caller holds the lock,
// and so no builder lives.
func removeLeftovers(dir string) error {
	return removeMatching(dir, func(name string) bool { return strings.HasPrefix(name, tmpPrefix) })
}

func removeMatching(dir string, match func(name string) bool) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		if !match(f.Name()) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, f.Name())); err != nil {
			return err
		}
	}
	return nil
}

// Rollback makes the newest intact generation before the live one the live
// one, and removes those it passed over: Build makes them again, byte for
// byte. Where there is none it is ErrOldest.
func Rollback(dir string) (Info, error) {
	info, err := rollback(dir)
	if err != nil {
		return Info{}, fmt.Errorf("roll back index %s: %w", dir, err)
	}
	return info, nil
}

func rollback(dir string) (Info, error) {
	if _, err := history(dir); err != nil {
		return Info{}, err
	}
	unlock, err := lock(dir)
	if err != nil {
		return Info{}, err
	}
	defer unlock()
	names, err := history(dir)
	if err != nil {
		return Info{}, err
	}
	for i, name := range names[1:] {
		m, err := generation(filepath.Join(dir, name)).check(fully)
		if err == nil {
			return m.Info, setHistory(dir, names[1+i:])
		}
	}
	return Info{}, ErrOldest
}
