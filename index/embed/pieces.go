package embed

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Tokenizer says how a model that somebody brought divides a text.
type Tokenizer struct {
	Languages []string `json:"languages"` // bases of BCP 47 tags; "*" is all of them
	Unigram   bool     `json:"unigram"`   // the likeliest pieces of a word, and not the longest first ones
	Lower     bool     `json:"lower"`
	Bare      bool     `json:"bare"`   // without accents
	Single    bool     `json:"single"` // each ideograph is a word
}

// Marks in the vocabularies of models: of a piece inside a word, with the
// longest pieces first, and of the beginning of a word, with the likeliest.
const (
	inside    = "##"
	beginning = "▁"
)

// maxPieces is how many letters a word has that is divided; longer ones are
// skipped.
const maxPieces = 100

// covers reports whether a language, a BCP 47 tag, is one of the model's.
func (t *Tokenizer) covers(lang string) bool {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	for _, l := range t.Languages {
		if l == "*" || l == base {
			return true
		}
	}
	return false
}

// words calls f with each word of text, and each mark between words.
func (t *Tokenizer) words(text string, f func(string)) {
	if t.Lower {
		text = strings.ToLower(text)
	}
	if t.Bare {
		text = strings.Map(withoutMark, norm.NFD.String(text))
	}
	if t.Unigram {
		for w := range strings.FieldsSeq(norm.NFKC.String(text)) {
			f(beginning + w)
		}
		return
	}
	start := -1
	for i, r := range text {
		alone := unicode.IsPunct(r) || unicode.IsSymbol(r) || t.Single && unicode.Is(unicode.Han, r)
		if start >= 0 && (alone || unicode.IsSpace(r)) {
			f(text[start:i])
			start = -1
		}
		switch {
		case alone:
			f(string(r))
		case start < 0 && !unicode.IsSpace(r):
			start = i
		}
	}
	if start >= 0 {
		f(text[start:])
	}
}

func withoutMark(r rune) rune {
	if unicode.Is(unicode.Mn, r) {
		return -1
	}
	return r
}

// pieces returns the rows of the pieces of a word, none if it has no pieces.
func (m *Model) pieces(word string) []int {
	switch {
	case utf8.RuneCountInString(word) > maxPieces:
		return nil
	case m.tokenizer.Unigram:
		return m.likeliestPieces(word)
	}
	return m.longestPieces(word)
}

// longestPieces takes the longest piece that a word begins with, and so on: Wu
// et al.: Google's Neural Machine Translation System, 2016.
func (m *Model) longestPieces(word string) []int {
	var rows []int
	mark := ""
	for word != "" {
		row, end := unknown, len(word)
		for row == unknown && end > 0 {
			if row = m.row(mark + word[:end]); row == unknown {
				_, n := utf8.DecodeLastRuneInString(word[:end])
				end -= n
			}
		}
		if row == unknown {
			return nil
		}
		rows = append(rows, row)
		word, mark = word[end:], inside
	}
	return rows
}

// rarest is the score of a letter that is no piece, less than that of any.
const rarest = -30

// likeliestPieces divides a word so that the scores of its pieces add up to
// most (Kudo: Subword Regularization, ACL 2018). Letters that are no piece are
// left out.
func (m *Model) likeliestPieces(word string) []int {
	type step struct {
		score float64
		from  int
		row   int
	}
	best := make([]step, len(word)+1)
	for i := range best[1:] {
		best[i+1].score = math.Inf(-1)
	}
	for i := 0; i < len(word); {
		_, n := utf8.DecodeRuneInString(word[i:])
		if s := best[i].score + rarest; s > best[i+n].score {
			best[i+n] = step{s, i, unknown}
		}
		for end := i + n; end <= len(word); {
			if row := m.row(word[i:end]); row != unknown {
				if s := best[i].score + m.score(row); s > best[end].score {
					best[end] = step{s, i, row}
				}
			}
			_, more := utf8.DecodeRuneInString(word[end:])
			end += max(more, 1)
		}
		i += n
	}
	var rows []int
	for at := len(word); at > 0; at = best[at].from {
		if best[at].row != unknown {
			rows = append(rows, best[at].row)
		}
	}
	return rows
}
