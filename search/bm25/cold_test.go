package bm25

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

const (
	zipfSize  = 700 // documents
	zipfTerms = 300
)

// zipfStore returns a segment of documents whose words are as frequent as words
// are, and the lengths of its fields.
func zipfStore(t *testing.T, rnd *rand.Rand) (segment.Segment, map[string]uint64) {
	t.Helper()
	zipf := rand.NewZipf(rnd, 1.2, 2, zipfTerms-1)
	text := func(most int) string {
		words := make([]string, rnd.IntN(most+1))
		for i := range words {
			words[i] = zipfTerm(zipf.Uint64())
		}
		return strings.Join(words, " ")
	}
	docs := make([]doc, zipfSize)
	for i := range docs {
		docs[i] = doc{"title": text(8), "body": text(40), "note": text(3)}
	}
	return store(t, docs)
}

func zipfTerm(n uint64) string { return "w" + string(rune('a'+n/26)) + string(rune('a'+n%26)) }

func zipfWords(rnd *rand.Rand) []Word {
	zipf := rand.NewZipf(rnd, 1.1, 3, zipfTerms+20) // some are in no document
	words := make([]Word, 1+rnd.IntN(7))
	for i := range words {
		words[i].Weight = []float64{1, 0.4, 0.05, 0.7 + rnd.Float64()}[rnd.IntN(4)]
		words[i].Function = rnd.IntN(3) == 0
		for k := range 1 + rnd.IntN(4) {
			a := Alternative{Terms: []string{zipfTerm(zipf.Uint64())}, Weight: 1.5 * rnd.Float64() / float64(k+1)}
			if rnd.IntN(6) == 0 {
				a.Terms = append(a.Terms, zipfTerm(zipf.Uint64()))
			}
			words[i].Alternatives = append(words[i].Alternatives, a)
		}
	}
	return words
}

func randomModel(rnd *rand.Rand) Model {
	one := func(of ...float64) float64 { return of[rnd.IntN(len(of))] }
	m := Model{K1: one(0, 0.9, 1.2, 5), Tie: one(0, 0.5, 1), Blend: one(0, 0, 1.5, 10)}
	for _, name := range []string{"title", "body", "note"} {
		m.Fields = append(m.Fields, Field{
			Name: name, Weight: one(0.1, 0.3, 0.7, 1, 2.1, 3), B: one(0, 0.6, 0.75, 1), Pivot: one(0, 30), Names: name == "title",
		})
	}
	return m
}

func newIndex(t *testing.T, s segment.Segment, m Model, tokens map[string]uint64) *Index {
	t.Helper()
	ix, err := New(s, m, tokens)
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

// score is Score with the best in order.
func score(t *testing.T, ctx context.Context, ix *Index, words []Word, n int, allowed Set) (*Found, error) {
	t.Helper()
	found, err := ix.Score(ctx, words, n, allowed)
	if err == nil {
		slices.SortFunc(found.Best, byScore)
	}
	return found, err
}

// TestCold asks an index that has read nothing, and the same one again as it
// reads more and more. The best are those of all documents, scored by an index
// that prunes none, to the last bit.
func TestCold(t *testing.T) {
	rnd := rand.New(rand.NewPCG(11, 12))
	segment, tokens := zipfStore(t, rnd)
	for range 12 {
		m := randomModel(rnd)
		warm := newIndex(t, segment, m, tokens)
		for range 30 {
			words, n := zipfWords(rnd), 1+rnd.IntN(40)
			var allowed Set
			if rnd.IntN(3) == 0 {
				allowed = NewSet(zipfSize)
				for range zipfSize {
					allowed.Add(uint32(rnd.IntN(zipfSize)))
				}
			}
			all, err := score(t, t.Context(), warm, words, zipfSize, allowed)
			if err != nil {
				t.Fatal(err)
			}
			want := all.Best[:min(n, len(all.Best))]
			cold := newIndex(t, segment, m, tokens)
			for time := range 4 {
				found, err := score(t, t.Context(), cold, words, n, allowed)
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(found.Best, want) || !slices.Equal(found.All, all.All) {
					t.Fatalf("%+v: %+v: asked %d times before, the best are %v, not %v", m, words, time, found.Best, want)
				}
			}
		}
	}
}

// TestCeiling holds that no document gets more than a term may give before it
// is read.
func TestCeiling(t *testing.T) {
	rnd := rand.New(rand.NewPCG(21, 22))
	segment, tokens := zipfStore(t, rnd)
	models := []Model{{Fields: []Field{{Name: "title", Weight: 1.1}}}} // 1.1 is rounded up
	for range 30 {
		models = append(models, randomModel(rnd))
	}
	for _, m := range models {
		ix := newIndex(t, segment, m, tokens)
		for i := range zipfTerms {
			term, err := ix.Term(t.Context(), zipfTerm(uint64(i)))
			if err != nil {
				t.Fatal(err)
			}
			ceiling := term.ceiling()
			p, err := term.postings(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if most := float64(p.most); most > ceiling || most != term.ceiling() {
				t.Fatalf("%+v: %s gives %.12g, at most %.12g, read %.12g", m, term.name, most, ceiling, term.ceiling())
			}
		}
	}
}

// TestAmong holds that what is asked for once is not read whole, and what is
// asked for twice is kept.
func TestAmong(t *testing.T) {
	rnd := rand.New(rand.NewPCG(31, 32))
	segment, tokens := zipfStore(t, rnd)
	ix := newIndex(t, segment, testModel(), tokens)
	term, err := ix.Term(t.Context(), zipfTerm(0))
	if err != nil {
		t.Fatal(err)
	}
	docs := []uint32{3, 50, 51, 600}
	for time, whole := range []bool{false, true, true} {
		p, err := term.among(t.Context(), docs)
		if err != nil {
			t.Fatal(err)
		}
		if got := term.all.Load() != nil; got != whole {
			t.Errorf("time %d: read whole: %t", time, got)
		}
		all, err := newIndex(t, segment, testModel(), tokens).Having(t.Context(), zipfTerm(0))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range docs {
			if _, has := p.find(d); has != all.Has(d) {
				t.Errorf("time %d: document %d: %t", time, d, has)
			}
		}
	}
}

// TestTogether asks a cold index from several goroutines at once, with room for
// all terms and for few.
func TestTogether(t *testing.T) {
	rnd := rand.New(rand.NewPCG(41, 42))
	segment, tokens := zipfStore(t, rnd)
	warm := newIndex(t, segment, testModel(), tokens)
	queries := make([][]Word, 60)
	want := make([]*Found, len(queries))
	for i := range queries {
		queries[i] = zipfWords(rnd)
		var err error
		if want[i], err = score(t, t.Context(), warm, queries[i], 10, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, half := range []int{6_000, 1 << 20} {
		cold := newIndex(t, segment, testModel(), tokens)
		cold.cache.half, cold.cache.room = half, half
		var all sync.WaitGroup
		for g := range 4 {
			order := rand.New(rand.NewPCG(uint64(g), 5)).Perm(len(queries))
			all.Go(func() {
				for _, i := range order {
					found, err := score(t, t.Context(), cold, queries[i], 10, nil)
					if err != nil || !slices.Equal(found.Best, want[i].Best) || !slices.Equal(found.All, want[i].All) {
						t.Errorf("%v: %v, %v", queries[i], found, err)
						return
					}
				}
			})
		}
		all.Wait()
		used := 0
		for _, x := range cold.cache.young {
			used += keptSize + len(x.name) + x.size()
		}
		if used != half-cold.cache.room {
			t.Errorf("%d bytes are kept, %d were counted", used, half-cold.cache.room)
		}
	}
}

// An expiring context ends when it was asked that many times.
type expiring struct {
	context.Context
	left int
}

func (c *expiring) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestExpired ends searches at every moment; the index answers as before.
func TestExpired(t *testing.T) {
	rnd := rand.New(rand.NewPCG(51, 52))
	segment, tokens := zipfStore(t, rnd)
	warm := newIndex(t, segment, testModel(), tokens)
	for range 30 {
		words := zipfWords(rnd)
		want, err := score(t, t.Context(), warm, words, 10, nil)
		if err != nil {
			t.Fatal(err)
		}
		ix := newIndex(t, segment, testModel(), tokens)
		for asked := 0; ; asked += 1 + asked/10 {
			found, err := score(t, &expiring{t.Context(), asked}, ix, words, 10, nil)
			if err != nil {
				continue
			}
			if asked == 0 || !slices.Equal(found.Best, want.Best) {
				t.Fatalf("%v: after %d checks %v, not %v", words, asked, found.Best, want.Best)
			}
			break
		}
	}
}
