package content

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// MaxFile is the size in bytes above which a content file is refused: a
// hundred times the largest FAQ known, and small enough to parse in memory.
const MaxFile = 16 << 20

// A Source is a place to read content from.
type Source struct {
	FS   fs.FS
	Name string // put before paths in positions, for people; "" for none
	Path string // a file or folder in FS; "." for all of it
	Root string // folder in FS that Page.Path is below; "" for FS itself
}

// Load reads every file of the sources that a parser is there for, keyed by
// its extension with the dot. Inside a folder, hidden names, node_modules,
// testdata and the SiteFile are passed over, and so is a folder of an index, which
// becomes a Problem. A file that cannot be read or parsed
// becomes a Problem and does not stop the others. A Source.Path that is not
// there is an error, and a file that cannot be read or parsed is a ReadError.
// A file that several sources name is read once.
func Load(site Site, parsers map[string]Parser, sources ...Source) (*Corpus, error) {
	var pages []*Page
	seen := newOnce(sources)
	for _, src := range sources {
		more, err := src.load(parsers, seen)
		if err != nil {
			return nil, err
		}
		pages = append(pages, more...)
	}
	slices.SortStableFunc(pages, func(a, b *Page) int { return cmp.Compare(a.Path, b.Path) })
	return NewCorpus(site, pages), nil
}

func (s Source) load(parsers map[string]Parser, seen *once) ([]*Page, error) {
	info, err := fs.Stat(s.FS, s.Path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", s.display(s.Path), bare(err))
	}
	if info.IsDir() {
		return s.loadDir(parsers, seen)
	}
	parse := parsers[path.Ext(s.Path)]
	if parse == nil {
		return nil, fmt.Errorf("read %s: no reader for files of type %q", s.display(s.Path), path.Ext(s.Path))
	}
	if !seen.first(s.FS, s.Path) {
		return nil, nil
	}
	page, err := s.loadFile(s.Path, parse)
	if err != nil {
		return nil, &ReadError{Problem: s.problem(s.Path, err), Err: bare(err)}
	}
	return []*Page{page}, nil
}

// loadDir reads the files of a folder, several at one time.
func (s Source) loadDir(parsers map[string]Parser, seen *once) ([]*Page, error) {
	var pages []*Page
	var work sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	err := fs.WalkDir(s.FS, s.Path, func(name string, d fs.DirEntry, err error) error {
		if name != s.Path && Skipped(d.Name()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		parse := parsers[path.Ext(name)]
		switch {
		case err == nil && d.IsDir() && (Built(s.FS, name) || Published(s.FS, name)):
			pages = append(pages, s.passed(name))
			return fs.SkipDir
		case err == nil && (d.IsDir() || parse == nil):
			return nil
		case err != nil:
			pages = append(pages, s.unread(name, err))
			return nil
		case !seen.first(s.FS, name):
			return nil
		}
		page := new(Page)
		pages = append(pages, page)
		slots <- struct{}{}
		work.Go(func() {
			*page = *s.loadOrNote(name, parse)
			<-slots
		})
		return nil
	})
	work.Wait()
	return pages, err
}

// loadOrNote returns a page, or one that says why it could not be read.
func (s Source) loadOrNote(name string, parse Parser) *Page {
	page, err := s.loadFile(name, parse)
	if err != nil {
		return s.unread(name, err)
	}
	return page
}

// PublishedFile is in a folder to which kb publishes indexes.
const PublishedFile = "kb-current.json"

// Built reports whether a folder is that of an index, which is no content
// though there is JSON in it.
func Built(fsys fs.FS, dir string) bool {
	info, err := fs.Stat(fsys, path.Join(dir, "current"))
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	entries, _ := fs.ReadDir(fsys, dir) // what cannot be read is told by who reads it
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.IsDir() && strings.HasPrefix(e.Name(), "gen-") })
}

// Published reports whether a folder is one to which kb publishes indexes.
func Published(fsys fs.FS, dir string) bool {
	info, err := fs.Stat(fsys, path.Join(dir, PublishedFile))
	return err == nil && info.Mode().IsRegular()
}

// Skipped reports whether Load passes over a file or folder of that name
// inside a folder.
func Skipped(name string) bool {
	return strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata" || name == SiteFile
}

// unread stands for a file or folder that could not be read.
func (s Source) unread(name string, err error) *Page {
	return &Page{Path: strings.TrimPrefix(name, s.Root+"/"), Name: s.display(name), Problems: []Problem{s.problem(name, err)}}
}

// passed stands for a folder that is not content.
func (s Source) passed(name string) *Page {
	p := Problem{Pos{Path: s.display(name)}, "index", "the folder of an index that kb built or published: it is not read"}
	return &Page{Path: strings.TrimPrefix(name, s.Root+"/"), Name: s.display(name), Problems: []Problem{p}}
}

func (s Source) problem(name string, err error) Problem {
	at, msg := Pos{Path: s.display(name)}, bare(err).Error()
	if se := (*SyntaxError)(nil); errors.As(err, &se) {
		at.Line, msg = se.Line, strings.Replace(msg, se.Error(), se.Msg, 1)
	}
	return Problem{at, "unreadable", msg}
}

func (s Source) loadFile(name string, parse Parser) (*Page, error) {
	src, err := s.read(name)
	if err != nil {
		return nil, err
	}
	page, err := parse(name, src)
	if err != nil {
		return nil, err
	}
	page.Name = s.display(name)
	page.Path = strings.TrimPrefix(name, s.Root+"/")
	for _, e := range page.Entries {
		e.Pos.Path = s.display(name)
	}
	for i := range page.Problems {
		page.Problems[i].Pos.Path = s.display(name)
	}
	return page, nil
}

func (s Source) read(name string) ([]byte, error) {
	info, err := fs.Stat(s.FS, name) // before opening: opening a named pipe would wait for a writer
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("not a regular file")
	case info.Size() > MaxFile:
		return nil, fmt.Errorf("%d bytes, more than the limit of %d", info.Size(), MaxFile)
	}
	f, err := s.FS.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var b bytes.Buffer
	b.Grow(int(info.Size()) + bytes.MinRead)
	_, err = b.ReadFrom(io.LimitReader(f, MaxFile))
	return b.Bytes(), err
}

func (s Source) display(name string) string { return path.Join(s.Name, name) }

// bare strips the operation and path that package fs puts into an error, which
// the caller names better.
func bare(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
