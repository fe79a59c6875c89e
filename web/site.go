package web

import (
	"slices"
	"strings"
	"time"

	"kb/content"
	"kb/index"
	"kb/search"
)

// A site is what all pages of one generation share.
type site struct {
	content.Site
	digest   string
	words    words
	sections []index.Section
	slugs    map[string]string // path of a section to its slug
	brief    map[string]*brief // by entry id
	order    []*brief          // in the order of the corpus
	assets   map[string]*asset // by name without hash
	Dated    bool              // whether an answer says when it changed, so that there is a feed
}

// A brief is what pages need of an entry besides its own.
type brief struct {
	ID, Question string
	lang         string
	section      []string
	answered     bool
	updated      time.Time
}

// open returns the site of the generation that s searches, made once.
func (sv *server) open(s *search.Searcher) (*site, error) {
	if s == nil {
		return nil, errNoIndex
	}
	digest := s.Snapshot().Digest()
	if st := sv.site.Load(); st != nil && st.digest == digest && !sv.opt.Dev {
		return st, nil
	}
	st, err := sv.newSite(s.Snapshot())
	if err != nil {
		return nil, err
	}
	sv.site.Store(st)
	return st, nil
}

func (sv *server) newSite(snap *index.Snapshot) (*site, error) {
	st := &site{
		Site:   snap.Info().Site,
		digest: snap.Digest(),
		slugs:  map[string]string{},
		brief:  map[string]*brief{},
	}
	var err error
	if st.words, err = readWords(st.Lang(), st.Words); err != nil {
		return nil, err
	}
	if st.sections, err = snap.Sections(); err != nil {
		return nil, err
	}
	for _, sec := range st.sections {
		st.slugs[pathKey(sec.Path)] = sec.Slug
	}
	entries, err := snap.Entries()
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		b := &brief{e.ID, e.Question, e.Lang, e.Section, e.Answered(), e.Updated}
		st.brief[e.ID] = b
		st.order = append(st.order, b)
		st.Dated = st.Dated || b.answered && !b.updated.IsZero()
	}
	st.assets, err = sv.newAssets(st)
	return st, err
}

// section returns the section of that slug, or nil.
func (st *site) section(slug string) *index.Section {
	for i := range st.sections {
		if st.sections[i].Slug == slug {
			return &st.sections[i]
		}
	}
	return nil
}

// within returns the entries anywhere below a section.
func (st *site) within(path []string) []*brief {
	var found []*brief
	for _, b := range st.order {
		if len(b.section) >= len(path) && pathKey(b.section[:len(path)]) == pathKey(path) {
			found = append(found, b)
		}
	}
	return found
}

// common returns what to offer before anyone has asked: the entries that the
// site names, or else the first answered one of each outermost section.
func (st *site) common() []*brief {
	var found []*brief
	for _, id := range st.Popular {
		if b := st.brief[id]; b != nil {
			found = append(found, b)
		}
	}
	if found != nil {
		return found
	}
	if len(st.sections) == 0 {
		return st.order[:min(len(st.order), maxPlain)]
	}
	seen := map[string]bool{}
	for _, b := range st.order {
		if key := pathKey(b.section[:min(1, len(b.section))]); b.answered && !seen[key] && len(found) < maxCommon {
			seen[key] = true
			found = append(found, b)
		}
	}
	return found
}

// loose returns the first entries that are in no section, but for those in
// common.
func (st *site) loose(common []*brief) []*brief {
	var found []*brief
	for _, b := range st.order {
		if len(b.section) == 0 && !slices.Contains(common, b) && len(found) < maxPlain {
			found = append(found, b)
		}
	}
	return found
}

// outline returns all entries: those in sections, and then those in none.
func (st *site) outline() []*brief {
	return slices.SortedStableFunc(slices.Values(st.order), func(a, b *brief) int {
		return min(len(b.section), 1) - min(len(a.section), 1)
	})
}

const (
	// maxCommon keeps what is offered on an empty page within one screen.
	maxCommon = 8

	// maxPlain is the same for questions that no section leads to.
	maxPlain = 50
)

// pathKey joins headings with a character that no heading holds.
func pathKey(path []string) string { return strings.Join(path, "\x00") }
