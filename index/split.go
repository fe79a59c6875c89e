package index

import (
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
)

// split finds the words of folded text as bleve's unicode tokenizer does. Most
// text is ASCII, and for that the rules of UAX #29 are few.
func split(text []byte) analysis.TokenStream {
	for _, c := range text {
		if c >= utf8.RuneSelf || c == '_' {
			return unicode.NewUnicodeTokenizer().Tokenize(text)
		}
	}
	return splitASCII(text)
}

func splitASCII(text []byte) analysis.TokenStream {
	const usual = 5 // bytes of a word and what follows it; short, to be enough
	words := make([]analysis.Token, 0, len(text)/usual+1)
	for i := 0; i < len(text); {
		if class(text[i]) == other {
			i++
			continue
		}
		end := wordEnd(text, i)
		words = append(words, analysis.Token{
			Term: text[i:end:end], Start: i, End: end, Position: len(words) + 1,
		})
		i = end
	}
	stream := make(analysis.TokenStream, len(words))
	for i := range words {
		stream[i] = &words[i]
	}
	return stream
}

// wordEnd returns where the word that begins at i ends: letters and digits go
// together, and so do two letters or two digits with one mark between them.
func wordEnd(text []byte, i int) int {
	for i++; i < len(text); i++ {
		if class(text[i]) != other {
			continue
		}
		if i+1 == len(text) || !joins(text[i], class(text[i-1]), class(text[i+1])) {
			return i
		}
	}
	return i
}

type asciiClass int

const (
	other asciiClass = iota
	letter
	digit
)

func class(c byte) asciiClass {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		return letter
	case '0' <= c && c <= '9':
		return digit
	}
	return other
}

// joins reports whether mark makes one word of what is before and after it.
func joins(mark byte, before, after asciiClass) bool {
	if before != after {
		return false
	}
	switch mark {
	case '.', '\'':
		return before != other
	case ':':
		return before == letter
	case ',', ';':
		return before == digit
	}
	return false
}
