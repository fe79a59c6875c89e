package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kb/content"
)

// A finding is a content.Problem as kb prints it in JSON.
type finding struct {
	Path    string `json:"path"`
	Line    int    `json:"line"` // 1-based; 0 means the whole file
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

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
			write, err := a.findings(format)
			if err != nil {
				return err
			}
			l, err := locate(args)
			if err != nil {
				return err
			}
			c, err := l.load(reading{})
			if err != nil {
				return err
			}
			if err := write(c.Problems); err != nil {
				return err
			}
			return a.mended(c, l)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text, json or github (annotations in a workflow's log)")
	return cmd
}

// mended returns an error unless there is nothing to mend in c.
func (a *app) mended(c *content.Corpus, l library) error {
	switch n := len(c.Problems); {
	case len(c.Entries) == 0:
		return questionless(l)
	case n > 0:
		return shortfall(fmt.Sprintf("%s in %s", count(n, "problem"), l))
	}
	a.err.note("%s in %s, nothing to mend", count(len(c.Entries), "question"), count(len(c.Pages), "file"))
	return nil
}

// findings returns what writes problems in a format.
func (a *app) findings(format string) (func([]content.Problem) error, error) {
	switch format {
	case "text":
		return a.eachProblem(content.Problem.String), nil
	case "github":
		return a.eachProblem(annotation), nil
	case "json":
		return a.jsonProblems, nil
	}
	return nil, hinted(fmt.Errorf("no format %q", format), "kb check --format text, json or github")
}

func (a *app) eachProblem(line func(content.Problem) string) func([]content.Problem) error {
	return func(problems []content.Problem) error {
		for _, p := range problems {
			a.out.printf("%s\n", line(p))
		}
		return nil
	}
}

func (a *app) jsonProblems(problems []content.Problem) error {
	all := []finding{}
	for _, p := range problems {
		all = append(all, finding{p.Pos.Path, p.Pos.Line, p.Rule, p.Msg})
	}
	return a.out.json(all)
}

// annotation returns a workflow command of GitHub Actions, whose runner marks
// the line in the pull request. Reserved characters are percent-encoded as
// its toolkit does.
func annotation(p content.Problem) string {
	value := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	at := "file=" + property.Replace(p.Pos.Path)
	if p.Pos.Line > 0 {
		at += fmt.Sprintf(",line=%d", p.Pos.Line)
	}
	return fmt.Sprintf("::error %s,title=%s::%s", at, property.Replace(p.Rule), value.Replace(p.Msg))
}
