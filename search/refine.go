package search

import (
	"context"
	"math"
	"slices"
	"strings"

	"kb/content"
	"kb/index/likeness"
)

// Parameters of what is added to the score of the words. They were chosen with
// those of model.
const (
	likenessWeight = 10.0 // of a query that is the question, beside words: about that of a rare word in it
	likenessBeside = 7.0  // the same beside words and meaning, which knows questions that are alike
	refined        = 64   // how many of the best matches are looked at more closely
)

// refine adds to the scores what is not in single words: how like the query is
// to a question as a text, and how near to an entry in meaning. Entries that
// ask exactly what the query asks come first, after those that the site pins.
func (s *Searcher) refine(ctx context.Context, a *answer) error {
	questions, err := s.snapshot.Questions()
	if err != nil {
		return err
	}
	queries := a.reading.likenesses()
	weight := likenessWeight
	if a.meaning != nil {
		weight = likenessBeside
	}
	if len(a.matches) > refined {
		slices.SortFunc(a.matches, better)
	}
	for i := range a.matches[:min(refined, len(a.matches))] {
		m := &a.matches[i]
		for _, q := range queries {
			m.likeness = max(m.likeness, questions.Dice(q, m.doc))
		}
		m.gain(inQuestion, weight*m.likeness)
	}
	if a.meaning != nil {
		if err := s.fuse(a); err != nil {
			return err
		}
	}
	if err := s.putWordFirst(ctx, a); err != nil {
		return err
	}
	if err := s.putExactFirst(a, questions); err != nil {
		return err
	}
	return s.putPinnedFirst(a)
}

// putWordFirst puts the entries that have the one word of a query, beside words
// of grammar, before those that only say something near to it.
func (s *Searcher) putWordFirst(ctx context.Context, a *answer) error {
	w := a.reading.only()
	if w == nil || !w.known {
		return nil
	}
	var forms []string
	for _, form := range w.alternatives[:w.forms] {
		forms = append(forms, form.Terms[0])
	}
	has, err := s.ranker.Having(ctx, forms...)
	if err != nil {
		return err
	}
	least, most := math.Inf(1), 0.0
	for _, m := range a.matches {
		if has.Has(m.doc) {
			least = min(least, m.score)
		} else {
			most = max(most, m.score)
		}
	}
	if most < least {
		return nil
	}
	for i := range a.matches {
		if m := &a.matches[i]; !has.Has(m.doc) {
			m.become(inOneWord, m.score*(least/most*behind))
		}
	}
	return nil
}

// behind is how far the best of those that are put behind others stays behind
// the last of them.
const behind = 0.99

// only returns the word of the reading that is no word of grammar, if there is
// just one.
func (r *reading) only() *word {
	var only *word
	for i := range r.words {
		if r.words[i].function {
			continue
		}
		if only != nil {
			return nil
		}
		only = &r.words[i]
	}
	return only
}

// likenesses returns the query to compare with questions: as it was typed, and
// as it is likeliest meant, if that is something else.
func (r *reading) likenesses() []*likeness.Query {
	typed, meant := make([]string, 0, r.typed), make([]string, 0, r.typed)
	for i := range r.words[:r.typed] {
		w := &r.words[i]
		typed = append(typed, w.text)
		if text := w.meant().text; text != "" {
			meant = append(meant, text)
		}
	}
	queries := []*likeness.Query{likeness.NewQuery(likeness.Key(typed))}
	if !slices.Equal(typed, meant) {
		queries = append(queries, likeness.NewQuery(likeness.Key(meant)))
	}
	return queries
}

// putExactFirst raises the entries that have the query as their question, or
// else as an alias, above all others.
func (s *Searcher) putExactFirst(a *answer, questions *likeness.Questions) error {
	var own, aliases []uint32
	for _, key := range s.keys(a.request.unquoted) {
		asked, alias := questions.Exact(key)
		own, aliases = append(own, asked...), append(aliases, alias...)
	}
	top := highest(a.matches)
	for tier, docs := range [][]uint32{1: aliases, 2: own} {
		for _, doc := range docs {
			if m := a.match(doc); m != nil && m.exact < tier {
				m.gain(inExact, float64(tier-m.exact)*top)
				m.exact = tier
			}
		}
	}
	if len(own) < 2 {
		return nil
	}
	return s.putVerbatimFirst(a, own[:min(refined, len(own))], top)
}

// putVerbatimFirst raises those of several entries with the query as their
// question that have it letter for letter, and an answer to it: others differ
// in marks or endings.
func (s *Searcher) putVerbatimFirst(a *answer, own []uint32, top float64) error {
	query := strings.TrimSpace(a.request.unquoted)
	for _, doc := range own {
		m := a.match(doc)
		if m == nil {
			continue
		}
		e, err := s.see(a, m)
		if err != nil {
			return err
		}
		if e.Answer != (content.Answer{}) && strings.EqualFold(strings.TrimSpace(e.Question), query) {
			m.gain(inExact, top)
			m.exact = 3
		}
	}
	return nil
}

// match returns the match of an entry, a new one if there is none, and nil if
// the entry cannot be a match.
func (a *answer) match(doc uint32) *match {
	if a.within != nil && !a.within.Has(doc) || a.strict && !a.all.Has(doc) {
		return nil
	}
	for i := range a.matches {
		if a.matches[i].doc == doc {
			return &a.matches[i]
		}
	}
	a.all.Add(doc)
	a.matches = append(a.matches, match{doc: doc})
	return &a.matches[len(a.matches)-1]
}
