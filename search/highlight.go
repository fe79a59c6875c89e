package search

import (
	"strings"
	"unicode/utf8"

	"kb/index"
)

// A marker finds in a text the words that a query was read as, and those of its
// pairs.
type marker struct {
	searcher *Searcher
	wanted   *index.Wanted
	marked   []bool // by the number of a term: whether the query was read as it, and it is worth a window
	pairs    pairs
}

func (s *Searcher) marker(r *reading) *marker {
	t := termList{numbers: map[string]int{}}
	m := &marker{searcher: s, pairs: r.pairs(&t)}
	var all []int
	only := true
	for _, w := range r.words {
		only = only && w.function
		for _, a := range w.alternatives {
			for _, term := range a.Terms {
				all = append(all, t.number(term))
			}
		}
	}
	m.wanted, m.marked = index.NewWanted(t.terms), make([]bool, len(t.terms))
	for _, n := range all {
		m.marked[n] = true
	}
	for _, w := range r.words {
		if w.function && !only {
			m.marked[t.number(w.alternatives[0].Terms[0])] = false
		}
	}
	return m
}

// A termList is terms, each once, with their numbers in it.
type termList struct {
	terms   []string
	numbers map[string]int
}

// number returns the number of a term, which it adds.
func (t *termList) number(term string) int {
	n, ok := t.numbers[term]
	if !ok {
		n = len(t.terms)
		t.numbers[term], t.terms = n, append(t.terms, term)
	}
	return n
}

// find returns the words of text that are wanted.
func (m *marker) find(lang, text string) []index.Find {
	return m.searcher.snapshot.Find(lang, text, m.wanted)
}

// spans returns the matching words of a text in which those were found. They
// are in order, not empty, and do not overlap.
func (m *marker) spans(found []index.Find) []Span {
	spans := make([]Span, 0, len(found))
	end := 0
	for _, t := range found {
		switch {
		case !m.marked[t.Term] || t.End <= end || t.Start == t.End:
		case t.Start < end: // pairs of letters overlap
			spans[len(spans)-1][1] = t.End
		default:
			spans = append(spans, Span{t.Start, t.End})
		}
		if len(spans) > 0 {
			end = spans[len(spans)-1][1]
		}
	}
	return spans
}

// excerptSize is about how many bytes of an answer are shown beside a
// question: two lines of a page.
const excerptSize = 200

const ellipsis = "…"

// Opening returns the beginning of an answer as one line, as an excerpt is in
// which nothing matches.
func Opening(text string) string {
	line, _ := excerpt(text, nil)
	return line
}

// excerpt returns the part of text, as one line, that has most of the words
// that match, and which of the spans of text are in it, by their places there.
// Where text goes on, it has an ellipsis.
func excerpt(text string, spans []Span) (string, []Span) {
	from, to := window(text, spans)
	l := line{text: text[:to], at: from}
	l.Grow(excerptSize + 8*len(ellipsis)) // and some marks
	if from > 0 {
		l.WriteString(ellipsis)
	}
	l.begin(to)
	shown := []Span{}
	for _, s := range spans {
		if s[0] >= from && s[1] <= to {
			l.write(s[0])
			start := l.Len()
			l.write(s[1])
			shown = append(shown, Span{start, l.Len()})
		}
	}
	l.write(to)
	if to < len(text) {
		l.WriteString(ellipsis)
	}
	return l.String(), shown
}

// A line is several lines of text as one.
type line struct {
	strings.Builder
	text string
	at   int // so far it is written
}

// Marks between what were lines: the items of a list, and the rows of a table
// or other lines below one another. Paragraphs follow each other.
const (
	itemMark = " • "
	rowMark  = " · "
	item     = "- "
)

// begin writes the mark of the item that the text begins with, if it does.
func (l *line) begin(end int) {
	if (l.at == 0 || l.text[l.at-1] == '\n') && strings.HasPrefix(l.text[l.at:end], item) {
		l.WriteString(itemMark[1:])
		l.at += len(item)
	}
}

// write writes the text up to a place.
func (l *line) write(end int) {
	for l.at < end {
		c := l.text[l.at]
		switch {
		case c == '\n' || c == '\r':
			l.breakLine(end)
			continue
		case c < ' ' || c == 0x7f:
			l.WriteByte(' ')
		default:
			l.WriteByte(c)
		}
		l.at++
	}
}

// breakLine writes what stands for the line breaks here.
func (l *line) breakLine(end int) {
	breaks := 0
	for ; l.at < end && (l.text[l.at] == '\n' || l.text[l.at] == '\r'); l.at++ {
		if l.text[l.at] == '\n' {
			breaks++
		}
	}
	for l.at < end && l.text[l.at] == ' ' {
		l.at++
	}
	switch {
	case l.at == end:
	case l.at+len(item) <= end && l.text[l.at:l.at+len(item)] == item:
		l.WriteString(itemMark)
		l.at += len(item)
	case breaks == 1:
		l.WriteString(rowMark)
	default:
		l.WriteByte(' ')
	}
}

// window returns the bytes of text to show: those that hold the most distinct
// spans, the first such, a little before the first of them.
func window(text string, spans []Span) (from, to int) {
	if len(text) <= excerptSize {
		return 0, len(text)
	}
	if len(spans) > 0 {
		from = max(0, spans[densest(text, spans)][0]-excerptSize/5)
	}
	from = max(0, min(from, len(text)-excerptSize))
	return wordStart(text, from), wordEnd(text, min(len(text), from+excerptSize))
}

// densest returns the span at which the window begins that has the most
// different words.
func densest(text string, spans []Span) int {
	var most, at int
	for i, first := range spans {
		words := map[string]bool{}
		for _, s := range spans[i:] {
			if s[1] > first[0]+excerptSize*4/5 {
				break
			}
			words[strings.ToLower(text[s[0]:s[1]])] = true
		}
		if len(words) > most {
			most, at = len(words), i
		}
	}
	return at
}

// slack is how many bytes a cut moves at most in search of the end of a word.
const slack = 30

const blanks = " \n\t"

// wordStart returns the first start of a word at or after i, or a start of a
// rune if there is none near.
func wordStart(text string, i int) int {
	if i == 0 {
		return 0
	}
	if n := strings.IndexAny(text[i:min(len(text), i+slack)], blanks); n >= 0 {
		return i + n + 1
	}
	for i < len(text) && !utf8.RuneStart(text[i]) {
		i++
	}
	return i
}

// wordEnd returns the last end of a word at or before i, or the next if none
// is near. Far from both, an address is left out unless it is most of the
// text, and other text ends between runes: not all languages have blanks.
func wordEnd(text string, i int) int {
	if i >= len(text) {
		return len(text)
	}
	last := strings.LastIndexAny(text[:i], blanks)
	if last >= i-slack {
		return last
	}
	if n := strings.IndexAny(text[i:min(len(text), i+slack)], blanks); n >= 0 {
		return i + n
	}
	if len(text) <= i+slack {
		return len(text)
	}
	if last > i/2 && strings.Contains(text[last:i], "://") {
		return last
	}
	for !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}
