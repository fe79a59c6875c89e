package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// A fault is an error that knows what to do about it.
type fault struct {
	error
	hint string
}

func (f fault) Unwrap() error { return f.error }

// hinted returns err with a hint, unless it is nil or has one already.
func hinted(err error, format string, args ...any) error {
	if f := (fault{}); err == nil || errors.As(err, &f) {
		return err
	}
	return fault{err, fmt.Sprintf(format, args...)}
}

// A shortfall is the outcome of a command that did its work and found it
// wanting: no answer, problems, a ranking worse than it was. The exit status is
// 1. Its text is told as news, not as an error; "" tells nothing.
type shortfall string

func (s shortfall) Error() string { return string(s) }

// report tells err, if there is one, and returns the exit status.
func (a *app) report(err error) int {
	if err == nil {
		return 0
	}
	f := fault{}
	errors.As(err, &f)
	code := 2
	if s := shortfall(""); errors.As(err, &s) {
		code = 1
		if s != "" {
			a.err.note("%s", s)
		}
	} else {
		a.err.say(span{bad, "error:"}, message(err))
	}
	for line := range strings.Lines(f.hint) {
		a.err.say(span{helped, "hint:"}, strings.TrimSpace(line))
	}
	return code
}

func message(err error) string {
	if errors.Is(err, context.Canceled) {
		return "interrupted"
	}
	return err.Error()
}

// quoted returns arg as one would type it into a shell.
func quoted(arg string) string {
	if arg != "" && !strings.ContainsFunc(arg, special) {
		return arg
	}
	return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
}

func special(r rune) bool {
	letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	return !letter && !strings.ContainsRune("-_./:=@%+,", r) && r < 0x80
}

// nearest returns the candidate that word is most likely a misspelling of, or
// "" when none is within two edits and half of its length.
func nearest(word string, candidates []string) string {
	best, least := "", min(2, len(word)/2)+1
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(word, c); d < least {
			best, least = c, d
		}
	}
	return best
}
