package bm25

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/simple"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// doc is a document as text: fields of words, split at blanks.
type doc map[string]string

func testModel() Model {
	return Model{K1: 0.9, Tie: 0.5, Blend: 1.5, Fields: []Field{
		{Name: "title", Weight: 3, B: 0.75, Names: true},
		{Name: "body", Weight: 1, B: 0.6, Pivot: 30},
		{Name: "note", Weight: 0.5},
	}}
}

// store returns the one segment of a bleve index of the documents, in order.
func store(t testing.TB, docs []doc) (segment.Segment, map[string]uint64) {
	t.Helper()
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentStaticMapping()
	for _, f := range testModel().Fields {
		field := mapping.NewTextFieldMapping()
		field.Analyzer = simple.Name
		m.DefaultMapping.AddFieldMappingsAt(f.Name, field)
	}
	ix, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	batch := ix.NewBatch()
	tokens := map[string]uint64{}
	for i, d := range docs {
		if err := batch.Index(fmt.Sprintf("%06d", i), d); err != nil {
			t.Fatal(err)
		}
		for name, text := range d {
			tokens[name] += uint64(len(strings.Fields(text)))
		}
	}
	if err := ix.Batch(batch); err != nil {
		t.Fatal(err)
	}
	advanced, err := ix.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	r, err := advanced.Reader()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r.(*scorch.IndexSnapshot).Segments()[0].Segment(), tokens
}

// reference computes the formula of the package for one document and one query
// from the texts alone.
type reference struct {
	model Model
	docs  []doc
	have  map[string]int // numbers that are counted once
}

func count(text, term string) (n float64) {
	for w := range strings.FieldsSeq(text) {
		if w == term {
			n++
		}
	}
	return n
}

func (r reference) has(d doc, term string) bool {
	for _, f := range r.model.Fields {
		if count(d[f.Name], term) > 0 {
			return true
		}
	}
	return false
}

// hasAll returns how many documents have all terms, and whether d does.
func (r reference) hasAll(d doc, terms []string) (n int, has bool) {
	all := func(d doc) bool {
		return !slices.ContainsFunc(terms, func(t string) bool { return !r.has(d, t) })
	}
	key := strings.Join(terms, " ")
	n, known := r.have[key]
	if !known {
		for _, other := range r.docs {
			if all(other) {
				n++
			}
		}
		r.have[key] = n
	}
	return n, all(d)
}

func (r reference) pivot(f Field) float64 {
	if f.Pivot > 0 {
		return f.Pivot
	}
	sum, known := r.have["length of "+f.Name]
	if !known {
		for _, d := range r.docs {
			sum += len(strings.Fields(d[f.Name]))
		}
		r.have["length of "+f.Name] = sum
	}
	return float64(sum) / float64(len(r.docs))
}

// impact is T of the formula without idf.
func (r reference) impact(d doc, term string) float64 {
	var most, sum, z float64
	for _, f := range r.model.Fields {
		tf := count(d[f.Name], term)
		if tf == 0 {
			continue
		}
		norm := 1 - f.B + f.B*float64(len(strings.Fields(d[f.Name])))/r.pivot(f)
		b := f.Weight * tf * (r.model.K1 + 1) / (tf + r.model.K1*norm)
		most, sum, z = math.Max(most, b), sum+b, z+f.Weight*tf/norm
	}
	return float64(float32(most + r.model.Tie*(sum-most) + r.model.Blend*z/(1+z)))
}

func (r reference) idf(n int) float64 {
	return math.Log(1 + (float64(len(r.docs))-float64(n)+0.5)/(float64(n)+0.5))
}

func (r reference) score(d doc, words []Word) float64 {
	var sum, matched, all float64
	for _, w := range words {
		var best, idf float64
		limit, found := math.Inf(1), false
		for i, a := range w.Alternatives {
			n, has := r.hasAll(d, a.Terms)
			if n == 0 {
				continue
			}
			own := math.Min(r.idf(n), limit)
			if i == 0 {
				limit = own
			}
			idf = math.Max(idf, a.Weight*own)
			if !has {
				continue
			}
			found = true
			var mean float64
			for _, t := range a.Terms {
				mean += r.impact(d, t)
			}
			mean = float64(float32(mean / float64(len(a.Terms))))
			best = math.Max(best, a.Weight*own*mean)
		}
		if idf == 0 {
			idf = r.idf(0)
		}
		all += w.Weight * idf
		if found {
			sum += w.Weight * best
			matched += w.Weight * idf
		}
	}
	return sum * math.Pow(matched/all, 0.25)
}

func randomDocs(rnd *rand.Rand, n int) []doc {
	text := func(most int) string {
		words := make([]string, rnd.IntN(most+1))
		for i := range words {
			words[i] = string(rune('a' + int(math.Abs(rnd.NormFloat64())*6)%26))
		}
		return strings.Join(words, " ")
	}
	docs := make([]doc, n)
	for i := range docs {
		docs[i] = doc{"title": text(6), "body": text(60), "note": text(2)}
	}
	return docs
}

func randomWords(rnd *rand.Rand) []Word {
	letter := func() string { return string(rune('a' + rnd.IntN(27))) } // { is in no document
	words := make([]Word, 1+rnd.IntN(4))
	for i := range words {
		words[i].Weight = 0.4 + rnd.Float64()
		words[i].Function = rnd.IntN(3) == 0
		for k := range 1 + rnd.IntN(3) {
			a := Alternative{Terms: []string{letter()}, Weight: 1 / float64(k+1)}
			if rnd.IntN(4) == 0 {
				a.Terms = append(a.Terms, letter())
			}
			words[i].Alternatives = append(words[i].Alternatives, a)
		}
	}
	return words
}

// matches returns the documents that match, as the text of Score says.
func (r reference) matches(words []Word) map[int]bool {
	content, named, all := map[int]bool{}, map[int]bool{}, map[int]bool{}
	most := 0.0
	for _, w := range words {
		if share, found := r.share(w); found && !w.Function {
			most = math.Max(most, share)
		}
	}
	for i, d := range r.docs {
		for _, w := range words {
			share, _ := r.share(w)
			for _, a := range w.Alternatives {
				if _, has := r.hasAll(d, a.Terms); !has {
					continue
				}
				all[i] = true
				if share < most*faint {
					continue
				}
				if !w.Function && share >= most*telling {
					content[i] = true
				}
				if !slices.ContainsFunc(a.Terms, func(t string) bool { return !r.names(d, t) }) {
					named[i] = true
				}
			}
		}
	}
	switch {
	case most == 0:
		return all
	case len(content) >= Enough:
		return content
	}
	maps.Copy(named, content)
	return named
}

// share is what a word is of the query, in idf, and whether a document has it.
func (r reference) share(w Word) (share float64, found bool) {
	limit := math.Inf(1)
	for i, a := range w.Alternatives {
		n, _ := r.hasAll(r.docs[0], a.Terms)
		if n == 0 {
			continue
		}
		own := math.Min(r.idf(n), limit)
		if i == 0 {
			limit = own
		}
		share, found = math.Max(share, w.Weight*a.Weight*own), true
	}
	return share, found
}

func (r reference) names(d doc, term string) bool {
	return slices.ContainsFunc(r.model.Fields, func(f Field) bool { return f.Names && count(d[f.Name], term) > 0 })
}

// expected returns every score of a query, best first.
func (r reference) expected(words []Word, allowed Set) []Match {
	var all []Match
	for i := range r.matches(words) {
		if allowed == nil || allowed.Has(uint32(i)) {
			all = append(all, Match{Doc: uint32(i), Score: r.score(r.docs[i], words)})
		}
	}
	slices.SortFunc(all, byScore)
	return all
}

func byScore(a, b Match) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Doc, b.Doc))
}

// TestReference compares every score of random queries with the formula
// computed from the texts, and the best few with the best of all.
func TestReference(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{80, 300} {
		docs := randomDocs(rnd, n)
		segment, tokens := store(t, docs)
		ix, err := New(segment, testModel(), tokens)
		if err != nil {
			t.Fatal(err)
		}
		naive := reference{testModel(), ordered(t, segment, docs), map[string]int{}}
		for range 1800 / n {
			words := randomWords(rnd)
			var allowed Set
			if rnd.IntN(3) == 0 {
				allowed = NewSet(n)
				for range n {
					allowed.Add(uint32(rnd.IntN(n)))
				}
			}
			want := naive.expected(words, allowed)
			for _, best := range []int{0, 1, 7, 30, n} {
				found, err := ix.Score(t.Context(), words, best, allowed)
				if err != nil {
					t.Fatal(err)
				}
				compare(t, words, want[:min(best, len(want))], found.Best)
				if all := len(naive.matches(words)); found.All.Len() != all {
					t.Fatalf("%v: %d match, not %d", words, found.All.Len(), all)
				}
			}
		}
	}
}

// ordered returns the documents in the order that bleve gave them.
func ordered(t *testing.T, s segment.Segment, docs []doc) []doc {
	t.Helper()
	all := make([]doc, len(docs))
	for i, d := range docs {
		all[number(t, s, i)] = d
	}
	return all
}

// number returns the document that the i-th became.
func number(t *testing.T, s segment.Segment, i int) uint32 {
	t.Helper()
	found, err := s.DocNumbers([]string{fmt.Sprintf("%06d", i)})
	if err != nil || found.IsEmpty() {
		t.Fatalf("document %d is missing: %v", i, err)
	}
	return found.Minimum()
}

// compare holds that got is want, but for the order of equal scores.
func compare(t *testing.T, words []Word, want, got []Match) {
	t.Helper()
	slices.SortFunc(got, byScore)
	if len(got) != len(want) {
		t.Fatalf("%v: %d found, want %d", words, len(got), len(want))
	}
	for i, w := range want {
		if g := got[i]; math.Abs(g.Score-w.Score) > 1e-9*(1+w.Score) {
			t.Fatalf("%v: rank %d is document %d at %.12f, the formula says %d at %.12f", words, i+1, g.Doc, g.Score, w.Doc, w.Score)
		}
	}
}

func TestExplain(t *testing.T) {
	docs := []doc{{"title": "a b", "body": "a c"}, {"title": "c"}, {"body": "b"}}
	segment, tokens := store(t, docs)
	ix, err := New(segment, testModel(), tokens)
	if err != nil {
		t.Fatal(err)
	}
	words := []Word{
		{Weight: 1, Alternatives: []Alternative{{[]string{"z"}, 1}, {[]string{"a"}, 0.8}}},
		{Weight: 1, Alternatives: []Alternative{{[]string{"b"}, 1}}},
		{Weight: 1, Alternatives: []Alternative{{[]string{"x"}, 1}}},
	}
	first := number(t, segment, 0)
	reasons, err := ix.Explain(t.Context(), words, first)
	if err != nil {
		t.Fatal(err)
	}
	if len(reasons) != 2 || reasons[0].Alternative != 1 || len(reasons[0].Fields) != 2 || reasons[1].Word != 1 {
		t.Fatalf("reasons %+v", reasons)
	}
	found, err := ix.Score(t.Context(), words, ix.Total(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range found.Best {
		if m.Doc != first {
			continue
		}
		sum := reasons[0].Score + reasons[1].Score
		if want := m.Score / coverage(m.Coverage); math.Abs(sum-want) > 1e-9 {
			t.Errorf("reasons add up to %f, not %f", sum, want)
		}
	}
}

func TestFields(t *testing.T) {
	segment, _ := store(t, []doc{{"title": "a"}})
	for _, n := range []int{0, MaxFields + 1} {
		if _, err := New(segment, Model{Fields: make([]Field, n)}, nil); err == nil {
			t.Errorf("a model of %d fields is taken", n)
		}
	}
}
