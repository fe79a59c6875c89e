package content

import (
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
		at = pagePath(style, strings.TrimSuffix(p.Path, ext), ext, p.Meta)
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

// pagePath returns the path of a page, from that of its file.
func pagePath(style, stem, ext string, meta map[string]any) string {
	dir, name := path.Split(stem)
	folder := name == "index" || name == "_index" || name == "README"
	switch style {
	case "github":
		return stem + ext
	case "hugo":
		return hugoPath(strings.ToLower(strings.ReplaceAll(dir, " ", "-")), strings.ToLower(strings.ReplaceAll(name, " ", "-")), folder, meta)
	case "docusaurus":
		return docusaurusPath(dir, name, folder, meta)
	case "mkdocs":
		if folder {
			return dir
		}
		return stem + "/"
	}
	if own := text(meta, "permalink"); own != "" {
		return own
	}
	dir = strings.TrimPrefix(dir, "_") // a collection
	if folder {
		return dir
	}
	return dir + name + ".html"
}

func hugoPath(dir, name string, folder bool, meta map[string]any) string {
	if own := text(meta, "url"); own != "" {
		return own
	}
	if own := text(meta, "slug"); own != "" && !folder {
		name = own
	}
	if folder {
		return dir
	}
	return dir + name + "/"
}

// numbered matches the number that Docusaurus orders files and folders by.
var numbered = regexp.MustCompile(`^\d+\s*[-_.]+\s*`)

func docusaurusPath(dir, name string, folder bool, meta map[string]any) string {
	own := text(meta, "slug")
	if strings.HasPrefix(own, "/") {
		return own
	}
	var parts []string
	for part := range strings.SplitSeq(strings.Trim(dir, "/"), "/") {
		if part != "" {
			parts = append(parts, numbered.ReplaceAllString(part, ""))
		}
	}
	name = numbered.ReplaceAllString(name, "")
	switch {
	case own != "":
		parts = append(parts, own)
	case text(meta, "id") != "" && !folder:
		parts = append(parts, text(meta, "id"))
	case !folder && (len(parts) == 0 || parts[len(parts)-1] != name):
		parts = append(parts, name)
	}
	return strings.Join(parts, "/")
}

// text returns a text of the front matter, or "".
func text(meta map[string]any, key string) string {
	s, _ := meta[key].(string)
	return s
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
