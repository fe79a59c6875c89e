package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"kb/content"
)

// TestReadmeListsTheRules keeps the table of the README and the rules in step.
func TestReadmeListsTheRules(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range content.Rules() {
		if row := fmt.Sprintf("\n| `%s` | %s | %s |\n", r.Name, r.Severity, r.Doc); !strings.Contains(string(readme), row) {
			t.Errorf("README.md lacks the row%s", row)
		}
	}
}

func TestOldest(t *testing.T) {
	now := time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)
	for age, want := range map[string]string{"": "0001-01-01", "1d": "2024-02-29", "2w": "2024-02-16", "2y": "2022-03-02", "1000y": "1024-10-30"} {
		at, err := checking{maxAge: age}.oldest(now)
		if got := at.Format(time.DateOnly); err != nil || got != want {
			t.Errorf("%q: %s, %v, want %s", age, got, err, want)
		}
	}
	for _, age := range []string{"d", "0d", "-1d", "1", "1m", "1.5d", "1001y", "99999999999999999999d", "é"} {
		if at, err := (checking{maxAge: age}).oldest(now); err == nil {
			t.Errorf("%q: %s", age, at)
		}
	}
}
