package index

import (
	"fmt"
	"html/template"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content"
)

// TestEditsGiveTheSameBytes edits a corpus at random, and builds it each time
// with what the generation before has and without it.
func TestEditsGiveTheSameBytes(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			e := newEditor(seed)
			dir := t.TempDir()
			used, last := 0, ""
			for range 15 {
				var b *builder
				if _, _, err := Build(t.Context(), dir, e.corpus(), Again("me"), withChunk(e.IntN(60)+20), withMemo(e.IntN(600)), capture(&b)); err != nil {
					t.Fatal(err)
				}
				if b.former != nil {
					used += b.former.used
				}
				fresh := t.TempDir()
				mustBuild(t, fresh, e.corpus())
				sameTree(t, generationTree(t, fresh), generationTree(t, dir))
				if t.Failed() {
					t.Fatal("after: ", last)
				}
				last = e.edit()
			}
			if used < 500 {
				t.Errorf("only %d documents were used again", used)
			}
		})
	}
}

// TestLastOfAField takes the tags and aliases from the only entry that has them,
// and gives them back.
func TestLastOfAField(t *testing.T) {
	with, without := generated(60), generated(60)
	for _, c := range []*content.Corpus{with, without} {
		for _, e := range c.Entries {
			e.Tags, e.Aliases = nil, nil
		}
	}
	with.Entries[7].Tags, with.Entries[7].Aliases = []string{"rare"}, []string{"Another way to ask it?"}
	dir := t.TempDir()
	for i, c := range []*content.Corpus{with, without, with} {
		mustBuild(t, dir, c, Again("me"))
		fresh := t.TempDir()
		mustBuild(t, fresh, c)
		sameTree(t, generationTree(t, fresh), generationTree(t, dir))
		if t.Failed() {
			t.Fatal("build ", i)
		}
	}
}

// capture keeps the builder.
func capture(to **builder) Option { return func(b *builder) { *to = b } }

func generationTree(t *testing.T, dir string) map[string]string {
	gen, err := liveGeneration(dir)
	if err != nil {
		t.Fatal(err)
	}
	return tree(t, string(gen))
}

// An editor is somebody who works on a corpus.
type editor struct {
	*generator
	site  content.Site
	pages map[string]*content.Page
}

func newEditor(seed uint64) *editor {
	g := &generator{rand.New(rand.NewPCG(seed, 2)), nil}
	g.zipf = rand.NewZipf(g.Rand, 1.1, 8, 2000)
	e := &editor{generator: g, pages: map[string]*content.Page{}}
	for range 12 {
		e.add()
	}
	return e
}

// corpus returns a copy of all pages.
func (e *editor) corpus() *content.Corpus {
	var pages []*content.Page
	for _, name := range slices.Sorted(maps.Keys(e.pages)) {
		p := *e.pages[name]
		p.Path, p.Entries = name, nil
		for _, entry := range e.pages[name].Entries {
			copied := *entry
			p.Entries = append(p.Entries, &copied)
		}
		pages = append(pages, &p)
	}
	return content.NewCorpus(e.site, pages)
}

func (e *editor) name() string { return fmt.Sprintf("p%03d.md", e.IntN(1000)) }

func (e *editor) add() {
	p := &content.Page{Title: e.words(2)}
	for range e.IntN(25) + 1 {
		p.Entries = append(p.Entries, e.entry())
	}
	e.pages[e.name()] = p
}

// any returns the name of a page, which there is always one of.
func (e *editor) any() string {
	names := slices.Sorted(maps.Keys(e.pages))
	if len(names) == 0 {
		e.add()
		return e.any()
	}
	return names[e.IntN(len(names))]
}

// edit changes something, and says what.
func (e *editor) edit() string {
	name := e.any()
	p := e.pages[name]
	i := e.IntN(len(p.Entries))
	entry := p.Entries[i]
	switch what := e.IntN(12); what {
	case 0:
		e.add()
		return "a page more"
	case 1:
		delete(e.pages, name)
		e.any()
		return "without " + name
	case 2:
		delete(e.pages, name)
		e.pages[e.name()] = p
		return name + " has another name"
	case 3:
		p.Title = e.words(2)
		return name + " has another title"
	case 4:
		e.site.Synonyms = append(e.site.Synonyms, []string{e.words(1), e.words(1)})
		return "a synonym more"
	case 5:
		e.site.Language = []string{"en", "de", ""}[e.IntN(3)]
		return "the site is in " + e.site.Language
	case 6:
		entry.Lang, entry.Tags = []string{"de-AT", "fr", "ja", ""}[e.IntN(4)], []string{e.words(1)}
		return entry.Question + " is in another language"
	case 7:
		entry.Section = entry.Section[:e.IntN(len(entry.Section)+1)]
		return entry.Question + " is in another section"
	case 8:
		p.Entries = append(p.Entries[i:], p.Entries[:i]...)
		return name + " begins in its middle"
	case 9:
		for _, entry := range p.Entries {
			entry.Aliases = nil
		}
		return name + " has no aliases"
	case 10:
		entry.Question = p.Entries[0].Question
		return "a question twice in " + name
	default:
		text := strings.Join([]string{e.words(e.IntN(20) + 1), fmt.Sprint("only", e.IntN(1000))}, " ")
		entry.Answer = content.Answer{HTML: template.HTML("<p>" + text + "</p>"), Text: text}
		return entry.Question + " has another answer"
	}
}

// TestNothingIsUsedOf builds after what must not be used again.
func TestNothingIsUsedOf(t *testing.T) {
	c := generated(100)
	edited := generated(100)
	edited.Entries[7].Question += " Or why?"
	for name, spoil := range map[string]func(t *testing.T, dir string){
		"another program": func(t *testing.T, dir string) { resign(t, dir, "me", "you") },
		"no program": func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, makerFile)); err != nil {
				t.Fatal(err)
			}
		},
		"another generation": func(t *testing.T, dir string) {
			mustBuild(t, dir, generated(101))
		},
		"damage": func(t *testing.T, dir string) {
			gen, err := liveGeneration(dir)
			if err != nil {
				t.Fatal(err)
			}
			flip(t, filepath.Join(string(gen), storeDir, segmentFile), 1000)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, fresh := t.TempDir(), t.TempDir()
			mustBuild(t, dir, c, Again("me"))
			spoil(t, dir)
			var b *builder
			mustBuild(t, dir, edited, Again("me"), capture(&b))
			if b.former != nil {
				t.Error("its documents were used")
			}
			mustBuild(t, fresh, edited)
			sameTree(t, generationTree(t, fresh), generationTree(t, dir))
		})
	}
}

func resign(t *testing.T, dir, old, new string) {
	t.Helper()
	name := filepath.Join(dir, makerFile)
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(text), old, new, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestRising(t *testing.T) {
	for _, tt := range []struct{ in, want []int }{
		{nil, []int{}},
		{[]int{none, none}, []int{none, none}},
		{[]int{0, 1, 2}, []int{0, 1, 2}},
		{[]int{2, none, 0, 1}, []int{none, none, 0, 1}},
		{[]int{5, 0, 1, none, 9, 2, 3}, []int{none, 0, 1, none, none, 2, 3}},
	} {
		if diff := cmp.Diff(tt.want, rising(tt.in)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.in, diff)
		}
	}
}
