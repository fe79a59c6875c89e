package check

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"kb/content"
)

// The comments that switch rules off, as in
//
//	<!-- kb-check-ignore long-answer, stale -->
//
// The first covers the block below it, or all of the question or section that
// begins there; the second, its whole page.
const (
	ignoreBelow = "kb-check-ignore"
	ignoreFile  = "kb-check-ignore-file"
)

// An order is a comment that switches rules off.
type order struct {
	content.Comment
	rules []string
	file  bool
}

// orders returns those of a page.
func orders(p *content.Page) []order {
	if p.Outline == nil {
		return nil
	}
	var all []order
	for _, c := range p.Outline.Comments {
		f := strings.FieldsFunc(c.Text, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' })
		if len(f) > 0 && (f[0] == ignoreBelow || f[0] == ignoreFile) {
			all = append(all, order{c, f[1:], f[0] == ignoreFile})
		}
	}
	return all
}

// name returns the word that an order begins with.
func (o order) name() string {
	if o.file {
		return ignoreFile
	}
	return ignoreBelow
}

// badIgnores finds orders that cannot be obeyed.
func badIgnores(in Input) []content.Problem {
	var all []content.Problem
	for _, p := range in.Corpus.Pages {
		for _, o := range orders(p) {
			at := content.Pos{Path: p.Name, Line: o.Line}
			if len(o.rules) == 0 {
				all = append(all, problem(at, "ignore", "%s names no rule", o.name()))
			}
			for _, name := range o.rules {
				if _, known := content.RuleNamed(name); !known {
					all = append(all, problem(at, "ignore", "unknown rule %q, nearest rule: %q", name, Nearest(name)))
				}
			}
		}
	}
	return all
}

// Nearest returns the name of the rule that a word is most likely meant to be.
func Nearest(word string) string {
	return slices.MinFunc(content.Rules(), func(a, b content.Rule) int {
		return cmp.Compare(levenshtein.ComputeDistance(word, a.Name), levenshtein.ComputeDistance(word, b.Name))
	}).Name
}

// A span is lines of a page on which a rule does not hold, both included.
type span struct{ from, to int }

// waived is the spans of each page and rule.
type waived map[waiver][]span

type waiver struct{ page, rule string }

func waivers(c *content.Corpus) waived {
	w := waived{}
	for _, p := range c.Pages {
		all := orders(p)
		if len(all) == 0 {
			continue
		}
		hs := headings(p)
		for _, o := range all {
			s := span{0, end}
			if !o.file {
				s = span{o.Line, lastLine(hs, o.Comment)}
			}
			for _, r := range o.rules {
				w[waiver{p.Name, r}] = append(w[waiver{p.Name, r}], s)
			}
		}
	}
	return w
}

func (w waived) cover(p content.Problem) bool {
	return slices.ContainsFunc(w[waiver{p.Pos.Path, p.Rule}], func(s span) bool {
		return s.from <= p.Pos.Line && p.Pos.Line <= s.to
	})
}

// end is a line behind the last one of every page.
const end = 1 << 30

// lastLine returns the last line that a comment covers of a page with those
// headings.
func lastLine(hs []content.Heading, c content.Comment) int {
	if c.Next == 0 {
		return c.Line
	}
	level, begun := 0, false
	for _, h := range hs {
		switch {
		case !begun && c.Next <= h.Line && h.Line <= c.End:
			level, begun = h.Level, true
		case begun && h.Level <= level:
			return h.Line - 1
		}
	}
	if begun {
		return end
	}
	return c.End
}

// questionLevel is the level of questions that are no headings: below all.
const questionLevel = 7

// headings returns the headings of a page with its questions among them, by
// their lines.
func headings(p *content.Page) []content.Heading {
	all := slices.Clone(p.Outline.Headings)
	at := map[int]bool{}
	for _, h := range all {
		at[h.Line] = true
	}
	for _, e := range p.Entries {
		if !at[e.Pos.Line] {
			all = append(all, content.Heading{Level: questionLevel, Text: e.Question, Line: e.Pos.Line})
		}
	}
	slices.SortStableFunc(all, func(a, b content.Heading) int { return cmp.Compare(a.Line, b.Line) })
	return all
}
