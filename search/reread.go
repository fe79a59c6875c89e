package search

import (
	"slices"
	"strings"
	"unicode"

	"kb/content"
	"kb/index"
)

// What is told from the texts of the first matches, as a factor of their
// scores.
const (
	unanswered = 0.8 // of an entry without an answer
	aboutSame  = 1.2 // of one whose question is about what the query is about, and nothing else
	sideBySide = 0.4 // added to 1 for an entry that has all pairs of words of the query
)

// fewAbout is how many things a query is about at most to be compared with what
// questions are about: longer ones say more than that.
const fewAbout = 3

// reread reads the first matches. Words that stand side by side in the query
// and in an entry speak for it. Entries without an answer come after those that
// have one and about their score, and those before whose question is about the
// same as the query. An unanswered entry does not get behind the last.
//
// Metzler, Croft: A Markov Random Field Model for Term Dependencies, SIGIR
// 2005, for ordered pairs; all that is told here is told of few entries, since
// the index has no positions.
func (s *Searcher) reread(a *answer, first []match) error {
	if len(first) < 2 {
		return nil
	}
	about, all := a.reading.about(), a.reading.pairs()
	least := first[len(first)-1].score
	for i := range first {
		m := &first[i]
		var err error
		if m.entry, err = s.snapshot.EntryAt(uint64(m.doc)); err != nil {
			return err
		}
		if m.pinned {
			continue
		}
		m.paired = s.paired(m.entry, all)
		m.become(inPairs, m.score*(1+sideBySide*m.paired))
		switch {
		case m.entry.Answer == (content.Answer{}):
			m.become(inSubject, max(least, unanswered*m.score))
		case s.isAbout(m.entry, about):
			m.become(inSubject, m.score*aboutSame)
		}
	}
	slices.SortStableFunc(first, better)
	return nil
}

// A pair is the terms of two words side by side.
type pair [2]string

// pairs are those of the words of a query, each with its weight.
type pairs struct {
	weights map[pair]float64
	whole   float64 // sum of the weights
	wanted  *index.Wanted
}

// pairs returns those of the words of a query, but for those of words of
// grammar alone.
func (r *reading) pairs() pairs {
	all := pairs{weights: map[pair]float64{}}
	terms := map[string]bool{}
	for i := range r.typed - 1 {
		a, b := &r.words[i], &r.words[i+1]
		first, second := a.likeliest().Terms, b.likeliest().Terms
		p := pair{first[len(first)-1], second[0]}
		if a.function && b.function || all.weights[p] > 0 {
			continue
		}
		terms[p[0]], terms[p[1]] = true, true
		all.weights[p] = a.weight + b.weight
		all.whole += all.weights[p]
	}
	all.wanted = index.NewWanted(terms)
	return all
}

// paired returns the share of the pairs, by weight, that e has, from 0 to 1.
func (s *Searcher) paired(e *content.Entry, all pairs) float64 {
	if all.whole == 0 {
		return 0
	}
	var found float64
	best := map[pair]float64{}
	for _, text := range append([]string{e.Question, e.Answer.Text}, e.Aliases...) {
		tokens := s.snapshot.Find(e.Lang, text, all.wanted)
		for i := 1; i < len(tokens); i++ {
			a, b := tokens[i-1], tokens[i]
			p := pair{a.Term, b.Term}
			if all.weights[p] == 0 || best[p] == 1 {
				continue
			}
			if c := closeness(text, a, b); c > best[p] {
				found += all.weights[p] * (c - best[p])
				best[p] = c
			}
		}
	}
	return found / all.whole
}

// closeness is 1 for two words of a text side by side, half for two with one
// word between them, and 0 for others.
func closeness(text string, a, b index.Token) float64 {
	if b.Start <= a.End {
		return 1
	}
	between := strings.FieldsFunc(text[a.End:b.Start], func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	switch len(between) {
	case 0:
		return 1
	case 1:
		return 0.5
	}
	return 0
}

// about returns the terms that the words of a query likely mean, without those
// of grammar.
func (r *reading) about() map[string]bool {
	set := map[string]bool{}
	for _, w := range r.words[:r.typed] {
		for _, t := range w.meant().Terms {
			if !w.function {
				set[t] = true
			}
		}
	}
	return set
}

// isAbout reports whether the question of e, or one of its aliases, has just
// the terms of set beside words of grammar.
func (s *Searcher) isAbout(e *content.Entry, set map[string]bool) bool {
	if len(set) == 0 || len(set) > fewAbout {
		return false
	}
	return slices.ContainsFunc(append([]string{e.Question}, e.Aliases...), func(text string) bool {
		own := s.Keywords(e.Lang, text)
		seen := map[string]bool{}
		for _, w := range own {
			seen[w.Term] = true
			if !set[w.Term] {
				return false
			}
		}
		return len(seen) == len(set)
	})
}
