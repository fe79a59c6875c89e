package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kb/search"
)

// screenful is how many hits a person is shown unless more are asked for.
const screenful = 5

func (a *app) searchCommand() *cobra.Command {
	var (
		from   origin
		query  search.Query
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "search QUERY…",
		Short: "answer a question",
		Long: `Answer a question: the best answer in full, and other questions that match.

A query is plain words. Quotes keep a phrase together. A dash before a word
leaves it out, unless that makes a flag; put -- before a query that begins with
a dash. The exit status is 0 if there is a good answer, 1 if there is none, 2 if
something went wrong.`,
		Example: example(`
			kb search "multi-device credential"
			kb search --json -n 3 lost my phone`),
		Args:              wants("a query"),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			query.Text = strings.Join(args, " ")
			if !asJSON && !cmd.Flags().Changed("limit") {
				query.Limit = screenful
			}
			return a.search(cmd.Context(), from, query, asJSON)
		},
	}
	from.flags(cmd)
	cmd.Flags().IntVarP(&query.Limit, "limit", "n", search.DefaultLimit, "hits at most, 1 to 100; without --json 5 are enough for a screen")
	cmd.Flags().StringVar(&query.Section, "section", "", "stay in this section")
	cmd.Flags().BoolVar(&query.Explain, "explain", false, "say why each entry matched")
	cmd.Flags().BoolVar(&from.verify, "verify", false, "read every byte of the index first, against damage")
	jsonFlag(cmd, &asJSON)
	return cmd
}

func (a *app) search(ctx context.Context, o origin, q search.Query, asJSON bool) error {
	if q.Limit < 1 || q.Limit > search.MaxLimit {
		return hinted(fmt.Errorf("limit %d is not between 1 and %d", q.Limit, search.MaxLimit), "kb search -n %d …", search.DefaultLimit)
	}
	return a.open(ctx, o, func(s *search.Searcher, from supply) error {
		if err := sectioned(s, q.Section, from.name); err != nil {
			return err
		}
		r, err := s.Search(ctx, q)
		if err != nil {
			return err
		}
		return a.tell(r, o, from, asJSON)
	})
}

// tell prints r, and returns a shortfall unless it answers the query.
func (a *app) tell(r *search.Result, o origin, from supply, asJSON bool) error {
	var short error
	if said := verdict(r, from); said != nil {
		a.report(said) // before the hits, which it is about
		short = shortfall("")
	}
	if from.shipped && !a.out.live() {
		a.err.note(noContent, from.name)
	}
	if asJSON {
		return cmp.Or(a.out.json(r), short)
	}
	a.result(r, o, from)
	return short
}

// verdict returns a shortfall unless r answers the query.
func verdict(r *search.Result, from supply) error {
	if r.Confident && len(r.Hits) > 0 {
		return nil
	}
	said := shortfall(fmt.Sprintf("no answer to %q in %s", r.Query, from.name))
	if len(r.Hits) > 0 {
		said = shortfall(fmt.Sprintf("no good answer to %q in %s; these are the nearest questions", r.Query, from.name))
	}
	if r.DidYouMean != "" {
		return hinted(said, "did you mean: kb search %s", quoted(r.DidYouMean))
	}
	return said
}
