package main

import (
	"io/fs"
	"strings"
)

// A mount shows a file system below a path, slash-separated, so that its files
// keep the names that a person knows them by and nothing beside it can be
// reached.
type mount struct {
	fs fs.FS
	at string
}

// Open opens a name at or below the path.
func (m mount) Open(name string) (fs.File, error) {
	below, err := m.below("open", name)
	if err != nil {
		return nil, err
	}
	return m.fs.Open(below)
}

// Stat is there so that a file can be looked at without opening it.
func (m mount) Stat(name string) (fs.FileInfo, error) {
	below, err := m.below("stat", name)
	if err != nil {
		return nil, err
	}
	return fs.Stat(m.fs, below)
}

func (m mount) below(op, name string) (string, error) {
	if name == m.at {
		return ".", nil
	}
	if below, ok := strings.CutPrefix(name, m.at+"/"); ok {
		return below, nil
	}
	return "", &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}
