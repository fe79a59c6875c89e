package content

import (
	"cmp"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// PageURL returns the address at which the generator of the site publishes a
// page, or "" if that is not known: without a BaseURL or a generator, and for
// data files, which are pages of no site.
//
//	github               the file itself, below …/blob/BRANCH
//	hugo, mkdocs         docs/faq.md is docs/faq/
//	jekyll, kramdown     docs/faq.md is docs/faq.html
//	docusaurus           docs/02-faq.md is docs/faq
//
// A file named index, _index or README is its folder. What front matter says of
// the address, as url, permalink or slug, counts more.
func (s Site) PageURL(p *Page) string {
	style := s.anchors(p.Path)
	base, err := url.Parse(s.BaseURL)
	if err != nil || s.BaseURL == "" || style == "" || style == "explicit" {
		return ""
	}
	var at string
	switch ext := path.Ext(p.Path); ext {
	case ".md", ".markdown", ".mdx":
		at = p.place(style, strings.TrimSuffix(p.Path, ext))
	default:
		return ""
	}
	base.Path = strings.TrimSuffix(base.Path, "/") + "/" + strings.TrimPrefix(at, "/")
	return base.String()
}

// anchors returns the generator that makes the page at name.
func (s Site) anchors(name string) string {
	if own := s.Hint(name).Anchors; own != "" {
		return own
	}
	return s.Anchors
}

// place returns the path of a page on its site; stem is its Path without the
// extension.
func (p *Page) place(style, stem string) string {
	dir, name := path.Split(stem)
	folder := name == "index" || name == "_index" || name == "README"
	switch {
	case style == "github":
		return p.Path
	case p.Permalink != "":
		return p.Permalink
	case style == "docusaurus":
		return docusaurusPath(dir, name, p.Slug, folder)
	case style == "hugo":
		dir, name = hugoName(dir), cmp.Or(p.Slug, hugoName(name))
	default:
		dir = strings.TrimPrefix(dir, "_") // a collection of Jekyll
	}
	switch {
	case folder:
		return dir
	case style == "hugo" || style == "mkdocs":
		return dir + name + "/"
	}
	return dir + name + ".html"
}

func hugoName(name string) string { return strings.ToLower(strings.ReplaceAll(name, " ", "-")) }

// numbered matches the number that Docusaurus orders files and folders by.
var numbered = regexp.MustCompile(`^\d+\s*[-_.]+\s*`)

func docusaurusPath(dir, name, slug string, folder bool) string {
	var parts []string
	for part := range strings.SplitSeq(strings.Trim(dir, "/"), "/") {
		if part != "" {
			parts = append(parts, numbered.ReplaceAllString(part, ""))
		}
	}
	name = cmp.Or(slug, numbered.ReplaceAllString(name, ""))
	if slug != "" || !folder && (len(parts) == 0 || parts[len(parts)-1] != name) {
		parts = append(parts, name)
	}
	return strings.Join(parts, "/")
}

// locate gives every entry its place on the site that it is from.
func (c *Corpus) locate() {
	for _, p := range c.Pages {
		at := c.Site.PageURL(p)
		for _, e := range p.Entries {
			if e.Source = at; at != "" && e.Fragment != "" {
				e.Source += "#" + (&url.URL{Fragment: e.Fragment}).EscapedFragment()
			}
		}
	}
}
