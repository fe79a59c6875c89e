package data

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/language"

	"kb/content"
)

// ParseSite reads a site file. It is strict: a key that it does not know, or
// a value that is not of the kind it wants, is a problem of the
// content.ReadError it returns, which names the nearest valid key. With an
// error comes the site as far as it was read.
func ParseSite(name string, src []byte) (*content.Site, error) {
	site := &content.Site{FAQ: true}
	r := &siteReader{path: name}
	docs, err := YAML(bytes.TrimPrefix(src, []byte("\ufeff")), 1)
	se := (*content.SyntaxError)(nil)
	switch wrong := notUTF8(src); {
	case wrong > 0:
		r.fail(wrong, "invalid UTF-8: save the file as UTF-8")
	case errors.As(err, &se):
		r.fail(se.Line, "%s", se.Msg)
	case err != nil:
		r.fail(0, "%s", err)
	case len(docs) > 1:
		r.fail(docs[1].Line, "more than one document")
	case len(docs) == 1:
		r.read(docs[0], siteKeys(r, site))
	}
	return site, content.SiteError(r.problems)
}

// notUTF8 returns the line of the first byte that is not UTF-8, or 0.
func notUTF8(src []byte) int {
	line := 1
	for text := range bytes.Lines(src) {
		if !utf8.Valid(text) {
			return line
		}
		line++
	}
	return 0
}

// A siteReader keeps what is wrong.
type siteReader struct {
	path     string
	problems []content.Problem
}

// fail keeps the first problem of a line of the file: others may follow from it.
func (r *siteReader) fail(line int, format string, args ...any) {
	at := content.Pos{Path: r.path, Line: line}
	if !slices.ContainsFunc(r.problems, func(p content.Problem) bool { return p.Pos == at }) {
		r.problems = append(r.problems, content.SiteProblem(at, fmt.Sprintf(format, args...)))
	}
}

type setter func(f Field)

// siteKeys are the keys of a SiteFile, each with what takes its value.
func siteKeys(r *siteReader, s *content.Site) map[string]setter {
	return map[string]setter{
		"title":       func(f Field) { s.Title = r.text(f) },
		"description": func(f Field) { s.Description = r.text(f) },
		"base_url":    func(f Field) { s.BaseURL = r.url(f, "http", "https") },
		"contact":     func(f Field) { s.Contact = r.url(f, "http", "https", "mailto") },
		"anchors":     func(f Field) { s.Anchors = r.oneOf(f, content.AnchorStyles()...) },
		"language":    func(f Field) { s.Language = r.lang(f) },
		"synonyms":    func(f Field) { r.synonyms(f, s) },
		"pins":        func(f Field) { s.Pins = r.pins(f) },
		"pin":         func(f Field) { s.Pins = r.pins(f) },
		"model":       func(f Field) { s.Model = r.text(f) },
		"files":       func(f Field) { s.Files = r.files(f) },
		"logo":        func(f Field) { s.Logo = r.url(f, "http", "https") },
		"accent":      func(f Field) { s.Accent = r.colour(f) },
		"links":       func(f Field) { s.Links = r.links(f) },
		"popular":     func(f Field) { s.Popular, s.PopularPos = r.texts(f), r.positions(f.Value.Items) },
		"words":       func(f Field) { s.Words, s.WordsPos = r.pairs(f) },
		"check":       func(f Field) { s.Check = r.severities(f) },
	}
}

// read hands each field of a map to the setter of its key.
func (r *siteReader) read(v *Value, keys map[string]setter) {
	if v.Kind != Map {
		r.fail(v.Line, "want keys and values")
		return
	}
	seen := map[string]bool{}
	for _, f := range v.Fields {
		set := keys[f.Key]
		switch {
		case set == nil:
			r.fail(f.Line, "unknown key %q%s", f.Key, suggest(f.Key, keys))
		case seen[f.Key]:
			r.fail(f.Line, "key %q is there twice", f.Key)
		default:
			set(f)
		}
		seen[f.Key] = true
	}
}

func (r *siteReader) text(f Field) string {
	if f.Value.Kind != Scalar {
		r.fail(f.Line, "%s: want a text", f.Key)
	}
	return f.Value.String()
}

func (r *siteReader) url(f Field, schemes ...string) string {
	s := r.text(f)
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || !slices.Contains(schemes, u.Scheme) {
		r.fail(f.Line, "%s: %q is not an absolute URL (%s)", f.Key, s, strings.Join(schemes, ", "))
	}
	return s
}

func (r *siteReader) lang(f Field) string {
	s := r.text(f)
	if _, err := language.Parse(s); err != nil {
		r.fail(f.Line, "%s: %q is not a BCP 47 language such as en or pt-BR", f.Key, s)
	}
	return s
}

func (r *siteReader) list(f Field) []*Value {
	if f.Value.Kind != List && f.Value.Kind != Null {
		r.fail(f.Line, "%s: want a list", f.Key)
	}
	return f.Value.Items
}

func (r *siteReader) texts(f Field) []string {
	for _, v := range r.list(f) {
		if v.String() == "" {
			r.fail(v.Line, "%s: want a list of texts", f.Key)
		}
	}
	return f.Value.Strings()
}

// severities reads what problems are worth, by the names of their rules.
func (r *siteReader) severities(f Field) map[string]content.Severity {
	all := map[string]content.Severity{}
	keys := map[string]setter{}
	for _, rule := range content.Rules() {
		keys[rule.Name] = func(f Field) {
			s := content.Severity(r.oneOf(f, string(content.Off), string(content.Note), string(content.Error)))
			if slices.Contains(content.Severities(), s) {
				all[rule.Name] = s
			}
		}
	}
	r.read(f.Value, keys)
	return all
}

// files reads the hints, each of which says which files it is for.
func (r *siteReader) files(f Field) []content.FileHint {
	var all []content.FileHint
	for _, v := range r.list(f) {
		var h content.FileHint
		r.read(v, hintKeys(r, &h))
		if h.Match == "" {
			r.fail(v.Line, "files: want a key \"match\" that says which files")
		}
		all = append(all, h)
	}
	return all
}

func (r *siteReader) match(f Field) string {
	s := r.text(f)
	if _, err := path.Match(s, ""); err != nil || s == "" {
		r.fail(f.Line, "%s: %q is not a pattern such as \"help/*.md\" or a folder such as \"help/\"", f.Key, s)
	}
	return s
}

func (r *siteReader) oneOf(f Field, valid ...string) string {
	s := r.text(f)
	if !slices.Contains(valid, s) {
		r.fail(f.Line, "%s: %q is none of %s", f.Key, s, strings.Join(valid, ", "))
	}
	return s
}

// suggest returns the nearest valid key in words, or all where none is near: at
// most a third of its letters away, or two, which are swapped.
func suggest(key string, keys map[string]setter) string {
	best, dist := "", max(2, len(key)/3)+1
	for k := range keys {
		if d := levenshtein.ComputeDistance(strings.ToLower(key), k); d < dist || d == dist && k < best {
			best, dist = k, d
		}
	}
	if best == "" {
		return "; valid keys: " + strings.Join(slices.Sorted(maps.Keys(keys)), ", ")
	}
	return fmt.Sprintf(", nearest valid key: %q", best)
}
