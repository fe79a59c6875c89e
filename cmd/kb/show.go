package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kb/content"
	"kb/index"
	"kb/search"
)

func (a *app) showCommand() *cobra.Command {
	var (
		from   origin
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "print one answer",
		Long:  "Print one question and its answer. Search prints the ids.",
		Example: example(`
			kb show what-is-a-passkey
			kb show what-is-a-passkey --json`),
		Args:              wants("an id"),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return hinted(fmt.Errorf("kb show takes one id, got %d", len(args)), "kb show %s", quoted(args[0]))
			}
			return a.show(cmd.Context(), from, args[0], asJSON)
		},
	}
	from.flags(cmd)
	jsonFlag(cmd, &asJSON)
	return cmd
}

func (a *app) show(ctx context.Context, o origin, id string, asJSON bool) error {
	return a.open(ctx, o, func(s *search.Searcher, from supply) error {
		e, err := s.Entry(id)
		switch {
		case errors.Is(err, index.ErrNoEntry):
			said := shortfall(fmt.Sprintf("no question with the id %q in %s", id, from.name))
			return hinted(said, "%s", nearby(ctx, s, id, o.args()))
		case err != nil:
			return err
		case asJSON:
			shown := newEntry(e, s.Snapshot().Info().Site)
			shown.URL = content.EntryPath(e.ID)
			return a.out.json(shown)
		}
		a.entry(e)
		return nil
	})
}

// nearby returns what might have been meant by an id that is not there.
func nearby(ctx context.Context, s *search.Searcher, id, args string) string {
	words := strings.Join(strings.FieldsFunc(id, func(r rune) bool { return strings.ContainsRune("-_.~", r) }), " ")
	r, err := s.Search(ctx, search.Query{Text: words, Limit: 3})
	if err != nil || len(r.Hits) == 0 {
		return "kb search " + quoted(words) + args
	}
	var lines []string
	for _, h := range r.Hits {
		lines = append(lines, "kb show "+quoted(h.ID)+args)
	}
	return strings.Join(lines, "\n")
}

// entry prints one entry for people.
func (a *app) entry(e *content.Entry) {
	a.out.paragraph(0, span{bold, e.Question})
	about := trail(e.Section)
	if !e.Updated.IsZero() {
		about = strings.TrimPrefix(about+" · updated "+e.Updated.Format("2006-01-02"), " · ")
	}
	if about != "" {
		a.out.paragraph(0, span{dim, about})
	}
	if !e.Answered() {
		a.out.paragraph(0, span{dim, "not answered yet"})
		return
	}
	a.out.printf("\n")
	a.out.paragraph(0, span{plain, e.Answer.Text})
	if a.out.live() {
		a.out.printf("\n")
		a.out.paragraph(0, span{dim, "--json is for programs"})
	}
}
