package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"kb/content"
	"kb/content/faq"
	"kb/index/lang"
)

// A library is the content that a command works on.
type library struct {
	places []place // none means the FAQ in the binary
	model  string  // file of the model of meaning; "" leaves it to the site
}

// locate returns the library of the files and folders that were named; without
// a name, that of $KB_CONTENT, else ./content, else the content root that the
// command is run in, else the FAQ in the binary.
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

// noContent tells of what is not a person's own.
const noContent = "no content here: these are of %s"

func standing() []string {
	if p := os.Getenv("KB_CONTENT"); p != "" {
		return []string{p}
	}
	if info, err := os.Stat("content"); err == nil && info.IsDir() {
		return []string{"content"}
	}
	if _, err := os.Stat(content.SiteFile); err == nil {
		return []string{"."}
	}
	return nil
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

// locateOwn is locate for content to work on: that in the binary is none.
func locateOwn(paths []string, command string) (library, error) {
	l, err := locate(paths)
	if err == nil && l.shipped() {
		err = hinted(errors.New("no content here: neither ./content nor ./kb.yaml nor $KB_CONTENT"), "%s path/to/faq", command)
	}
	return l, err
}

// load reads the library.
func (l library) load(r reading) (*content.Corpus, error) {
	sources, release, err := l.sources()
	if err != nil {
		return nil, err
	}
	defer release()
	site, err := l.site(sources)
	if err != nil {
		return nil, mendable(err)
	}
	return l.loadAs(site, r, sources)
}

// loadAs reads the sources as a site says. It returns the corpus even if the
// site names ids that are not in it.
func (l library) loadAs(site content.Site, r reading, sources []content.Source) (*content.Corpus, error) {
	c, err := r.load(site, sources...)
	if err != nil {
		return nil, mendable(err)
	}
	if r.pages != nil {
		lang.AssignBy(c, r.pages.heard.detect)
	} else {
		lang.Assign(c)
	}
	if !l.whole() {
		return c, nil
	}
	err = c.CheckPins()
	if len(unreadable(c)) > 0 { // the ids may be in there
		c.Problems, err = append(c.Problems, siteFault(err)...), nil
	}
	return c, mendable(err)
}

// whole reports whether the library is all of its roots, so that an id which is
// not there is a mistake.
func (l library) whole() bool {
	return !slices.ContainsFunc(l.places, func(p place) bool { return p.path != "." })
}

// mendable hints at the place of an error, if it has one.
func mendable(err error) error {
	if re := (*content.ReadError)(nil); errors.As(err, &re) && re.Pos.Line > 0 {
		more := ""
		if n := len(re.Others); n > 0 {
			more = fmt.Sprintf("; kb check tells %d more", n)
		}
		return hinted(err, "mend line %d of %s%s", re.Pos.Line, re.Pos.Path, more)
	}
	return err
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
	if len(all) == 1 {
		all[0].Root = l.places[0].at // the same content is the same from wherever it is named
	}
	return all, release, nil
}

// site reads the SiteFile of the sources, of which there may be only one.
func (l library) site(sources []content.Source) (content.Site, error) {
	var site content.Site
	at := ""
	for i, src := range sources {
		if err := misnamed(src); err != nil {
			return site, err
		}
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
			return site, err
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

// misnamed returns a ReadError if a root has a file that is meant as a SiteFile
// and is named almost so.
func misnamed(src content.Source) error {
	fsys, at := src.FS, src.Name
	if m, ok := fsys.(mount); ok {
		fsys, at = m.fs, m.at
	}
	entries, _ := fs.ReadDir(fsys, ".") // what cannot be read is told by who reads it
	for _, e := range entries {
		name := e.Name()
		if name == content.SiteFile || !strings.EqualFold(name, content.SiteFile) && !strings.EqualFold(name, "kb.yml") {
			continue
		}
		file := path.Join(at, name)
		p := content.Problem{Pos: content.Pos{Path: file}, Rule: "site-file", Msg: "not read by this name: name it " + content.SiteFile}
		return hinted(&content.ReadError{Problem: p}, "mv %s %s", quoted(file), quoted(path.Join(at, content.SiteFile)))
	}
	return nil
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
	l.stampModel(h)
	return hex.EncodeToString(h.Sum(nil)), nil
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
