package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"kb/content"
	"kb/content/data"
	"kb/content/markdown"
	"kb/index"
	"kb/web"
)

// extensions are those of the files that kb reads.
var extensions = []string{".md", ".markdown", ".mdx", ".yml", ".yaml", ".json"}

// readable reports whether kb reads files of that name.
func readable(name string) bool { return slices.Contains(extensions, filepath.Ext(name)) }

// A reading says what of the content is wanted.
type reading struct {
	comments bool   // entries inside HTML comments too
	drafts   bool   // pages marked as drafts too
	outline  bool   // what stands beside the entries
	read     func() // called after each file, or nil
	pages    *pages // where they are kept, or nil; such a page has no Meta
}

// load reads the sources, at the pace of a build.
func (r reading) load(site content.Site, sources ...content.Source) (*content.Corpus, error) {
	pace, told := index.NewPace(), r.read
	defer pace.End()
	r.read = func() {
		pace.Adjust()
		if told != nil {
			told()
		}
	}
	return content.Load(site, r.parsers(site), sources...)
}

// parsers returns the readers of all formats.
func (r reading) parsers(site content.Site) map[string]content.Parser {
	all := markdown.New(markdown.Options{Site: site, Comments: r.comments, Drafts: r.drafts, Outline: r.outline}).Parsers()
	if r.pages != nil {
		all = r.pages.parsers(all, site)
	}
	for ext, parse := range all {
		if r.read != nil {
			all[ext] = func(name string, src []byte) (*content.Page, error) {
				defer r.read()
				return parse(name, src)
			}
		}
	}
	return all
}

func parseSite(name string, text []byte) (content.Site, error) {
	site, err := data.ParseSite(name, text)
	if err != nil {
		return *site, err
	}
	return *site, checkWords(site)
}

// checkWords returns a ReadError for the texts that the interface does not have.
func checkWords(site *content.Site) error {
	if len(site.Words) == 0 {
		return nil
	}
	keys, err := web.TextKeys()
	if err != nil {
		return err
	}
	var unknown []content.Problem
	for _, key := range slices.Sorted(maps.Keys(site.Words)) {
		if slices.Contains(keys, key) {
			continue
		}
		msg := fmt.Sprintf("words: unknown key %q", key)
		if likely := nearest(key, keys); likely != "" {
			msg += fmt.Sprintf(", nearest valid key: %q", likely)
		}
		unknown = append(unknown, content.SiteProblem(site.WordsPos[key], msg))
	}
	return content.SiteError(unknown)
}
