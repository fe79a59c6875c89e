package search

import (
	"math"

	"kb/index/likeness"
	"kb/search/bm25"
)

// Parameters of what is added to the score of the words. They were chosen with
// those of model.
const (
	likenessWeight = 8.0 // of a query that is the question, beside words: about that of a rare word in it
	likenessBeside = 5.0 // the same beside words and meaning, which knows questions that are alike
	refined        = 200 // how many of the best matches are looked at more closely
)

// refine adds to the scores what is not in single words: how like the query is
// to a question as a text, and how near to an entry in meaning. Entries that
// ask exactly what the query asks come first.
func (s *Searcher) refine(a *answer) error {
	questions, err := s.snapshot.Questions()
	if err != nil {
		return err
	}
	a.signals = make(map[uint32]signals, refined)
	query := likeness.NewQuery(a.reading.key())
	weight := likenessWeight
	if a.meaning != nil {
		weight = likenessBeside
	}
	top := raise(a.matches, refined)
	for i, m := range top {
		like := questions.Dice(query, m.Doc)
		a.signals[m.Doc] = signals{words: m.Score, likeness: like}
		top[i].Score += weight * like
	}
	if a.meaning != nil {
		if err := s.fuse(a); err != nil {
			return err
		}
	}
	s.putExactFirst(a, questions)
	return nil
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
	key := s.snapshot.Key("", a.request.unquoted)
	if key == "" {
		return
	}
	own, aliases := questions.Exact(key)
	if len(own)+len(aliases) == 0 {
		return
	}
	tier := make(map[uint32]int, len(own)+len(aliases))
	for _, doc := range aliases {
		tier[doc] = 1
	}
	for _, doc := range own {
		tier[doc] = 2
	}
	top := highest(a.matches)
	for i, m := range a.matches {
		if t := tier[m.Doc]; t > 0 {
			a.matches[i].Score += float64(t) * top
			sig := a.signals[m.Doc]
			sig.exact = t
			a.signals[m.Doc] = sig
		}
	}
}

func highest(matches []bm25.Match) float64 {
	top := 0.0
	for _, m := range matches {
		top = math.Max(top, m.Score)
	}
	return top
}
