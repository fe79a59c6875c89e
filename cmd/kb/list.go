package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"kb/content"
	"kb/content/check"
)

func (a *app) listCommand() *cobra.Command {
	var (
		r               reading
		asJSON, explain bool
	)
	cmd := &cobra.Command{
		Use:   "list [PATH…]",
		Short: "list the questions in files and folders",
		Long: `List the questions in files and folders, as they are read, without an index.
What is wrong with the files goes to standard error.`,
		Example: example(`
			kb list content/faq
			kb list --json content/faq/basics.md`),
		RunE: func(_ *cobra.Command, args []string) error {
			l, err := locate(args)
			if err != nil {
				return err
			}
			c, wrong := l.load(r)
			if c == nil {
				return wrong
			}
			a.err.printf("%s", listed(apart(c, explain && !asJSON)))
			if err := a.list(c, asJSON, explain); err != nil {
				return err
			}
			switch {
			case len(c.Entries) == 0:
				a.err.note("no question found in %s", l)
			case l.shipped():
				a.err.note(noContent, l)
			case a.err.live():
				a.err.note("%s in %s; --json is for programs", count(len(c.Entries), "question"), count(len(c.Pages), "file"))
			}
			return wrong
		},
	}
	cmd.Flags().BoolVar(&r.comments, "include-comments", false, "list what HTML comments hide, too")
	cmd.Flags().BoolVar(&r.drafts, "include-drafts", false, "list pages marked as drafts, too")
	cmd.Flags().BoolVar(&explain, "explain", false, "say what was read in each file")
	jsonFlag(cmd, &asJSON)
	return cmd
}

// apart returns the problems of a corpus, or those alone that are of no page
// since the others are printed with their pages.
func apart(c *content.Corpus, paged bool) []content.Problem {
	all := check.Named(c)
	if !paged {
		return all
	}
	printed := map[content.Problem]bool{}
	for _, p := range c.Pages {
		for _, problem := range p.Problems {
			printed[problem] = true
		}
	}
	return slices.DeleteFunc(all, func(p content.Problem) bool { return printed[p] })
}

func (a *app) list(c *content.Corpus, asJSON, explain bool) error {
	switch {
	case asJSON:
		entries := []entry{}
		for _, e := range c.Entries {
			entries = append(entries, newEntry(e, c.Site))
		}
		return a.out.json(entries)
	case explain:
		for _, p := range c.Pages {
			a.page(p)
		}
	default:
		for _, e := range c.Entries {
			a.line(e)
		}
	}
	return nil
}

// page prints what was found in one file.
func (a *app) page(p *content.Page) {
	a.out.put(span{bold, p.Name}, span{plain, ": " + count(len(p.Entries), "question")})
	if p.Title != "" {
		a.out.printf(", titled %q", p.Title)
	}
	a.out.printf("\n")
	for _, why := range p.Explain {
		a.out.printf("  %s\n", why)
	}
	for _, e := range p.Entries {
		a.out.printf("  ")
		a.line(e)
	}
	for _, problem := range p.Problems {
		a.out.printf("  %s\n", problem)
	}
}

// line prints an entry as one line.
func (a *app) line(e *content.Entry) {
	a.out.put(span{dim, fmt.Sprintf("%s: ", e.Pos)}, span{plain, e.Question}, span{dim, " (" + e.ID + ")"})
	if !e.Answered() {
		a.out.put(span{dim, " (no answer)"})
	}
	if e.Hidden {
		a.out.put(span{dim, " (in a comment)"})
	}
	a.out.printf("\n")
}
