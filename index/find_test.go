package index

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content"
	"kb/index/lang"
)

// TestFind holds that Find finds what Analyze gives, word by word, in texts of
// many words.
func TestFind(t *testing.T) {
	dir := t.TempDir()
	c := content.NewCorpus(content.Site{}, []*content.Page{{Path: "faq.md", Entries: []*content.Entry{{Question: "one"}}}})
	if _, _, err := Build(t.Context(), dir, c); err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	names, err := filepath.Glob(filepath.Join("..", "content", "faq", "*.md"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	texts := []string{"Dying, lying; TYING it. A SKY's skies, 'tis O'Reilly's naïve_idea: early 10:30 e.g. x", "die lie tie y by i"}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	for _, tag := range []string{"en", "it", "xx"} {
		for _, text := range texts {
			all := s.Analyze(Question, tag, text)
			for third := range 3 {
				var wanted []string
				for i := third; i < len(all); i += 3 {
					if !slices.Contains(wanted, all[i].Term) {
						wanted = append(wanted, all[i].Term)
					}
				}
				var want, got []Token
				for _, token := range all {
					if slices.Contains(wanted, token.Term) {
						want = append(want, token)
					}
				}
				for _, f := range s.Find(tag, text, NewWanted(wanted)) {
					got = append(got, Token{wanted[f.Term], f.Start, f.End})
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s, %.40q (-analyzed +found):\n%s", tag, text, diff)
				}
			}
		}
	}
}

// TestStart holds that English words have the start of their stems.
func TestStart(t *testing.T) {
	names, err := filepath.Glob(filepath.Join("..", "content", "faq", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var made analyzers
	a := made.of(lang.Of("en"))
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range a.words(fold(a.Language, string(text)).text, new(tokenBuffer)) {
			stem := a.word(w.Term).stem.text
			var begin starts
			begin.add(stem)
			if w.Term[0] < 0x80 && !begin.can(string(w.Term)) {
				t.Errorf("%s begins not as its stem %s", w.Term, stem)
			}
		}
	}
}
