package embed

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// maxWord is how many bytes a word has that the model can know.
const maxWord = 24

// Stems returns the stems of the words of text in the way that the model knows
// them. They are words of ASCII letters and digits, in lower case, without
// apostrophes.
func Stems(text string) []string {
	var stems []string
	words(text, func(w string) { stems = append(stems, stem(w)) })
	return stems
}

// words calls f with each word of text.
func words(text string, f func(string)) {
	text = strings.ToLower(strings.ReplaceAll(text, "’", "'"))
	for i := 0; i < len(text); {
		if !letter(text[i]) {
			i++
			continue
		}
		j := i + 1
		for j < len(text) && (letter(text[j]) || text[j] == '\'') {
			j++
		}
		w := strings.TrimSuffix(strings.TrimRight(text[i:j], "'"), "'s")
		if w = strings.ReplaceAll(w, "'", ""); w != "" && len(w) <= maxWord {
			f(w)
		}
		i = j
	}
}

func letter(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

func stem(word string) string {
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return env.Current()
}

// Sizes of passages, in stems: one vector says little of a long text, and a
// vector of a few words says little at all.
const (
	minPassage  = 8
	maxPassage  = 80
	maxPassages = 30
)

// mostKnown is the number of words that an encoder remembers before it begins
// anew: some 3 MB.
const mostKnown = 32 << 10

// An encoder embeds many texts: it remembers words. It is not safe for use by
// several goroutines.
type encoder struct {
	model *Model
	known map[string]int // word to row; nil for few texts, of which the model remembers the words
}

func newEncoder(m *Model) *encoder { return &encoder{m, map[string]int{}} }

// rows returns the rows of the words of text, unknown ones among them.
func (e *encoder) rows(text string) []int {
	var rows []int
	if t := e.model.tokenizer; t != nil {
		t.words(text, func(w string) { rows = append(rows, e.model.pieces(w)...) })
		return rows
	}
	words(text, func(w string) {
		rows = append(rows, e.row(w))
	})
	return rows
}

func (e *encoder) row(word string) int {
	if e.known == nil {
		return e.model.rowOf(word)
	}
	row, ok := e.known[word]
	if !ok {
		if len(e.known) >= mostKnown {
			clear(e.known)
		}
		row = e.model.row(stem(word))
		e.known[strings.Clone(word)] = row
	}
	return row
}

// embed returns the vector of a text, given as rows, or nil.
func (e *encoder) embed(rows []int) []float32 {
	known := make([]int, 0, len(rows))
	for _, r := range rows {
		if r != unknown {
			known = append(known, r)
		}
	}
	return e.model.sum(known)
}

// passages returns the rows of each passage of a text: sentences, joined up to
// minPassage stems and cut at maxPassage.
func (e *encoder) passages(text string) [][]int {
	var all [][]int
	var open []int
	for _, sentence := range sentences(text) {
		open = append(open, e.rows(sentence)...)
		for len(open) >= minPassage && len(all) < maxPassages {
			n := min(len(open), maxPassage)
			all = append(all, open[:n:n])
			open = open[n:]
		}
	}
	switch {
	case len(open) == 0 || len(all) == maxPassages:
	case len(all) == 0:
		all = append(all, open)
	default:
		all[len(all)-1] = append(all[len(all)-1], open...)
	}
	return all
}

// sentences cuts text after newlines and after marks that end a sentence.
func sentences(text string) []string {
	var all []string
	start := 0
	for i := range len(text) {
		last := i+1 == len(text)
		ends := strings.IndexByte(".!?", text[i]) >= 0 && (last || text[i+1] == ' ' || text[i+1] == '\n')
		if text[i] == '\n' || ends || last {
			all = append(all, text[start:i+1])
			start = i + 1
		}
	}
	return all
}
