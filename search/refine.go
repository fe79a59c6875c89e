package search

import (
	"slices"

	"kb/index/likeness"
)

// Parameters of what is added to the score of the words. They were chosen with
// those of model.
const (
	likenessWeight = 8.0 // of a query that is the question, beside words: about that of a rare word in it
	likenessBeside = 5.0 // the same beside words and meaning, which knows questions that are alike
	refined        = 64  // how many of the best matches are looked at more closely
)

// refine adds to the scores what is not in single words: how like the query is
// to a question as a text, and how near to an entry in meaning. Entries that
// ask exactly what the query asks come first, after those that the site pins.
func (s *Searcher) refine(a *answer) error {
	questions, err := s.snapshot.Questions()
	if err != nil {
		return err
	}
	query := likeness.NewQuery(a.reading.key())
	weight := likenessWeight
	if a.meaning != nil {
		weight = likenessBeside
	}
	if len(a.matches) > refined {
		slices.SortFunc(a.matches, better)
	}
	for i := range a.matches[:min(refined, len(a.matches))] {
		m := &a.matches[i]
		m.likeness = questions.Dice(query, m.doc)
		m.score += weight * m.likeness
	}
	if a.meaning != nil {
		if err := s.fuse(a); err != nil {
			return err
		}
	}
	s.putExactFirst(a, questions)
	return s.putPinnedFirst(a)
}

// key returns the words of the query, as they were typed.
func (r *reading) key() string {
	words := make([]string, r.typed)
	for i, w := range r.words[:r.typed] {
		words[i] = w.text
	}
	return likeness.Key(words)
}

// putExactFirst raises the entries that have the query as their question, or
// else as an alias, above all others.
func (s *Searcher) putExactFirst(a *answer, questions *likeness.Questions) {
	var own, aliases []uint32
	for _, key := range s.keys(a.request.unquoted) {
		asked, alias := questions.Exact(key)
		own, aliases = append(own, asked...), append(aliases, alias...)
	}
	top := highest(a.matches)
	for tier, docs := range [][]uint32{1: aliases, 2: own} {
		for _, doc := range docs {
			if m := a.match(doc); m != nil && m.exact < tier {
				m.score += float64(tier-m.exact) * top
				m.exact = tier
			}
		}
	}
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
