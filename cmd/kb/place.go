package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"kb/content"
)

// A place is a content root, or a file or folder of it.
type place struct {
	dir  string // of the root, as a person would name it
	path string // slash-separated below dir; "." for all of it
	at   string // slash-separated path that pages have before theirs below dir, or ""
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
	if err := notContent(name); err != nil {
		return place{}, err
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

// notContent returns an error for a folder of an index.
func notContent(dir string) error {
	fsys := os.DirFS(dir)
	switch {
	case content.Published(fsys, "."):
		return hinted(fmt.Errorf("%s is where an index is published", dir), "pull it: kb pull %s -o DIR", quoted(dir))
	case content.Built(fsys, "."):
		return hinted(fmt.Errorf("%s is an index, not content", dir), "use --index %s", quoted(dir))
	}
	return nil
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

// walk is filepath.WalkDir without what reading passes over below root.
func walk(root string, visit fs.WalkDirFunc) error {
	return filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case name == root || !content.Skipped(d.Name()):
			return visit(name, d, err)
		case d.IsDir():
			return fs.SkipDir
		}
		return nil
	})
}

// siteFolders returns the outermost folders, dir or below it, that have a SiteFile.
func siteFolders(dir string) ([]string, error) {
	var roots []string
	err := walk(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == dir:
			return err
		case err != nil || !d.IsDir():
			return nil
		case notContent(name) != nil:
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

// walks reports whether a walk of the place comes by a folder of that name,
// which need not be there yet.
func (p place) walks(name string) bool {
	root := filepath.Join(p.dir, filepath.FromSlash(p.path))
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		return false
	}
	below, err := filepath.Rel(resolved(root), resolved(name))
	if err != nil || !filepath.IsLocal(below) {
		return false
	}
	return below == "." || !slices.ContainsFunc(strings.Split(below, string(filepath.Separator)), content.Skipped)
}

// resolved returns the absolute path of name without symbolic links, as far as
// it is there.
func resolved(name string) string {
	name, _ = filepath.Abs(name)
	if real, err := filepath.EvalSymlinks(name); err == nil || name == filepath.Dir(name) {
		return real
	}
	return filepath.Join(resolved(filepath.Dir(name)), filepath.Base(name))
}

// holdsContent reports whether name is a file that kb reads, or a folder with
// one in it.
func holdsContent(name string) bool {
	found := false
	_ = walk(name, func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !readable(at) {
			return nil // a folder that cannot be read has nothing to show
		}
		found = true
		return fs.SkipAll
	})
	return found
}

// source returns the place as package content takes it, read from fsys.
func (p place) source(fsys fs.FS) content.Source {
	if p.at == "" {
		return content.Source{FS: fsys, Name: filepath.ToSlash(p.dir), Path: p.path}
	}
	return content.Source{FS: mount{fsys, p.at}, Path: path.Join(p.at, p.path)}
}

func (p place) stamp(w io.Writer) error {
	stampFile(w, content.SiteFile, filepath.Join(p.dir, content.SiteFile))
	root := filepath.Join(p.dir, filepath.FromSlash(p.path))
	return walk(root, func(name string, _ fs.DirEntry, err error) error {
		if err != nil && name == root {
			return fmt.Errorf("read %s: %w", name, bare(err))
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
