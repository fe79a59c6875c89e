package data

import (
	"regexp"

	"kb/content"
)

var colour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

func (r *siteReader) colour(f Field) string {
	s := r.text(f)
	if !colour.MatchString(s) {
		r.fail(f.Line, "%s: %q is not a colour such as \"#0b4a8b\"", f.Key, s)
	}
	return s
}

func (r *siteReader) links(f Field) []content.Link {
	var all []content.Link
	for _, v := range r.list(f) {
		var l content.Link
		r.read(v, map[string]setter{
			"text": func(f Field) { l.Text = r.text(f) },
			"url":  func(f Field) { l.URL = r.url(f, "http", "https", "mailto") },
		})
		if l.Text == "" || l.URL == "" {
			r.fail(v.Line, "%s: want a list of links, each with the keys \"text\" and \"url\"", f.Key)
		}
		all = append(all, l)
	}
	return all
}

// pairs reads keys with a text each, and where they stand.
func (r *siteReader) pairs(f Field) (map[string]string, map[string]content.Pos) {
	if f.Value.Kind != Map {
		r.fail(f.Line, "%s: want keys with a text each", f.Key)
		return nil, nil
	}
	all, at := make(map[string]string, len(f.Value.Fields)), map[string]content.Pos{}
	for _, p := range f.Value.Fields {
		all[p.Key], at[p.Key] = r.text(p), content.Pos{Path: r.path, Line: p.Line}
	}
	return all, at
}

// positions returns where values stand in the file.
func (r *siteReader) positions(values []*Value) []content.Pos {
	var all []content.Pos
	for _, v := range values {
		all = append(all, content.Pos{Path: r.path, Line: v.Line})
	}
	return all
}
