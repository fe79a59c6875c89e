package index

import (
	"fmt"
	"html/template"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"kb/content"
)

// passkeys is a small corpus with something in every field.
func passkeys() *content.Corpus {
	entry := func(question, answer string, section ...string) *content.Entry {
		e := &content.Entry{Question: question, Section: section}
		if answer != "" {
			e.Answer = content.Answer{HTML: template.HTML("<p>" + answer + "</p>"), Text: answer}
		}
		return e
	}
	what := entry("What is a passkey?", "A credential that replaces the password.", "Basics")
	what.Aliases = []string{"passkey meaning", "define passkeys"}
	what.Tags = []string{"intro"}
	what.Updated = time.Date(2022, 6, 29, 12, 0, 0, 0, time.FixedZone("", 7200))
	multi := entry("What's a multi-device credential?", "A passkey that syncs.", "Basics", "Kinds")
	multi.Pos = content.Pos{Path: "a.md", Line: 3}
	lost := entry("I lost my phone. Can I sign in?", "")
	german := entry("Wie melde ich mich an?", "Mit dem Schlüssel.", "Auf Deutsch")
	german.Lang = "de-AT"
	hidden := entry("Is “café” accented?", "Yes, naïvely.", "Basics", "Kinds")
	hidden.Hidden, hidden.Anchor = true, "Cafe.1"
	return content.NewCorpus(
		content.Site{Title: "Passkeys", Synonyms: [][]string{{"phone", "mobile"}}},
		[]*content.Page{
			{Path: "a.md", Title: "About", Entries: []*content.Entry{what, multi}},
			{Path: "b.md", Title: "Trouble", Entries: []*content.Entry{lost, german, hidden}},
		})
}

// generated returns a corpus of n entries of about 60 words each, over a
// vocabulary that grows as in a natural language. The same n gives the same
// corpus.
func generated(n int) *content.Corpus {
	g := &generator{rand.New(rand.NewPCG(1, 2)), nil}
	g.zipf = rand.NewZipf(g.Rand, 1.1, 8, uint64(50_000+n))
	const perPage = 50
	var pages []*content.Page
	for len(pages)*perPage < n {
		p := &content.Page{Path: fmt.Sprintf("p%06d.md", len(pages)), Title: g.words(3)}
		for range min(perPage, n-len(pages)*perPage) {
			p.Entries = append(p.Entries, g.entry())
		}
		pages = append(pages, p)
	}
	return content.NewCorpus(content.Site{}, pages)
}

type generator struct {
	*rand.Rand
	zipf *rand.Zipf
}

func (g *generator) entry() *content.Entry {
	e := &content.Entry{Question: "How " + g.words(4+g.IntN(6)) + "?"}
	e.Section = []string{"Part " + string(rune('A'+g.IntN(8))), "Topic " + string(rune('A'+g.IntN(20)))}
	a, b := g.words(10+g.IntN(30)), g.words(10+g.IntN(30))
	e.Answer.Text = a + ".\n" + b + "."
	e.Answer.HTML = template.HTML("<p>" + a + ".</p>\n<p>" + b + ".</p>\n")
	if g.IntN(10) == 0 {
		e.Aliases = []string{g.words(3)}
	}
	return e
}

func (g *generator) words(n int) string {
	w := make([]string, n)
	for i := range w {
		w[i] = madeUp(g.zipf.Uint64())
	}
	return strings.Join(w, " ")
}

// madeUp returns the n-th word of a made-up language with English endings.
func madeUp(n uint64) string {
	syllables := []string{"ka", "lo", "mi", "ner", "to", "sa", "vi", "du", "pel", "ra", "ston", "be", "gri", "hu", "fa", "zen"}
	endings := []string{"", "s", "ing", "ed", "er", "ation"}
	var b strings.Builder
	for m := n / 3; ; m /= 16 {
		b.WriteString(syllables[m%16])
		if m < 16 {
			return b.String() + endings[n%uint64(len(endings))]
		}
	}
}

// mustBuild builds c below dir.
func mustBuild(t testing.TB, dir string, c *content.Corpus, opts ...Option) Info {
	t.Helper()
	info, built, err := Build(t.Context(), dir, c, opts...)
	if err != nil {
		t.Fatal(err)
	}
	if !built {
		t.Fatal("nothing was built")
	}
	return info
}

// mustOpen opens the live index below dir until the test ends.
func mustOpen(t testing.TB, dir string) *Snapshot {
	t.Helper()
	s, err := OpenVerified(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
