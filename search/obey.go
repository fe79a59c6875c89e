package search

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kb/content"
	"kb/index"
	"kb/search/bm25"
)

// maxVerified is how many entries are read to see whether a phrase is in them,
// or a word with a dash: the best ones, some milliseconds of work.
const maxVerified = 1000

// leaveOut takes the entries with the words after a dash out of a, if any
// others are left. If not, or where the dash belongs to the word, as in the
// option of a command, the words are looked for like all others.
func (s *Searcher) leaveOut(ctx context.Context, a *answer) error {
	if len(a.request.without) == 0 {
		return nil
	}
	left := slices.Clone(a.all)
	for _, w := range a.request.without {
		with, err := s.ranker.Having(ctx, s.stem(a.reading.tongue, w))
		if err != nil {
			return err
		}
		written, err := s.isWritten(ctx, "-"+w, a, with)
		if err != nil {
			return err
		}
		if written || with.Len() == 0 {
			return s.readAndScore(ctx, a, a.request.unquoted)
		}
		left.Remove(with)
	}
	words := strings.Join(a.request.without, ", ")
	if left.Len() == 0 {
		a.notes = append(a.notes, fmt.Sprintf("no answer without %s: nothing was left out", words))
		return s.readAndScore(ctx, a, a.request.unquoted)
	}
	a.notes = append(a.notes, "answers with "+words+" left out")
	return s.keepOnly(ctx, a, left)
}

// keepOnly makes the matches in set the only ones.
func (s *Searcher) keepOnly(ctx context.Context, a *answer, set bm25.Set) error {
	a.all.Keep(set)
	a.keep(set)
	a.strict = true
	_, err := s.score(ctx, a, a.limit, a.within)
	return err
}

// among returns the n best matches of a that are in set, best first.
func (s *Searcher) among(ctx context.Context, a *answer, set bm25.Set, n int) ([]match, error) {
	some := &answer{reading: a.reading}
	if _, err := s.score(ctx, some, n, set); err != nil {
		return nil, err
	}
	return best(some.matches, n), nil
}

// isWritten reports whether text stands like that in one of the best matches
// that are in set.
func (s *Searcher) isWritten(ctx context.Context, text string, a *answer, set bm25.Set) (bool, error) {
	matches, err := s.among(ctx, a, set, maxVerified/10)
	if err != nil {
		return false, err
	}
	for _, m := range matches {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		e, err := s.snapshot.EntryAt(uint64(m.doc))
		if err != nil {
			return false, err
		}
		for f := range strings.FieldsSeq(e.Question + " " + e.Answer.Text) {
			if strings.HasPrefix(f, text) || strings.HasPrefix(f, "-"+text) {
				return true, nil
			}
		}
	}
	return false, nil
}

// keepPhrases keeps the entries that have every phrase of the query, if there
// is one.
func (s *Searcher) keepPhrases(ctx context.Context, a *answer) error {
	for _, text := range a.request.quoted {
		terms := s.terms(a.reading.tongue.tag, text)
		if len(terms) < 2 {
			continue
		}
		kept, err := s.withPhrase(ctx, a, terms)
		if err != nil {
			return err
		}
		if kept.Len() == 0 {
			a.notes = append(a.notes, fmt.Sprintf("no answer has “%s” word for word: these have its words", text))
			continue
		}
		if err := s.keepOnly(ctx, a, kept); err != nil {
			return err
		}
	}
	return nil
}

// withPhrase returns the matches of a that have the terms side by side.
func (s *Searcher) withPhrase(ctx context.Context, a *answer, terms []string) (bm25.Set, error) {
	candidates := slices.Clone(a.all)
	for _, t := range terms {
		has, err := s.ranker.Having(ctx, t)
		if err != nil {
			return nil, err
		}
		candidates.Keep(has)
	}
	matches, err := s.among(ctx, a, candidates, maxVerified)
	if err != nil {
		return nil, err
	}
	kept := bm25.NewSet(s.ranker.Total())
	for _, m := range matches {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		e, err := s.snapshot.EntryAt(uint64(m.doc))
		if err != nil {
			return nil, err
		}
		if s.hasPhrase(e, terms) {
			kept.Add(m.doc)
		}
	}
	return kept, nil
}

// hasPhrase reports whether the terms stand side by side in one field of e.
func (s *Searcher) hasPhrase(e *content.Entry, terms []string) bool {
	texts := append([]string{e.Question, e.Answer.Text}, e.Aliases...)
	for _, text := range append(texts, e.Section...) {
		if contains(s.terms(e.Lang, text), terms) {
			return true
		}
	}
	return false
}

// terms returns the terms of a text in the order of its words.
func (s *Searcher) terms(lang, text string) []string {
	var terms []string
	for _, t := range s.snapshot.Analyze(index.Question, lang, text) {
		terms = append(terms, t.Term)
	}
	return terms
}

func contains(all, part []string) bool {
	for i := 0; i+len(part) <= len(all); i++ {
		if slices.Equal(all[i:i+len(part)], part) {
			return true
		}
	}
	return false
}
