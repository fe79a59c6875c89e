package lang

import (
	"cmp"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"kb/content"
)

// Assign fills in the languages that c does not say: those of its entries, and
// that of its site. What a page or an entry says itself comes first, then the
// language that the site gives for the files, the name of a folder or file as
// in de/faq.md and faq.de.md, the language of the site, and what the text
// itself surely tells. C must be new and in nobody's hands.
//
// An entry in the language of the site keeps "" for it. A site of English has
// "" as well, and so its corpus is what it was.
func Assign(c *content.Corpus) { AssignBy(c, Detect) }

// AssignBy is Assign with something that returns what Detect does, perhaps
// from memory.
func AssignBy(c *content.Corpus, detect func(text string) string) {
	speak := map[*content.Page]string{}
	for _, p := range c.Pages {
		speak[p] = detect(text(p.Entries))
	}
	own := cmp.Or(c.Site.Language, most(speak))
	for _, p := range c.Pages {
		assignPage(c.Site, p, own, speak[p], detect)
	}
	if c.Site.Language == "" && own != "en" {
		c.Site.Language = own
	}
	for _, e := range c.Entries {
		if e.Lang == c.Site.Lang() {
			e.Lang = ""
		}
	}
}

// assignPage fills in the language of the entries of a page that speaks as
// told, on a site of the language own.
func assignPage(site content.Site, p *content.Page, own, speaks string, detect func(string) string) {
	named := cmp.Or(site.Hint(p.Path).Language, inPath(p.Path, own, speaks))
	for _, e := range p.Entries {
		switch {
		case e.Lang != "":
		case named != "":
			e.Lang = named
		case site.Language == "":
			e.Lang = cmp.Or(speaksAlone(e, speaks, detect), speaks, own)
		}
	}
}

// speaksAlone returns the language of an entry if it is long enough to tell, or
// of another script than its page.
func speaksAlone(e *content.Entry, page string, detect func(string) string) string {
	const enough, most = 400, 1600 // bytes: shorter texts quote more than they say
	t := text([]*content.Entry{e})
	l := detect(first(t, most))
	if l == page || len(t) >= enough || len(Of(l).Function) == 0 {
		return l
	}
	return ""
}

// first returns the letters of text that are whole within its first n bytes.
func first(text string, n int) string {
	if n >= len(text) {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

func text(entries []*content.Entry) string {
	var b strings.Builder
	for _, e := range entries {
		if b.Len() > 8*sample {
			break
		}
		b.WriteString(e.Question + "\n" + e.Answer.Text + "\n")
	}
	return b.String()
}

// most returns the language that most entries' pages speak, or "" if none is
// sure.
func most(speak map[*content.Page]string) string {
	count := map[string]int{}
	for p, l := range speak {
		count[l] += len(p.Entries)
	}
	delete(count, "")
	best := ""
	for l, n := range count {
		if n > count[best] || n == count[best] && l < best {
			best = l
		}
	}
	return best
}

// inPath returns the language that a path names, as in de/faq.md, pt-BR/faq.md
// and faq.de.md. Where the page speaks the language of the site, a folder such
// as it or no is no language.
func inPath(name, own, speaks string) string {
	dir, file := path.Split(name)
	parts := strings.Split(strings.Trim(dir, "/"), "/")
	if stem := strings.TrimSuffix(file, path.Ext(file)); strings.Contains(stem, ".") {
		parts = append(parts, stem[strings.LastIndex(stem, ".")+1:])
	}
	for i := len(parts) - 1; i >= 0; i-- {
		tag, ok := tagOf(parts[i])
		if ok && (speaks != own || Of(tag).Base == Of(own).Base) {
			return tag
		}
	}
	return ""
}

// tagOf returns the BCP 47 tag of a language that kb knows, from the name of a
// folder.
func tagOf(name string) (string, bool) {
	base, _, _ := strings.Cut(strings.ReplaceAll(name, "_", "-"), "-")
	if len(base) < 2 || len(base) > 3 || Of(base).Base == Und {
		return "", false
	}
	tag, err := language.Parse(name)
	return tag.String(), err == nil
}
