package bm25

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kb/content"
	"kb/index"
)

// TestReferenceOnRealData compares every score of questions that people asked,
// over the FAQ that ships and over a public one where that is there, with the
// formula computed from the texts.
func TestReferenceOnRealData(t *testing.T) {
	for name, dir := range map[string]string{
		"shipped":  filepath.Join("..", "..", "content", "faq"),
		"covidfaq": filepath.Join("..", "..", "..", "shared", "relevance", "covidfaq", "faq"),
	} {
		t.Run(name, func(t *testing.T) {
			entries := sections(t, dir)
			if len(entries) == 0 {
				t.Skipf("no questions in %s", dir)
			}
			compareReal(t, entries)
		})
	}
}

// sections reads the headings of the Markdown files in a folder as questions
// and what is below them as answers: texts are all that matters here.
func sections(t *testing.T, dir string) []*content.Entry {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var entries []*content.Entry
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if question, ok := strings.CutPrefix(line, "### "); ok {
				question, attributes, _ := strings.Cut(question, "{")
				entries = append(entries, &content.Entry{Question: question, Aliases: []string{attributes}, Section: []string{filepath.Base(name)}})
			} else if len(entries) > 0 {
				entries[len(entries)-1].Answer.Text += line
			}
		}
	}
	return entries
}

func compareReal(t *testing.T, entries []*content.Entry) {
	dir := t.TempDir()
	c := content.NewCorpus(content.Site{}, []*content.Page{{Path: "faq.md", Entries: entries}})
	if _, _, err := index.Build(t.Context(), dir, c); err != nil {
		t.Fatal(err)
	}
	s, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	naive := reference{realModel(), nil, map[string]int{}}
	terms := func(texts ...string) string {
		var all []string
		for _, token := range s.Analyze(index.Question, "", strings.Join(texts, "\n")) {
			all = append(all, token.Term)
		}
		return strings.Join(all, " ")
	}
	for _, e := range entries {
		naive.docs = append(naive.docs, doc{
			index.Question: terms(e.Question), index.Alias: terms(e.Aliases...),
			index.Answer: terms(e.Answer.Text), index.Headings: terms(e.Section...),
		})
	}
	ix, err := New(s.Segment(), realModel(), s.Info().Tokens)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(entries); i += max(1, len(entries)/20) {
		words := wordsOf(strings.Fields(naive.docs[i][index.Question]))
		want := naive.expected(words, nil)
		for _, n := range []int{5, len(entries)} {
			found, err := ix.Score(t.Context(), words, n, nil)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, words, want[:min(n, len(want))], found.Best)
		}
	}
}

// realModel is the model that kb ranks by.
func realModel() Model {
	return Model{K1: 0.9, Tie: 0.5, Blend: 1.5, Fields: []Field{
		{Name: index.Question, Weight: 3, B: 0.75, Names: true},
		{Name: index.Alias, Weight: 3, B: 0.5, Names: true},
		{Name: index.Answer, Weight: 1, B: 0.6, Pivot: 30},
		{Name: index.Headings, Weight: 0.5, B: 0},
	}}
}

// wordsOf returns a query of terms: every third is read as the next one too,
// and short ones are taken for words of grammar.
func wordsOf(terms []string) []Word {
	var words []Word
	for i, term := range terms {
		w := Word{Weight: 1, Alternatives: []Alternative{{[]string{term}, 1}}}
		if i%3 == 0 && i+1 < len(terms) {
			w.Alternatives = append(w.Alternatives, Alternative{[]string{terms[i+1]}, 0.7})
		}
		if len(term) < 4 {
			w.Weight, w.Function = 0.4, true
		}
		words = append(words, w)
	}
	return words
}
