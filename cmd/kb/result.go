package main

import (
	"fmt"
	"strings"

	"kb/search"
)

// result prints r for people: the best answer in full if it is likely to be
// one, and the other hits in short.
func (a *app) result(r *search.Result, o origin, from supply) {
	for _, n := range r.Notes {
		a.err.note("%s", n)
	}
	hits := r.Hits
	if r.Confident && len(hits) > 0 {
		a.best(hits[0])
		hits = hits[1:]
	}
	for _, h := range hits {
		a.out.put(span{plain, "\n"})
		a.also(h)
	}
	if a.out.live() && len(r.Hits) > 0 {
		a.footer(r, o, from)
	}
}

// best prints a hit with its id and its whole answer.
func (a *app) best(h search.Hit) {
	a.out.paragraph(0, highlighted(h.Question, h.Highlights["question"], bold)...)
	a.out.paragraph(0, span{dim, strings.TrimLeft(trail(h.Section)+" ("+h.ID+")", " ")})
	if h.AnswerText != "" {
		a.out.put(span{plain, "\n"})
		a.out.paragraph(0, matched(h)...)
	} else {
		a.out.paragraph(0, span{dim, "not answered yet"})
	}
	a.why(0, h)
}

// matched returns the answer of h with the matches of its excerpt marked.
func matched(h search.Hit) []span {
	at := strings.Index(h.AnswerText, h.Excerpt)
	if h.Excerpt == "" || at < 0 {
		return []span{{plain, h.AnswerText}}
	}
	end := at + len(h.Excerpt)
	text := []span{{plain, h.AnswerText[:at]}}
	text = append(text, highlighted(h.Excerpt, h.Highlights["excerpt"], plain)...)
	return append(text, span{plain, h.AnswerText[end:]})
}

// also prints a hit in short: its question, its id, and what matched.
func (a *app) also(h search.Hit) {
	const indent = 4
	number := fmt.Sprintf("%*d. ", indent-2, h.Rank)
	a.out.put(span{dim, number})
	question := append(highlighted(h.Question, h.Highlights["question"], plain), span{dim, "  (" + h.ID + ")"})
	a.out.hanging(indent, question...)
	if h.Excerpt != "" {
		flat := strings.ReplaceAll(h.Excerpt, "\n", " ")
		a.out.paragraph(indent, highlighted(flat, h.Highlights["excerpt"], dim)...)
	}
	a.why(indent, h)
}

func (a *app) why(indent int, h search.Hit) {
	for _, w := range h.Why {
		a.out.paragraph(indent, span{dim, "- " + w})
	}
}

// footer says what to do next.
func (a *app) footer(r *search.Result, o origin, from supply) {
	total := count(r.Total, "question")
	show := "kb show " + quoted(r.Hits[0].ID) + o.args()
	a.out.put(span{plain, "\n"})
	a.out.paragraph(0, span{dim, total + " matched; " + show + " prints one, --json is for programs"})
	if from.shipped {
		a.out.paragraph(0, span{dim, "from the FAQ that ships with kb; --content PATH asks your own"})
	}
}

// highlighted splits text into the ranges that matched and the rest.
func highlighted(text string, ranges []search.Span, rest style) []span {
	var spans []span
	at := 0
	for _, r := range ranges {
		if r[0] < at || r[1] < r[0] || r[1] > len(text) {
			continue
		}
		spans = append(spans, span{rest, text[at:r[0]]}, span{match, text[r[0]:r[1]]})
		at = r[1]
	}
	return append(spans, span{rest, text[at:]})
}

// trail returns headings as one line.
func trail(section []string) string { return strings.Join(section, " › ") }
