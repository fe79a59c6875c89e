package check

import (
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"strings"
	"sync"

	"kb/content"
)

// deadLinks finds relative links to files that are not there.
func deadLinks(in Input) []content.Problem { return in.missing("dead-link", false) }

// missingImages finds relative images that are not there.
func missingImages(in Input) []content.Problem { return in.missing("missing-image", true) }

func (in Input) missing(rule string, image bool) []content.Problem {
	s := newShelf(in)
	var all []content.Problem
	for _, p := range in.Corpus.Pages {
		for _, r := range references(p) {
			if r.Image != image {
				continue
			}
			if _, there := s.find(p, r.Target); there == no {
				all = append(all, problem(content.Pos{Path: p.Name, Line: r.Line}, rule, "%s is not there", r.Target))
			}
		}
	}
	return all
}

func references(p *content.Page) []content.Reference {
	if p.Outline == nil {
		return nil
	}
	return p.Outline.References
}

// An answer to whether something is there. Much that authors link to is made
// by the generator of their site, and kb cannot tell.
type answer int

const (
	unknown answer = iota
	yes
	no
)

// A place is where the file of a page is.
type place struct {
	root  Root
	name  string // below the root
	found bool
}

// A shelf finds the files that links lead to.
type shelf struct {
	in        Input
	pages     map[string]*content.Page // by name
	places    map[*content.Page]place
	addressed bool // pages say in their front matter at which address they are
}

func newShelf(in Input) *shelf {
	s := &shelf{in: in, pages: map[string]*content.Page{}, places: map[*content.Page]place{}}
	for _, p := range in.Corpus.Pages {
		s.pages[p.Name] = p
		for _, key := range []string{"permalink", "slug", "url", "aliases", "redirect_from"} {
			s.addressed = s.addressed || p.Meta[key] != nil
		}
	}
	return s
}

// foreign matches targets that are no relative path of a file, of which a
// template makes a part, or that are a single word: some generators look it up.
var foreign = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^$|^[A-Za-z][A-Za-z0-9+.-]*:|^[/\\~@?]|[{}<>$*|\n\[\]]|^[\w-]+$`)
})

// find returns the page that a target leads to from p, if it is a page of the
// corpus, and whether the target is there.
func (s *shelf) find(p *content.Page, target string) (*content.Page, answer) {
	file, _, _ := strings.Cut(target, "#")
	file, _, _ = strings.Cut(file, "?")
	if file == "" && target != "" {
		return p, yes
	}
	file, err := url.PathUnescape(file)
	at := s.place(p)
	if err != nil || !at.found || foreign().MatchString(file) {
		return nil, unknown
	}
	for _, dir := range folders(at.name) {
		full := path.Join(dir, file)
		if !fs.ValidPath(full) {
			return nil, unknown // outside of what may be read
		}
		for _, candidate := range candidates(full) {
			if _, err := fs.Stat(at.root.FS, candidate); err == nil {
				return s.pages[path.Join(at.root.Name, candidate)], yes
			}
		}
	}
	if ext := path.Ext(file); s.addressed && (ext == "" || ext == ".html" || ext == ".htm") {
		return nil, unknown
	}
	return nil, no
}

// place returns where the file of a page is.
func (s *shelf) place(p *content.Page) place {
	at, ok := s.places[p]
	if !ok {
		at = s.in.locate(p)
		s.places[p] = at
	}
	return at
}

func (in Input) locate(p *content.Page) place {
	for _, r := range in.Roots {
		name, below := strings.CutPrefix(p.Name, strings.TrimSuffix(r.Name, "/")+"/")
		if path.Clean(r.Name) == "." {
			name, below = p.Name, !path.IsAbs(p.Name)
		}
		if !below || !fs.ValidPath(name) {
			continue
		}
		if _, err := fs.Stat(r.FS, name); err == nil {
			return place{r, name, true}
		}
	}
	return place{}
}

// folders returns the folders that a relative link in a file may be meant
// from: that of the file, and that of its page where a generator publishes
// help/faq.md as help/faq/.
func folders(name string) []string {
	return []string{path.Dir(name), strings.TrimSuffix(name, path.Ext(name))}
}

// candidates returns the files that a path may stand for once a generator has
// published them.
func candidates(full string) []string {
	all := []string{full}
	stem := full
	switch path.Ext(full) {
	case ".html", ".htm":
		stem = strings.TrimSuffix(full, path.Ext(full))
	}
	for _, ext := range []string{".md", ".markdown", ".mdx", ".html"} {
		all = append(all, stem+ext, path.Join(stem, "index"+ext), path.Join(stem, "_index"+ext), path.Join(stem, "README"+ext))
	}
	return all
}
