package check

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"kb/content"
)

// IDs returns the ids that can be written into the source of each page, by its
// name and the line of the question: those of the entries that have none there
// or that of another entry, whatever the site thinks of that, but for those
// that a comment says to ignore. They are the ids that the entries have now, so
// that no address changes.
func IDs(c *content.Corpus) map[string]map[int]string {
	waived := waivers(c)
	taken := map[content.Pos]bool{}
	for _, p := range Named(c) {
		taken[p.Pos] = taken[p.Pos] || p.Rule == "duplicate-id" && !waived.cover(p)
	}
	all := map[string]map[int]string{}
	for _, e := range c.Entries {
		missing := e.Anchor == "" && !waived.cover(content.Problem{Pos: e.Pos, Rule: "missing-id"})
		if !missing && !taken[e.Pos] {
			continue
		}
		if all[e.Pos.Path] == nil {
			all[e.Pos.Path] = map[int]string{}
		}
		all[e.Pos.Path][e.Pos.Line] = e.ID
	}
	return all
}

// Mend returns the source of a page with ids, by their lines, written behind
// the headings there, and the lines on which it did so. No other byte differs.
// What it does not understand it leaves alone: a line that is no heading after
// hashes or above a line, and all of a page that would then be read in another way.
func Mend(p *content.Page, src []byte, ids map[int]string, parse content.Parser) (mended []byte, done []int) {
	if ext := path.Ext(p.Path); ext != ".md" && ext != ".markdown" {
		return src, nil
	}
	all := slices.Collect(lines(src))
	for i, text := range all {
		id := ids[i+1]
		if with, ok := withID(text, id, i+1 < len(all) && underlines(all[i+1])); ok && id != "" {
			text = with
			done = append(done, i+1)
		}
		mended = append(mended, text...)
	}
	if slices.ContainsFunc([]string{p.Path, p.Name}, func(name string) bool { return understood(p, name, src, mended, done, ids, parse) }) {
		return mended, done
	}
	return src, nil
}

// understood reports whether a file of that name, read before and after, is
// the page, and differs in nothing but the ids that were written.
func understood(p *content.Page, name string, src, mended []byte, done []int, ids map[int]string, parse content.Parser) bool {
	before, err := parse(name, src)
	if err != nil || !same(p, before, nil) {
		return false
	}
	written := map[int]string{}
	for _, line := range done {
		written[line] = ids[line]
	}
	after, err := parse(name, mended)
	return err == nil && same(before, after, written)
}

// same reports whether two readings of a page have the same entries, but for
// the anchors written on some lines.
func same(before, after *content.Page, written map[int]string) bool {
	return slices.EqualFunc(before.Entries, after.Entries, func(a, b *content.Entry) bool {
		anchor := a.Anchor
		if id, ok := written[a.Pos.Line]; ok {
			anchor = id
		}
		return a.Question == b.Question && a.Pos.Line == b.Pos.Line && b.Anchor == anchor && a.Hidden == b.Hidden &&
			a.Answer.Text == b.Answer.Text && slices.Equal(a.Aliases, b.Aliases) && slices.Equal(a.Section, b.Section)
	})
}

// lines yields the lines of src with what ends them: a newline, a carriage
// return, or both.
func lines(src []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for len(src) > 0 {
			n := len(src)
			if at := bytes.IndexAny(src, "\r\n"); at >= 0 {
				n = at + 1
				if bytes.HasPrefix(src[at:], []byte("\r\n")) {
					n++
				}
			}
			if !yield(src[:n]) {
				return
			}
			src = src[n:]
		}
	}
}

// A heading after hashes, or above a line: all but its attributes and its end,
// its attributes, and its end. One with closing hashes, or with HTML in it, is
// left alone.
var (
	atx = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^((?:\x{feff})? {0,3}#{1,6}[ \t]+.*?)([ \t]*\{[^{}]*\})?([ \t]*[\r\n]*)$`)
	})
	setext = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^((?:\x{feff})? {0,3}[^ \t\r\n].*?)([ \t]*\{[^{}]*\})?([ \t]*[\r\n]*)$`)
	})
	underline = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^ {0,3}(?:=+|-+)[ \t]*[\r\n]*$`) })
	idOf      = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`#[^\s}]+`) })
)

// underlines reports whether a line makes a heading of the one above it.
func underlines(line []byte) bool { return underline().Match(line) }

// withID returns a heading with an id in its attributes.
func withID(line []byte, id string, underlined bool) ([]byte, bool) {
	m := atx().FindStringSubmatch(string(line))
	if m == nil && underlined {
		m = setext().FindStringSubmatch(string(line))
	}
	if m == nil || strings.ContainsAny(m[1][len(m[1])-1:], "#{}") || strings.Contains(m[1], "<") {
		return nil, false
	}
	text, attrs, end := m[1], m[2], m[3]
	at := idOf().FindStringIndex(attrs)
	switch open := strings.IndexByte(attrs, '{'); {
	case open < 0:
		attrs = " {#" + id + "}"
	case at != nil:
		attrs = attrs[:at[0]] + "#" + id + attrs[at[1]:]
	default:
		open += len("{")
		if strings.HasPrefix(attrs[open:], ":") {
			open++
		}
		attrs = attrs[:open] + strings.TrimRight("#"+id+" "+strings.TrimLeft(attrs[open:], " "), " ")
		attrs = strings.Replace(attrs, " }", "}", 1)
	}
	return []byte(text + attrs + end), true
}
