package data

import (
	"regexp"

	"kb/content"
)

// hintKeys are the keys of a hint for files.
func hintKeys(r *siteReader, h *content.FileHint) map[string]setter {
	return map[string]setter{
		"match":            func(f Field) { h.Match = r.match(f) },
		"language":         func(f Field) { h.Language = r.lang(f) },
		"form":             func(f Field) { h.Form = r.oneOf(f, content.Forms()...) },
		"question_level":   func(f Field) { h.QuestionLevel = r.level(f) },
		"scope":            func(f Field) { h.Scope = r.text(f) },
		"include_headings": func(f Field) { h.IncludeHeadings = r.pattern(f) },
		"exclude_headings": func(f Field) { h.ExcludeHeadings = r.pattern(f) },
		"hidden":           func(f Field) { h.Hidden = r.oneOf(f, "skip", "read") },
		"drafts":           func(f Field) { h.Drafts = r.oneOf(f, "skip", "read") },
		"duplicates":       func(f Field) { h.Duplicates = r.oneOf(f, "keep", "first") },
		"anchors":          func(f Field) { h.Anchors = r.oneOf(f, content.AnchorStyles()...) },
	}
}

// level reads the level of a heading.
func (r *siteReader) level(f Field) int {
	n, ok := f.Value.Go.(int)
	if !ok || n < 1 || n > 6 {
		r.fail(f.Line, "%s: want a heading level from 1 to 6", f.Key)
	}
	return n
}

// pattern reads a regular expression of package regexp.
func (r *siteReader) pattern(f Field) string {
	s := r.text(f)
	if _, err := regexp.Compile(s); err != nil {
		r.fail(f.Line, "%s: %v", f.Key, err)
	}
	return s
}
