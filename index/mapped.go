package index

import (
	"os"
	"path/filepath"

	"github.com/blevesearch/mmap-go"
)

// mapped returns a file of the generation, read as it is used: a search touches
// a few pages of it, and a copy of all would cost it more than all else. It is
// there until the snapshot is closed.
func (s *Snapshot) mapped(name string) ([]byte, error) {
	f, err := os.Open(filepath.Join(s.dir, name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, &os.PathError{Op: "map", Path: f.Name(), Err: err}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.maps = append(s.maps, data)
	return data, nil
}

// unmap gives up what is mapped.
func (s *Snapshot) unmap() []error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, m := range s.maps {
		errs = append(errs, m.Unmap())
	}
	s.maps = nil
	return errs
}
