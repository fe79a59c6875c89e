package index

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"kb/content"
)

// TestSameBytes builds one corpus several times: on one core and on two, in
// chunks of other sizes, with the pages read in another order and with the
// positions of another machine.
func TestSameBytes(t *testing.T) {
	for _, tt := range []struct {
		entries int
		chunks  []int // entries in a chunk
	}{
		{1, []int{1, 2, 1000}},
		{217, []int{217, 1000, 50, 50, 7, 216}},
	} {
		t.Run(fmt.Sprint(tt), func(t *testing.T) {
			want := buildOn(t, 1, generated(tt.entries), withChunk(tt.chunks[0]))
			for _, chunk := range tt.chunks {
				sameTree(t, want, buildOn(t, 2, reread(generated(tt.entries)), withChunk(chunk), withMemo(10*chunk)))
			}
		})
	}
}

func buildOn(t *testing.T, cores int, c *content.Corpus, opts ...Option) map[string]string {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	dir := t.TempDir()
	mustBuild(t, dir, c, opts...)
	return tree(t, dir)
}

// reread returns the corpus as another machine would read it.
func reread(c *content.Corpus) *content.Corpus {
	pages := slices.Clone(c.Pages)
	rand.Shuffle(len(pages), func(i, j int) { pages[i], pages[j] = pages[j], pages[i] })
	slices.SortStableFunc(pages, func(a, b *content.Page) int { return strings.Compare(a.Path, b.Path) })
	for _, e := range c.Entries {
		e.ID, e.Pos = "", content.Pos{Path: "/elsewhere/" + e.ID, Line: rand.IntN(100)}
	}
	return content.NewCorpus(c.Site, pages)
}

func sameTree(t *testing.T, want, got map[string]string) {
	t.Helper()
	for name := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
	for name, data := range got {
		w, ok := want[name]
		if !ok {
			t.Errorf("%s is there only once", name)
			continue
		}
		for i := range min(len(w), len(data)) {
			if w[i] != data[i] {
				t.Errorf("%s differs at byte %d of %d", name, i, len(w))
				break
			}
		}
		if len(w) != len(data) {
			t.Errorf("%s has %d and %d bytes", name, len(w), len(data))
		}
	}
}

// TestLongAnswersMakeSmallChunks holds that answers which are long bound a chunk
// as their number does.
func TestLongAnswersMakeSmallChunks(t *testing.T) {
	long := &content.Entry{Answer: content.Answer{Text: strings.Repeat("x", chunkText/2)}}
	short := &content.Entry{}
	b := &builder{chunk: 3, entries: []*content.Entry{short, short, short, short, long, long, long}}
	want := []piece{{lo: 0, hi: 3}, {lo: 3, hi: 6}, {lo: 6, hi: 7}}
	if got := b.chunks(nil, 0, len(b.entries)); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestMemoIsBounded holds that an indexer remembers few more words than it may.
func TestMemoIsBounded(t *testing.T) {
	m, err := newMapping([]string{"en"})
	if err != nil {
		t.Fatal(err)
	}
	const memo, longest = 100, 80 // words of an entry
	x := newIndexer(m, "en", memo)
	for i, e := range generated(500).Entries {
		if _, err := x.document(i+1, e, nil); err != nil {
			t.Fatal(err)
		}
		if n := x.knows(); n > memo+longest {
			t.Fatalf("%d words after %d entries", n, i+1)
		}
	}
}
