// Package check finds what an author should mend in content, by reading it:
// what only a search can tell is in search/check.
//
// Each rule is a function over the whole content that returns problems. The
// rules are named and described in content.Rules. A site says in its kb.yaml
// what a problem is worth, and a comment in the source says where a rule does
// not hold; Judge obeys both.
package check

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"kb/content"
)

// An Input is what the rules look at. The pages of the corpus have outlines.
type Input struct {
	Corpus *content.Corpus
	Roots  []Root
	Oldest time.Time // an answer that was updated before is stale; zero if none is
}

// A Root is a folder that pages were read from.
type Root struct {
	FS   fs.FS
	Name string // as a person would name it; the names of its pages begin with it
}

// A rule finds the problems of one name.
type rule struct {
	name string
	find func(Input) []content.Problem
}

// rules returns the rules of this package.
func rules() []rule {
	return []rule{
		{"ignore", badIgnores},
		{"dead-link", deadLinks},
		{"dead-fragment", deadFragments},
		{"missing-image", missingImages},
		{"empty-section", emptySections},
		{"heading-skip", headingSkips},
		{"duplicate", duplicates},
		{"alias-hides", hidingAliases},
		{"long-answer", longAnswers},
		{"stale", stale},
		{"missing-id", missingIDs},
	}
}

// Problems returns the problems of the corpus and those that the rules of this
// package find. A rule that is off for the site is not asked.
func Problems(in Input) []content.Problem {
	all := Named(in.Corpus)
	for _, r := range rules() {
		if in.Corpus.Site.Severity(r.name) != content.Off {
			all = append(all, r.find(in)...)
		}
	}
	return all
}

// Named returns the problems of a corpus, with those ids told apart that are
// duplicates because they are made of like questions: nobody has linked to one
// of these yet.
func Named(c *content.Corpus) []content.Problem {
	written := map[content.Pos]bool{}
	for _, e := range c.Entries {
		written[e.Pos] = written[e.Pos] || e.Anchor != ""
	}
	all := slices.Clone(c.Problems)
	for i, p := range all {
		if p.Rule == "duplicate-id" && !written[p.Pos] {
			all[i].Rule = "numbered-id"
		}
	}
	return all
}

// A Finding is a problem that counts.
type Finding struct {
	content.Problem
	Severity content.Severity // Note or Error
}

// Judge returns those of the problems that are not off, in the order of files
// and lines.
func Judge(c *content.Corpus, problems []content.Problem) []Finding {
	waived := waivers(c)
	seen := map[content.Problem]bool{}
	var all []Finding
	for _, p := range problems {
		s := c.Site.Severity(p.Rule)
		if s == content.Off || seen[p] || waived.cover(p) {
			continue
		}
		seen[p] = true
		all = append(all, Finding{p, s})
	}
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Pos.Path, b.Pos.Path), cmp.Compare(a.Pos.Line, b.Pos.Line))
	})
	return all
}

func problem(at content.Pos, rule, format string, args ...any) content.Problem {
	return content.Problem{Pos: at, Rule: rule, Msg: fmt.Sprintf(format, args...)}
}
