package check

import (
	"time"
	"unicode/utf8"

	"kb/content"
)

// maxAnswer is how many characters an answer has at most that a visitor reads
// in an accordion: about 800 words, two screens of a laptop.
const maxAnswer = 5000

func longAnswers(in Input) []content.Problem {
	return each(in, "long-answer", func(e *content.Entry) (string, []any) {
		n := utf8.RuneCountInString(e.Answer.Text)
		if n <= maxAnswer {
			return "", nil
		}
		return "the answer to %q has %d characters, more than %d: split it, or link to the long form", []any{e.Question, n, maxAnswer}
	})
}

// stale finds answers that nobody has looked at for too long. Of entries whose
// date is not known it says nothing.
func stale(in Input) []content.Problem {
	return each(in, "stale", func(e *content.Entry) (string, []any) {
		if in.Oldest.IsZero() || e.Updated.IsZero() || !e.Updated.Before(in.Oldest) {
			return "", nil
		}
		return "%q was last updated on %s", []any{e.Question, e.Updated.Format(time.DateOnly)}
	})
}

// missingIDs finds questions whose addresses change with their words.
func missingIDs(in Input) []content.Problem {
	return each(in, "missing-id", func(e *content.Entry) (string, []any) {
		if e.Anchor != "" {
			return "", nil
		}
		return "the id %q is made of the question and changes with it", []any{e.ID}
	})
}

// each calls find for each entry and makes problems of what it has to say.
func each(in Input, name string, find func(*content.Entry) (format string, args []any)) []content.Problem {
	var all []content.Problem
	for _, e := range in.Corpus.Entries {
		if format, args := find(e); format != "" {
			all = append(all, problem(e.Pos, name, format, args...))
		}
	}
	return all
}
