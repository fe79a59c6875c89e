package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2"

	"kb/content"
	"kb/content/check"
)

// errShipped is the error for writing to the FAQ in the binary.
var errShipped = errors.New("the FAQ that ships with kb cannot be written to")

// fix writes the ids that are missing, or those of another entry, into the
// files, and tells each.
func (a *app) fix(l library, c *content.Corpus, found []check.Finding) error {
	if l.shipped() {
		return hinted(errShipped, "kb check --fix PATH")
	}
	ids := check.IDs(c, found)
	parsers := reading{}.parsers(c.Site)
	for _, p := range c.Pages {
		if len(ids[p.Name]) == 0 {
			continue
		}
		done, err := fixFile(p, ids[p.Name], parsers[filepath.Ext(p.Name)])
		if err != nil {
			return fmt.Errorf("mend %s: %w", p.Name, bare(err))
		}
		for _, line := range slices.Sorted(maps.Keys(ids[p.Name])) {
			at := content.Pos{Path: p.Name, Line: line}
			if slices.Contains(done, line) {
				a.err.note("%s: wrote the id %s", at, ids[p.Name][line])
				continue
			}
			a.err.note("%s: left alone: write the id %s yourself", at, ids[p.Name][line])
		}
	}
	return nil
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
