package index

import (
	"slices"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
)

// A tokenBuffer is room for tokens, which stay until it is used again.
type tokenBuffer struct {
	tokens []analysis.Token
	stream analysis.TokenStream
}

// split finds the words of folded text as bleve's unicode tokenizer does. Most
// text is ASCII, and for that the rules of UAX #29 are few.
func split(text []byte, buf *tokenBuffer) analysis.TokenStream {
	for _, c := range text {
		if c >= utf8.RuneSelf || c == '_' {
			return unicode.NewUnicodeTokenizer().Tokenize(text)
		}
	}
	return splitASCII(text, buf)
}

func splitASCII(text []byte, buf *tokenBuffer) analysis.TokenStream {
	const usual = 6 // bytes of a word and what follows it
	buf.tokens = slices.Grow(buf.tokens[:0], len(text)/usual)
	buf.stream = slices.Grow(buf.stream[:0], len(text)/usual)
	for i := 0; i < len(text); {
		if class(text[i]) == other {
			i++
			continue
		}
		end := wordEnd(text, i)
		buf.tokens = append(buf.tokens, analysis.Token{
			Term: text[i:end:end], Start: i, End: end, Position: len(buf.tokens) + 1,
		})
		i = end
	}
	for i := range buf.tokens {
		buf.stream = append(buf.stream, &buf.tokens[i])
	}
	return buf.stream
}

// wordEnd returns where the word that begins at i ends: letters and digits go
// together, and so do two letters or two digits with one mark between them.
func wordEnd[T string | []byte](text T, i int) int {
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

type asciiClass uint8

const (
	other asciiClass = iota
	letter
	digit
)

// classes are those of all bytes.
var classes = func() (t [256]asciiClass) {
	for c := range t {
		switch b := byte(c); {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z':
			t[c] = letter
		case '0' <= b && b <= '9':
			t[c] = digit
		}
	}
	return t
}()

func class(c byte) asciiClass { return classes[c] }

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
