package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"kb/content"
	"kb/content/faq"
)

// A library is the content that a command works on.
type library struct {
	places []place // none means the FAQ in the binary
}

// A place is a content root, or a file or folder of it.
type place struct {
	dir  string // of the root, as a person would name it
	path string // slash-separated below dir; "." for all of it
	at   string // slash-separated path that pages have before theirs below dir, or ""
}

// locate returns the library of the files and folders that were named; without
// a name, that of $KB_CONTENT, else ./content, else the FAQ in the binary.
func locate(paths []string) (library, error) {
	if len(paths) == 0 {
		paths = standing()
	}
	var l library
	for _, p := range paths {
		at, err := locateOne(p)
		if err != nil {
			return library{}, err
		}
		l.places = append(l.places, at)
	}
	return l, nil
}

func standing() []string {
	if p := os.Getenv("KB_CONTENT"); p != "" {
		return []string{p}
	}
	if info, err := os.Stat("content"); err == nil && info.IsDir() {
		return []string{"content"}
	}
	return nil
}

// locateOne finds the content root of a path. The SiteFile marks a root: a
// folder without one stands for the only folder below it that has one, and
// where there is none at all, here or above, the path is taken as it was given,
// since the names in it say what a page is about.
func locateOne(name string) (place, error) {
	info, err := os.Stat(name)
	if err != nil {
		return place{}, absent(name, err)
	}
	if !info.IsDir() && !readable(name) {
		return place{}, hinted(fmt.Errorf("read %s: not a kind of file that kb reads", name), "kb reads %s", strings.Join(extensions, " "))
	}
	if !info.IsDir() {
		return rooted(name, false), nil
	}
	roots, err := siteFolders(name)
	switch {
	case err != nil:
		return place{}, fmt.Errorf("read %s: %w", name, bare(err))
	case len(roots) > 1:
		err := fmt.Errorf("read %s: both %s and %s have a %s", name, roots[0], roots[1], content.SiteFile)
		return place{}, hinted(err, "name the one you mean, %s for one", roots[0])
	case len(roots) == 0:
		return rooted(name, true), nil
	}
	return place{dir: roots[0], path: "."}, nil
}

// rooted returns the place of a path below the nearest folder above it that
// has a SiteFile. Where none has, the root is the folder itself, or that of the
// file; pages below the current folder keep their names.
func rooted(name string, folder bool) place {
	name = filepath.Clean(name)
	for dir := name; dir != filepath.Dir(dir); {
		dir = filepath.Dir(dir)
		if _, err := os.Stat(filepath.Join(dir, content.SiteFile)); err != nil {
			continue
		}
		if below, err := filepath.Rel(dir, name); err == nil {
			return place{dir: dir, path: filepath.ToSlash(below)}
		}
	}
	p := place{dir: name, path: "."}
	if !folder {
		p = place{dir: filepath.Dir(name), path: filepath.Base(name)}
	}
	if filepath.IsLocal(p.dir) && p.dir != "." {
		p.at = filepath.ToSlash(p.dir)
	}
	return p
}

// absent explains that name cannot be had.
func absent(name string, err error) error {
	said := fmt.Errorf("read %s: %w", name, bare(err))
	entries, _ := os.ReadDir(filepath.Dir(name))
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if likely := nearest(filepath.Base(name), names); likely != "" {
		return hinted(said, "did you mean %s?", filepath.Join(filepath.Dir(name), likely))
	}
	return hinted(said, "name a Markdown or data file, or a folder of them")
}

// siteFolders returns the outermost folders, dir or below it, that have a SiteFile.
func siteFolders(dir string) ([]string, error) {
	var roots []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == dir:
			return err
		case err != nil || !d.IsDir():
			return nil
		case name != dir && content.Skipped(d.Name()):
			return fs.SkipDir
		}
		if _, err := os.Stat(filepath.Join(name, content.SiteFile)); err == nil {
			roots = append(roots, name)
			return fs.SkipDir
		}
		return nil
	})
	return roots, err
}

// String returns what a person would call the library.
func (l library) String() string {
	if l.shipped() {
		return "the FAQ that ships with kb"
	}
	return strings.Join(l.args(), " ")
}

// args returns the paths that name the library on a command line.
func (l library) args() []string {
	var names []string
	for _, p := range l.places {
		names = append(names, filepath.Join(p.dir, filepath.FromSlash(p.path)))
	}
	return names
}

func (l library) shipped() bool { return len(l.places) == 0 }

// load reads the library.
func (l library) load(r reading) (*content.Corpus, error) {
	sources, release, err := l.sources()
	if err != nil {
		return nil, err
	}
	defer release()
	site, err := l.site(sources)
	if err != nil {
		return nil, err
	}
	return content.Load(site, r.parsers(site), sources...)
}

// sources opens the roots. What lies outside of one cannot be read through it,
// whatever links are in it.
func (l library) sources() (all []content.Source, release func(), err error) {
	if l.shipped() {
		return []content.Source{{FS: faq.FS, Path: "."}}, func() {}, nil
	}
	var roots []*os.Root
	release = func() {
		for _, r := range roots {
			r.Close()
		}
	}
	for _, p := range l.places {
		r, err := os.OpenRoot(p.dir)
		if err != nil {
			release()
			return nil, nil, fmt.Errorf("read %s: %w", p.dir, bare(err))
		}
		roots = append(roots, r)
		all = append(all, p.source(r.FS()))
	}
	return all, release, nil
}

// source returns the place as package content takes it, read from fsys.
func (p place) source(fsys fs.FS) content.Source {
	if p.at == "" {
		return content.Source{FS: fsys, Name: filepath.ToSlash(p.dir), Path: p.path}
	}
	return content.Source{FS: mount{fsys, p.at}, Path: path.Join(p.at, p.path)}
}

// site reads the SiteFile of the sources, of which there may be only one.
func (l library) site(sources []content.Source) (content.Site, error) {
	var site content.Site
	at := ""
	for i, src := range sources {
		text, err := siteText(src.FS)
		if errors.Is(err, fs.ErrNotExist) || i > 0 && l.same(i) {
			continue
		}
		name := path.Join(src.Name, content.SiteFile)
		if err != nil {
			return site, fmt.Errorf("read %s: %w", name, bare(err))
		}
		if at != "" {
			return site, hinted(fmt.Errorf("two content roots: %s and %s", at, name), "index one at a time, or keep one %s", content.SiteFile)
		}
		at = name
		if site, err = parseSite(name, text); err != nil {
			return site, hinted(err, "mend %s", name)
		}
	}
	return site, nil
}

// same reports whether the root of place i is that of a place before it.
func (l library) same(i int) bool {
	for _, p := range l.places[:i] {
		if filepath.Clean(p.dir) == filepath.Clean(l.places[i].dir) {
			return true
		}
	}
	return false
}

func siteText(fsys fs.FS) ([]byte, error) {
	info, err := fs.Stat(fsys, content.SiteFile)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		return nil, err
	}
	return fs.ReadFile(fsys, content.SiteFile)
}

// stamp returns a digest of what tells, without reading a file, that the
// content may have changed: names, sizes, times of change, and this kb.
func (l library) stamp() (string, error) {
	h := sha256.New()
	if self, err := os.Executable(); err == nil {
		stampFile(h, "kb", self)
	}
	for _, p := range l.places {
		if err := p.stamp(h); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (p place) stamp(w io.Writer) error {
	stampFile(w, content.SiteFile, filepath.Join(p.dir, content.SiteFile))
	root := filepath.Join(p.dir, filepath.FromSlash(p.path))
	return filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == root:
			return fmt.Errorf("read %s: %w", name, bare(err))
		case name != root && content.Skipped(d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if below, _ := filepath.Rel(p.dir, name); err != nil || readable(name) {
			stampFile(w, below, name)
		}
		return nil
	})
}

func stampFile(w io.Writer, label, name string) {
	info, err := os.Stat(name)
	if err != nil {
		fmt.Fprintf(w, "%q %v\n", label, bare(err))
		return
	}
	fmt.Fprintf(w, "%q %d %d %v\n", label, info.Size(), info.ModTime().UnixNano(), info.Mode())
}

// bare strips the operation and path from an error of package os, whose caller
// names them better.
func bare(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
