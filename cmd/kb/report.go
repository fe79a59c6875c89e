package main

import (
	"errors"
	"fmt"
	"strings"

	"kb/content"
	"kb/content/check"
)

// A finding is a check.Finding as kb prints it in JSON.
type finding struct {
	Path     string           `json:"path"`
	Line     int              `json:"line"` // 1-based; 0 means the whole file
	Rule     string           `json:"rule"`
	Severity content.Severity `json:"severity"`
	Message  string           `json:"message"`
}

// A reporter writes findings in one of the formats of kb check.
type reporter func(a *app, findings []check.Finding) error

// reporters are the formats of kb check, by name.
func reporters() map[string]reporter {
	return map[string]reporter{
		"text":   eachFinding(plainly),
		"github": eachFinding(annotation),
		"json":   jsonFindings,
		"sarif":  sarifFindings,
	}
}

func eachFinding(line func(check.Finding) string) reporter {
	return func(a *app, findings []check.Finding) error {
		for _, f := range findings {
			a.out.printf("%s\n", line(f))
		}
		return nil
	}
}

// plainly returns a finding as a line that editors and CI systems link. Notes
// are marked as compilers do.
func plainly(f check.Finding) string {
	if f.Severity == content.Note {
		f.Msg = "note: " + f.Msg
	}
	return f.String()
}

func jsonFindings(a *app, findings []check.Finding) error {
	all := []finding{}
	for _, f := range findings {
		all = append(all, finding{f.Pos.Path, f.Pos.Line, f.Rule, f.Severity, f.Msg})
	}
	return a.out.json(all)
}

// annotation returns a workflow command of GitHub Actions, whose runner marks
// the line in the pull request. Reserved characters are percent-encoded as
// its toolkit does.
func annotation(p check.Finding) string {
	value := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	at := ""
	if p.Pos.Path != "" {
		at = "file=" + property.Replace(p.Pos.Path) + ","
	}
	if p.Pos.Line > 0 {
		at += fmt.Sprintf("line=%d,", p.Pos.Line)
	}
	command := "error"
	if p.Severity == content.Note {
		command = "notice"
	}
	return fmt.Sprintf("::%s %stitle=%s::%s", command, at, property.Replace(p.Rule), value.Replace(p.Msg))
}

// findingOf returns what stands in a report for an error that ended it.
func findingOf(err error) check.Finding {
	p := content.Problem{Rule: "unreadable", Msg: message(err)}
	re := (*content.ReadError)(nil)
	switch {
	case errors.As(err, &re):
		p = re.Problem
	case errors.Is(err, errNoQuestion):
		p = content.Problem{Rule: "no-question", Msg: err.Error()}
	}
	return check.Finding{Problem: p, Severity: content.Error}
}
