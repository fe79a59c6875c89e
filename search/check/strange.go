package check

import (
	"slices"
	"strings"

	"kb/content"
	"kb/index"
	"kb/index/embed"
)

// An answer that may stand below the wrong question.
const (
	minStrange  = 60   // words that it has at least: short ones need not repeat anything
	minKeywords = 2    // words of the question that say what it is about
	mostStrange = 0.15 // cosine of the two at most
)

// strangeAnswers finds answers that have no word of their question and mean
// something else, as far as the model knows what the question means.
func strangeAnswers(l *library) []content.Problem {
	var all []content.Problem
	for i, e := range l.corpus.Entries {
		keywords := l.asked[i].keywords
		if len(keywords) < minKeywords || !l.understands(i) || len(strings.Fields(e.Answer.Text)) < minStrange {
			continue
		}
		if l.repeats(e, keywords) || cosine(l.vector(i), l.model.Embed(embed.Stems(e.Answer.Text))) > mostStrange {
			continue
		}
		all = append(all, l.problem(i, "answer-words", "the answer to %q has none of its words", e.Question))
	}
	return all
}

// repeats reports whether the answer of an entry has one of the keywords of
// its question.
func (l *library) repeats(e *content.Entry, keywords []string) bool {
	return slices.ContainsFunc(l.Snapshot().Analyze(index.Answer, e.Lang, e.Answer.Text), func(t index.Token) bool {
		return slices.Contains(keywords, t.Term)
	})
}
