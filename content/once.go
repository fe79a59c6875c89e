package content

import (
	"io/fs"
	"os"
	"path"
)

// A once knows which files were read, so that a file that two sources name is
// read for the first of them only. A nil once lets everything pass.
type once struct {
	files map[likeness][]fs.FileInfo
}

// A likeness is what two names of one file have in common, whatever else they
// lead through.
type likeness struct {
	name string // the last element
	size int64
}

// newOnce returns a once for the sources: nil for one alone, which has every
// file under one name.
func newOnce(sources []Source) *once {
	if len(sources) < 2 {
		return nil
	}
	return &once{map[likeness][]fs.FileInfo{}}
}

// first reports whether a file was not read before. One that cannot be looked
// at is for the reader to tell.
func (o *once) first(fsys fs.FS, name string) bool {
	if o == nil {
		return true
	}
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return true
	}
	key := likeness{path.Base(name), info.Size()}
	for _, other := range o.files[key] {
		if os.SameFile(info, other) {
			return false
		}
	}
	o.files[key] = append(o.files[key], info)
	return true
}
