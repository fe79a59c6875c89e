package check

import (
	"strings"
	"time"
	"unicode"
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

// minStrange is how many words an answer has at least that could be expected
// to repeat one of its question. Short answers have none for good reasons.
const minStrange = 60

// strangeAnswers finds answers that may stand below the wrong question: they
// are long and have no word of theirs.
func strangeAnswers(in Input) []content.Problem {
	return each(in, "answer-words", func(e *content.Entry) (string, []any) {
		words := telling(e.Question)
		if len(words) < 2 || len(strings.Fields(e.Answer.Text)) < minStrange {
			return "", nil
		}
		text := strings.ToLower(e.Answer.Text)
		for _, w := range words {
			if strings.Contains(text, w) {
				return "", nil
			}
		}
		return "the answer to %q has none of its words", []any{e.Question}
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

// stemLength is how many letters of a word are looked for, so that its other
// forms count as it.
const stemLength = 5

// telling returns the beginnings of the words of a question that say what it
// is about: those long enough, in capitals or not.
func telling(question string) []string {
	var all []string
	for _, w := range strings.FieldsFunc(strings.ToLower(question), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if runes := []rune(w); len(runes) >= stemLength-1 && !asking[w] {
			all = append(all, string(runes[:min(len(runes), stemLength)]))
		}
	}
	return all
}

// asking are words of questions that no answer repeats.
var asking = map[string]bool{
	"what": true, "when": true, "where": true, "which": true, "does": true, "have": true, "should": true, "would": true, "could": true,
	"there": true, "with": true, "from": true, "that": true, "this": true, "between": true, "difference": true, "about": true, "mean": true,
	"happens": true, "happen": true, "need": true, "using": true, "work": true, "works": true, "they": true, "them": true, "your": true,
	"instead": true, "into": true, "some": true, "other": true, "many": true, "much": true, "want": true, "know": true,
}
