package index

import (
	"io/fs"
	"os"
	"path/filepath"
)

// makeDir makes the folder dir and those above it, and makes them last.
func makeDir(dir string) error {
	info, err := os.Stat(dir)
	if err == nil && info.IsDir() {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return Sync(filepath.Dir(dir))
}

// syncTree makes everything below dir readable for all and last: bleve gives
// its files to their owner alone, and syncs no folder.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		mode := fs.FileMode(0o644)
		if d.IsDir() {
			mode = 0o755
		}
		if err := os.Chmod(path, mode); err != nil {
			return err
		}
		return Sync(path)
	})
}

// Sync makes a file or folder last: what is in it survives a loss of power.
func Sync(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
