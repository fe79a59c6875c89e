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
	sideBySide = 0.6 // added to 1 for an entry that has all pairs of words of the query
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
	about := a.reading.about()
	least := first[len(first)-1].score
	for i := range first {
		m := &first[i]
		e, err := s.see(a, m)
		if err != nil {
			return err
		}
		if m.pinned {
			continue
		}
		m.paired = a.marks.paired(m.seen)
		m.become(inPairs, m.score*(1+sideBySide*m.paired))
		switch {
		case e.Answer == (content.Answer{}):
			m.become(inSubject, max(least, unanswered*m.score))
		case s.isAbout(e, about):
			m.become(inSubject, m.score*aboutSame)
		}
	}
	slices.SortStableFunc(first, better)
	return nil
}

// A seen is an entry that was read, and the words of the query in its texts.
type seen struct {
	*content.Entry
	question, answer []index.Find
}

// see reads the entry of m, once.
func (s *Searcher) see(a *answer, m *match) (*content.Entry, error) {
	if m.seen != nil {
		return m.seen.Entry, nil
	}
	e, err := s.snapshot.EntryAt(uint64(m.doc))
	if err != nil {
		return nil, err
	}
	if a.marks == nil {
		a.marks = s.marker(a.reading)
	}
	m.seen = &seen{e, a.marks.find(e.Lang, e.Question), a.marks.find(e.Lang, e.Answer.Text)}
	return e, nil
}

// pairs are the terms of two words of a query side by side, each pair with its
// weight.
type pairs struct {
	after  [][]follower // by the number of the first term
	number int          // of pairs
	whole  float64      // sum of the weights
}

// A follower is the second term of a pair.
type follower struct {
	term   int
	pair   int
	weight float64
}

// pairs returns those of the words of a query, but for those of words of
// grammar alone. It adds their terms to t, which are the first there.
func (r *reading) pairs(t *termList) pairs {
	var all pairs
	for i := range r.typed - 1 {
		a, b := &r.words[i], &r.words[i+1]
		if a.function && b.function {
			continue
		}
		first, second := a.likeliest().Terms, b.likeliest().Terms
		all.add(t.number(first[len(first)-1]), t.number(second[0]), a.weight+b.weight)
	}
	return all
}

// add adds a pair of terms, if it is not there and has a weight.
func (p *pairs) add(first, second int, weight float64) {
	for len(p.after) <= max(first, second) {
		p.after = append(p.after, nil)
	}
	if weight > 0 && p.find(first, second) == nil {
		p.after[first] = append(p.after[first], follower{second, p.number, weight})
		p.number++
		p.whole += weight
	}
}

// none is the number of no term.
const none = -1

// find returns the second term of a pair, or nil.
func (p *pairs) find(first, second int) *follower {
	if first == none {
		return nil
	}
	for i := range p.after[first] {
		if f := &p.after[first][i]; f.term == second {
			return f
		}
	}
	return nil
}

// paired returns the share of the pairs, by weight, that an entry has, from 0
// to 1.
func (m *marker) paired(s *seen) float64 {
	if m.pairs.whole == 0 {
		return 0
	}
	p := pairing{&m.pairs, m.searcher.in(s.Lang), make([]float64, m.pairs.number), 0}
	p.read(s.Question, s.question)
	p.read(s.Answer.Text, s.answer)
	for _, alias := range s.Aliases {
		p.read(alias, m.find(s.Lang, alias))
	}
	return p.found / p.whole
}

// A pairing looks for pairs in the texts of an entry.
type pairing struct {
	*pairs
	tongue *tongue
	best   []float64 // closeness of each pair so far
	found  float64   // sum of their weights times that
}

// read looks for pairs in a text with those words.
func (p *pairing) read(text string, words []index.Find) {
	last := index.Find{Term: none}
	for _, w := range words {
		if w.Term >= len(p.after) { // it is in no pair
			continue
		}
		if f := p.find(last.Term, w.Term); f != nil && p.best[f.pair] < 1 {
			if c := p.closeness(text, last, w); c > p.best[f.pair] {
				p.found += f.weight * (c - p.best[f.pair])
				p.best[f.pair] = c
			}
		}
		last = w
	}
}

// How close two words of a text are that do not stand side by side.
const (
	apart      = 0.5 // with one word between them
	joined     = 0.7 // with words of grammar between them, at most mostJoined
	mostJoined = 3
)

// closeness is 1 for two words of a text side by side, less for two with few
// words between them, and 0 for others.
func (p *pairing) closeness(text string, a, b index.Find) float64 {
	if b.Start <= a.End {
		return 1
	}
	words, grammar := 0, 0
	for word := range strings.FieldsFuncSeq(text[a.End:b.Start], notInWord) {
		if words++; words > mostJoined {
			return 0
		}
		if p.tongue.grammar(strings.ToLower(word)) {
			grammar++
		}
	}
	switch {
	case words == 0:
		return 1
	case words == grammar:
		return joined
	case words == 1:
		return apart
	}
	return 0
}

func notInWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

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
		seen := map[string]bool{}
		for w := range s.Keywords(e.Lang, text) {
			if !set[w.Term] {
				return false
			}
			seen[w.Term] = true
		}
		return len(seen) == len(set)
	})
}
