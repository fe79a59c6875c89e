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
	var left = a.matches
	for _, w := range a.request.without {
		p, err := s.ranker.Postings(ctx, s.stem(w))
		if err != nil {
			return err
		}
		written, err := s.isWritten(ctx, "-"+w, a.matches, p)
		if err != nil {
			return err
		}
		if written || p.Len() == 0 {
			return s.readAndScore(ctx, a, a.request.unquoted)
		}
		left = keep(slices.Clone(left), func(doc uint32) bool { return !p.Has(doc) })
	}
	words := strings.Join(a.request.without, ", ")
	if len(left) == 0 {
		a.notes = append(a.notes, fmt.Sprintf("no answer without %s: nothing was left out", words))
		return s.readAndScore(ctx, a, a.request.unquoted)
	}
	a.matches, a.strict = left, true
	a.notes = append(a.notes, "answers with "+words+" left out")
	return nil
}

// isWritten reports whether text stands like that in one of the matches that
// are in p.
func (s *Searcher) isWritten(ctx context.Context, text string, matches []bm25.Match, p *bm25.Postings) (bool, error) {
	matches = keep(slices.Clone(matches), p.Has)
	for _, m := range best(matches, maxVerified/10) {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		e, err := s.snapshot.EntryAt(uint64(m.Doc))
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
		terms := s.terms("", text)
		if len(terms) < 2 {
			continue
		}
		kept, err := s.withPhrase(ctx, a.matches, terms)
		if err != nil {
			return err
		}
		if len(kept) == 0 {
			a.notes = append(a.notes, fmt.Sprintf("no answer has “%s” word for word: these have its words", text))
			continue
		}
		a.matches, a.strict = kept, true
	}
	return nil
}

func (s *Searcher) withPhrase(ctx context.Context, matches []bm25.Match, terms []string) ([]bm25.Match, error) {
	candidates := slices.Clone(matches)
	for _, t := range terms {
		p, err := s.ranker.Postings(ctx, t)
		if err != nil {
			return nil, err
		}
		candidates = keep(candidates, p.Has)
	}
	var kept []bm25.Match
	for _, m := range best(candidates, maxVerified) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		e, err := s.snapshot.EntryAt(uint64(m.Doc))
		if err != nil {
			return nil, err
		}
		if s.hasPhrase(e, terms) {
			kept = append(kept, m)
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
