package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxText is how many bytes of a query are read: some three pages of text.
const MaxText = 4 << 10

// maxObeyed is how many phrases, and how many words to leave out, are obeyed:
// each costs a look into many entries, and nobody types as many. Those beyond
// it are words like all others.
const maxObeyed = 4

// clip returns text as valid UTF-8 of at most MaxText bytes.
func clip(text string) string {
	if len(text) > MaxText {
		text = text[:MaxText]
		for i := len(text) - 1; i > len(text)-utf8.UTFMax; i-- {
			if utf8.RuneStart(text[i]) {
				if !utf8.FullRuneInString(text[i:]) {
					text = text[:i]
				}
				break
			}
		}
	}
	return strings.ToValidUTF8(text, " ")
}

// A request is the text of a query with what may be syntax told apart.
type request struct {
	words    string   // what is left, for the words in it
	quoted   []string // texts in quotes, which are in words as well
	without  []string // words after a dash, which are not in words
	unquoted string   // words as it would be without syntax
}

// parse tells quotes and dashes apart. Nothing in a text is an error: a quote
// without another one, or a dash that is not in front of a word of letters, is
// a character like any other.
func parse(text string) request {
	r := request{unquoted: text}
	r.quoted = quoted(text)
	var kept []string
	for field := range strings.FieldsSeq(text) {
		if w, ok := excluded(field); ok && len(r.without) < maxObeyed {
			r.without = append(r.without, w)
			continue
		}
		kept = append(kept, field)
	}
	r.words = text
	if len(kept) == 0 {
		r.without = nil
	}
	if len(r.without) > 0 {
		r.words = strings.Join(kept, " ")
	}
	return r
}

// quoted returns the texts between quotes that have two words or more.
func quoted(text string) []string {
	var all []string
	for {
		i := strings.IndexAny(text, `"“„«`)
		if i < 0 || len(all) == maxObeyed {
			return all
		}
		open, n := utf8.DecodeRuneInString(text[i:])
		text = text[i+n:]
		end := strings.IndexAny(text, closing(open))
		if end < 0 {
			return all
		}
		if len(strings.Fields(text[:end])) > 1 {
			all = append(all, text[:end])
		}
		_, n = utf8.DecodeRuneInString(text[end:])
		text = text[end+n:]
	}
}

// closing returns the quotes that can end what the quote open began.
func closing(open rune) string {
	switch open {
	case '“':
		return `”"`
	case '„':
		return `“”"`
	case '«':
		return `»`
	}
	return `"”`
}

// minExcluded is how many letters a word has that can be left out with a dash:
// shorter ones are mostly the options of a command.
const minExcluded = 3

// excluded returns the word of a field of the form -word.
func excluded(field string) (string, bool) {
	word, dash := strings.CutPrefix(field, "-")
	if !dash || utf8.RuneCountInString(word) < minExcluded {
		return "", false
	}
	for _, r := range word {
		if !unicode.IsLetter(r) {
			return "", false
		}
	}
	return word, true
}
