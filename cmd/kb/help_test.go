package main

import (
	"io"
	"strings"
	"testing"
)

func TestEveryCommandHasTwoExamples(t *testing.T) {
	a := &app{out: newTerminal(io.Discard), err: newTerminal(io.Discard)}
	root := a.root()
	for _, cmd := range append(root.Commands(), root, a.helpCommand()) {
		if n := len(strings.Split(cmd.Example, "\n")); n < 2 {
			t.Errorf("%s has %d examples: %q", cmd.Name(), n, cmd.Example)
		}
		if cmd.Short == "" || strings.HasSuffix(cmd.Short, ".") || strings.ToLower(cmd.Short[:1]) != cmd.Short[:1] {
			t.Errorf("%s: %q: want lower case and no period", cmd.Name(), cmd.Short)
		}
	}
}
