package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// languages has, for each of some languages, a FAQ, questions to ask of it as
// people type them, and the right answers.
var languages = filepath.Join("testdata", "languages")

// TestLanguages holds the ranking of small collections, whose language nothing
// but their text tells.
func TestLanguages(t *testing.T) {
	tags := []string{"de", "es", "fr", "it", "ja", "zh"}
	for _, tag := range tags {
		t.Run(tag, func(t *testing.T) {
			dir, elsewhere := filepath.Join(languages, tag), t.TempDir()
			if err := os.CopyFS(elsewhere, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			for _, e := range entriesOf(t, filepath.Join(elsewhere, "faq.md")) {
				if e.Lang != tag {
					t.Errorf("%s is %q", e.ID, e.Lang)
				}
			}
			measured(t, filepath.Join(elsewhere, "faq.md"), dir, "nDCG@10=0.88", "R@1=0.83")
		})
	}
	t.Run("it-salute", func(t *testing.T) { // thirty questions, most of which have few words of their answers
		dir := filepath.Join(languages, "it-salute")
		measured(t, dir, dir, "nDCG@10=0.66", "R@5=0.8")
	})
	t.Run("all in one", func(t *testing.T) {
		for _, tag := range tags {
			measured(t, languages, filepath.Join(languages, tag), "nDCG@10=0.87", "R@1=0.8")
		}
	})
}

// measured fails unless the ranking of content reaches the minima for the
// questions in a folder.
func measured(t *testing.T, content, questions string, minima ...string) {
	t.Helper()
	args := []string{"eval", "--content", content, "--topics", filepath.Join(questions, "topics.tsv"), "--qrels", filepath.Join(questions, "qrels.tsv")}
	for _, m := range minima {
		args = append(args, "--min", m)
	}
	if status, stdout, stderr := output(t, args...); status != 0 {
		t.Errorf("%s: status %d\n%s%s", questions, status, stdout, stderr)
	}
}

func entriesOf(t *testing.T, dir string) []entry {
	t.Helper()
	_, stdout, _ := output(t, "list", "--json", dir)
	var all []entry
	if err := json.Unmarshal([]byte(stdout), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// output runs kb with a cache of its own.
func output(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("KB_INDEX", "")
	var out, err strings.Builder
	status = run(t.Context(), args, stdio{nil, &out, &err})
	return status, out.String(), err.String()
}
