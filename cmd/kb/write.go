package main

import (
	"fmt"
	"io/fs"
	"os"

	"github.com/google/renameio/v2"
)

// writeOut writes data to a name that a person has given. A file is replaced in
// one go, so that nobody reads half of it; what is no file, as a pipe, a device
// or a link, stays what it is and is written to.
func writeOut(name string, data []byte) error {
	info, err := os.Lstat(name)
	if err == nil && !info.Mode().IsRegular() {
		return writeInto(name, data)
	}
	if err := renameio.WriteFile(name, data, filePerm, renameio.WithExistingPermissions()); err != nil {
		return fmt.Errorf("write %s: %w", name, bare(err))
	}
	return nil
}

// filePerm is for files that anybody may read.
const filePerm fs.FileMode = 0o644

func writeInto(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, filePerm)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, bare(err))
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", name, bare(err))
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write %s: %w", name, bare(err))
	}
	return nil
}
