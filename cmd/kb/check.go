package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"kb/content"
)

func (a *app) checkCommand() *cobra.Command {
	format := ""
	cmd := &cobra.Command{
		Use:   "check [PATH…]",
		Short: "tell authors what to mend",
		Long: `Tell authors what to mend in files and folders, as file:line: message (rule).
The exit status is 0 if there is nothing, 1 if there is something, 2 if the
content could not be read or has no question.`,
		Example: example(`
			kb check content/faq
			kb check content/faq --format github`),
		RunE: func(_ *cobra.Command, args []string) error {
			write := reporters()[format]
			if write == nil {
				return hinted(fmt.Errorf("no format %q", format), "kb check --format text, json, github or sarif")
			}
			problems, err := a.check(args)
			if len(problems) == 0 && err != nil && format != "text" {
				problems = []content.Problem{problemOf(err)} // a program looks at standard output alone
			}
			if err := write(a, problems); err != nil {
				return err
			}
			return err
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text, json, sarif or github (annotations in a workflow's log)")
	return cmd
}

// check returns what is to be mended, and an error unless that is nothing.
func (a *app) check(args []string) ([]content.Problem, error) {
	l, err := locate(args)
	if err != nil {
		return nil, err
	}
	c, err := l.load(reading{})
	if err != nil {
		return nil, err
	}
	switch n := len(c.Problems); {
	case len(c.Entries) == 0:
		return c.Problems, questionless(l)
	case n > 0:
		return c.Problems, shortfall(fmt.Sprintf("%s in %s", count(n, "problem"), l))
	}
	a.err.note("%s in %s, nothing to mend", count(len(c.Entries), "question"), count(len(c.Pages), "file"))
	return nil, nil
}
