package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2"

	"kb/content"
	"kb/content/check"
)

// fix writes the ids that are missing, or those of another entry, into the
// files, and tells which.
func (a *app) fix(l library, c *content.Corpus) error {
	ids := check.IDs(c)
	parsers := reading{}.parsers(c.Site)
	written, files, left := 0, 0, 0
	for _, p := range c.Pages {
		if len(ids[p.Name]) == 0 {
			continue
		}
		done, err := fixFile(p, ids[p.Name], parsers[filepath.Ext(p.Name)])
		if err != nil {
			return fmt.Errorf("mend %s: %w", p.Name, bare(err))
		}
		a.mended(p, ids[p.Name], done)
		written, left = written+len(done), left+len(ids[p.Name])-len(done)
		if len(done) > 0 {
			files++
		}
	}
	told := fmt.Sprintf("wrote %s into %s", count(written, "id"), count(files, "file"))
	if left > 0 {
		told += fmt.Sprintf(", left %s alone", count(left, "question"))
	}
	a.err.note("%s", told)
	return nil
}

// mended tells which ids of a page were written, and of those that were not the
// first: data has many.
func (a *app) mended(p *content.Page, ids map[int]string, done []int) {
	for _, line := range done {
		a.err.note("%s: wrote the id %s", content.Pos{Path: p.Name, Line: line}, ids[line])
	}
	left := slices.DeleteFunc(slices.Sorted(maps.Keys(ids)), func(line int) bool { return slices.Contains(done, line) })
	if len(left) == 0 {
		return
	}
	more := ""
	if n := len(left) - 1; n > 0 {
		more = fmt.Sprintf(", and those of %s below", count(n, "question"))
	}
	a.err.note("%s: left alone: write the id %s yourself%s", content.Pos{Path: p.Name, Line: left[0]}, ids[left[0]], more)
}

// fixFile replaces the file of a page by one with ids, and returns the lines
// that have got one. A link is not followed.
func fixFile(p *content.Page, ids map[int]string, parse content.Parser) ([]int, error) {
	name := filepath.FromSlash(p.Name)
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return nil, err
	}
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	mended, done := check.Mend(p, src, ids, parse)
	if len(done) == 0 {
		return nil, nil
	}
	return done, renameio.WriteFile(name, mended, info.Mode().Perm(), renameio.WithExistingPermissions())
}
