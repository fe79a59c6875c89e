package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDeploymentIsOfThisKB holds that the files for servers name commands,
// flags that there are.
func TestDeploymentIsOfThisKB(t *testing.T) {
	names, err := filepath.Glob("../../.deploy/*")
	if err != nil || len(names) < 5 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	serve, _, err := (&app{out: newTerminal(io.Discard), err: newTerminal(io.Discard)}).root().Find([]string{"serve"})
	if err != nil {
		t.Fatal(err)
	}
	flags := 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if !strings.Contains(line, "kb serve") && !strings.HasPrefix(strings.TrimSpace(line), "- --") {
				continue
			}
			for _, m := range regexp.MustCompile(`--([a-z-]+)`).FindAllStringSubmatch(line, -1) {
				flags++
				if serve.Flags().Lookup(m[1]) == nil {
					t.Errorf("%s: kb serve has no flag --%s", name, m[1])
				}
			}
		}
		for _, m := range regexp.MustCompile(`kb ([a-z]+) `).FindAllStringSubmatch(codeOf(name, string(text)), -1) {
			if cmd, _, err := serve.Root().Find([]string{m[1]}); err != nil || cmd == serve.Root() {
				t.Errorf("%s: there is no kb %s", name, m[1])
			}
		}
	}
	if flags < 7 {
		t.Errorf("found only %d flags", flags)
	}
}

// codeOf returns what is code in a file: of Markdown, what is between backticks.
func codeOf(name, text string) string {
	if filepath.Ext(name) != ".md" {
		return ""
	}
	var b strings.Builder
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 {
			b.WriteString(part + "\n")
		}
	}
	return b.String()
}
