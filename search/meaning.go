package search

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"kb/index"
	"kb/index/embed"
	"kb/search/bm25"
)

// A meaning compares a query with entries by what they mean.
type meaning struct {
	model   *embed.Model
	vectors *embed.Vectors

	related sync.Map // stem to []alternative
	kept    atomic.Int64
}

// readMeaning returns nil if there are no vectors, or none of the model.
func (s *Searcher) readMeaning() (*meaning, error) {
	model, err := s.snapshot.Model()
	if err != nil {
		return nil, err
	}
	vectors, err := s.snapshot.Vectors(model)
	if errors.Is(err, embed.ErrVectors) {
		return nil, nil
	}
	if err != nil || vectors.Len() == 0 { // no entry is in a language of the model
		return nil, err
	}
	return &meaning{model: model, vectors: vectors}, nil
}

// Parameters of the fusion.
const (
	meaningWeight = 0.33 // the share of meaning in a score, for a query whose words the model knows
	nearVectors   = 64   // how many vectors of questions, and of answers, are compared exactly: those with the likeliest signs
	nearEntries   = 20   // how many entries meaning can find that words did not: two pages
	leastNear     = 0.5  // cosine of an entry that meaning can find
	nearShare     = 0.7  // the same as a share of that of the nearest
)

// fuse joins the score of the words b and the cosine d of each entry to
//
//	(1 − g)·b + g·max(b)·d    with g = meaningWeight · c²
//
// where c is the share of the query, in idf, whose words the model knows. A
// query of names that the model never saw is ranked by its words alone.
func (s *Searcher) fuse(a *answer) error {
	m := a.meaning
	vector, known, err := s.embed(a.reading, m)
	if err != nil || vector == nil {
		return err
	}
	a.known = known
	g := meaningWeight * known * known
	query := embed.NewQuery(vector)
	for i := range a.matches[:min(refined, len(a.matches))] {
		a.matches[i].cosine = m.vectors.Cosine(query, a.matches[i].doc)
	}
	if !a.strict {
		a.addNear(m.vectors.Nearest(query, nearVectors), s.ranker.Total())
	}
	top := highest(a.matches)
	if top == 0 {
		top = 1
	}
	for i := range a.matches {
		match := &a.matches[i]
		match.weaken(1 - g)
		match.gain(inMeaning, g*top*match.cosine)
	}
	return nil
}

// addNear adds the entries nearest to the query that its words did not find.
func (a *answer) addNear(near []embed.Near, total int) {
	seen := bm25.NewSet(total)
	for _, m := range a.matches {
		seen.Add(m.doc)
	}
	least := leastNear
	for _, n := range near {
		least = max(least, nearShare*n.Cosine)
	}
	near = slices.DeleteFunc(near, func(n embed.Near) bool { return n.Cosine < least })
	for _, n := range embed.Best(near, nearEntries) {
		a.all.Add(n.Entry)
		if !seen.Has(n.Entry) && (a.within == nil || a.within.Has(n.Entry)) {
			a.matches = append(a.matches, match{doc: n.Entry, cosine: n.Cosine})
		}
	}
}

// embed returns the vector of a query, and the share of it that the model
// knows, from 0 to 1.
func (s *Searcher) embed(r *reading, m *meaning) (query []float32, known float64, err error) {
	var text []string
	var all float64
	unspaced := false
	for _, w := range r.words[:r.typed] {
		likeliest := w.meant().text
		idf, err := s.idf(w)
		if err != nil {
			return nil, 0, err
		}
		all += idf
		if m.model.Understands(likeliest) {
			known += idf
		}
		text = append(text, likeliest)
		unspaced = unspaced || index.Unspaced(w.text)
	}
	if all == 0 {
		return nil, 0, nil
	}
	if unspaced { // its words are pairs of letters that overlap
		text = []string{r.text}
	}
	return m.model.EmbedText(strings.Join(text, " ")), math.Min(1, known/all), nil
}

// likeliest returns the reading of a word to believe in.
func (w *word) likeliest() alternative {
	other, ok := w.expansion()
	if w.known || !ok || w.real && other.how == asSpelling {
		return w.alternatives[0]
	}
	return other
}

// meant returns the reading of a word to believe in: that of both for the first
// of two words that more entries write as one, and nothing for the second.
func (w *word) meant() alternative {
	switch {
	case w.gone:
		return alternative{}
	case w.one != nil:
		return *w.one
	}
	return w.likeliest()
}

// idf returns the inverse document frequency of a word as it is likeliest
// meant.
func (s *Searcher) idf(w word) (float64, error) {
	var most float64
	for _, t := range w.meant().Terms {
		term, err := s.ranker.Term(context.Background(), t)
		if err != nil {
			return 0, err
		}
		most = max(most, term.IDF)
	}
	return most, nil
}

// Words near in meaning.
const (
	leastCosine = 0.4     // of two words that are near
	maxRelated  = 6       // words of the index that a word is read as
	keptRelated = 1 << 14 // words whose near ones are remembered
)

// relate adds to the words of a reading those of the index that are near to
// them in meaning.
func (s *Searcher) relate(ctx context.Context, r *reading, m *meaning) error {
	for i := range r.words[:r.typed] {
		w := &r.words[i]
		if w.function || !w.known || w.one != nil || w.gone {
			continue
		}
		near, err := s.near(ctx, w.alternatives[0].Terms[0], m)
		if err != nil {
			return err
		}
		w.alternatives = append(w.alternatives, near...)
	}
	return nil
}

// near returns the words of the index that are near to a stem, and remembers
// them.
func (s *Searcher) near(ctx context.Context, stem string, m *meaning) ([]alternative, error) {
	if known, ok := m.related.Load(stem); ok {
		return known.([]alternative), nil
	}
	var near []alternative
	for _, r := range m.model.Related(stem, leastCosine) {
		term, err := s.ranker.Term(ctx, r.Stem)
		if err != nil {
			return nil, err
		}
		if term.Len() == 0 || s.in("en").function()[r.Stem] {
			continue
		}
		near = append(near, alternative{
			bm25.Alternative{Terms: []string{r.Stem}, Weight: relatedWeight * r.Cosine}, asRelated, r.Stem,
		})
		if len(near) == maxRelated {
			break
		}
	}
	if m.kept.Add(1) <= keptRelated {
		m.related.Store(stem, near)
	}
	return near, nil
}
