package main

import (
	"errors"
	"fmt"
	"strings"

	"kb/content"
)

// A finding is a content.Problem as kb prints it in JSON.
type finding struct {
	Path    string `json:"path"`
	Line    int    `json:"line"` // 1-based; 0 means the whole file
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// A reporter writes problems in one of the formats of kb check.
type reporter func(a *app, problems []content.Problem) error

// reporters are the formats of kb check, by name.
func reporters() map[string]reporter {
	return map[string]reporter{
		"text":   eachProblem(content.Problem.String),
		"github": eachProblem(annotation),
		"json":   jsonProblems,
		"sarif":  sarifProblems,
	}
}

func eachProblem(line func(content.Problem) string) reporter {
	return func(a *app, problems []content.Problem) error {
		for _, p := range problems {
			a.out.printf("%s\n", line(p))
		}
		return nil
	}
}

func jsonProblems(a *app, problems []content.Problem) error {
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
	at := ""
	if p.Pos.Path != "" {
		at = "file=" + property.Replace(p.Pos.Path) + ","
	}
	if p.Pos.Line > 0 {
		at += fmt.Sprintf("line=%d,", p.Pos.Line)
	}
	return fmt.Sprintf("::error %stitle=%s::%s", at, property.Replace(p.Rule), value.Replace(p.Msg))
}

// problemOf returns what stands in a report for an error that ended it.
func problemOf(err error) content.Problem {
	re := (*content.ReadError)(nil)
	switch {
	case errors.As(err, &re):
		return re.Problem
	case errors.Is(err, errNoQuestion):
		return content.Problem{Rule: "no-question", Msg: err.Error()}
	}
	return content.Problem{Rule: "unreadable", Msg: message(err)}
}
