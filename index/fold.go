package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A folding is text as it is given to bleve: without what people leave out or
// write in several ways when they type a query. bleve has only a character
// filter for that, which loses the offsets.
type folding struct {
	text string
	from []int // from[i] is where byte i of text, or its end, was; nil if nothing moved
}

// origin returns where in the unfolded text byte i of the folded one was.
func (f folding) origin(i int) int {
	if f.from == nil {
		return i
	}
	return f.from[i]
}

// fold returns text with accents of Latin and Greek letters dropped, ligatures
// spelled out, curly apostrophes made straight, invisible characters dropped,
// and names split whose parts a dot, colon or underscore joins. In English, an
// apostrophe inside a word is dropped, save that of 's.
func fold(l language, text string) folding {
	if plain(text) {
		return folding{text: text}
	}
	w := folder{english: l.base == "en", src: text, from: make([]int, 0, len(text)+1)}
	w.Grow(len(text))
	for i, r := range text {
		w.at = i
		w.rune(r, i+utf8.RuneLen(r))
	}
	w.from = append(w.from, len(text))
	return folding{w.String(), w.from}
}

// plain reports whether fold would surely change nothing.
func plain(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= utf8.RuneSelf, c == '\'', c == '_':
			return false
		case (c == '.' || c == ':') && i+1 < len(text) && text[i+1] > ' ':
			return false
		}
	}
	return true
}

type folder struct {
	strings.Builder
	english bool
	src     string
	at      int   // where in src the current rune is
	from    []int // as in folding
	base    bool  // the last letter written may lose its accents
}

// rune folds the rune r of src, which ends at next.
func (w *folder) rune(r rune, next int) {
	switch {
	case r < utf8.RuneSelf:
		w.ascii(r, next)
	case r == '’' || r == '‘' || r == 'ʼ' || r == '＇':
		w.ascii('\'', next)
	case unicode.Is(unicode.Mn, r) && w.base, invisible(r):
	case spelled(r) != "":
		w.write(spelled(r))
	case r == utf8.RuneError:
		w.write(" ")
	default:
		w.decompose(r)
	}
}

func (w *folder) ascii(r rune, next int) {
	inside := w.letterBefore() && letterAt(w.src, next)
	switch {
	case r == '\'' && inside && w.english && !w.possessive(next):
		return
	case (r == '.' || r == ':') && inside, r == '_':
		r = ' '
	}
	w.write(string(r))
	w.base = true
}

// decompose writes r without its accents, if it is Latin or Greek.
func (w *folder) decompose(r rune) {
	w.base = unicode.In(r, unicode.Latin, unicode.Greek)
	if !w.base {
		w.write(string(r))
		return
	}
	for _, d := range norm.NFD.String(string(r)) {
		if !unicode.Is(unicode.Mn, d) {
			w.write(string(d))
		}
	}
}

func (w *folder) write(s string) {
	for range len(s) {
		w.from = append(w.from, w.at)
	}
	w.WriteString(s)
}

func (w *folder) letterBefore() bool {
	r, _ := utf8.DecodeLastRuneInString(w.String())
	return unicode.IsLetter(r)
}

// possessive reports whether src at i is an s that ends a word.
func (w *folder) possessive(i int) bool {
	return (w.src[i] == 's' || w.src[i] == 'S') && !letterAt(w.src, i+1)
}

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

// invisible reports whether r shows nothing and means nothing for a word. The
// two joiners do, in Persian and in the scripts of India.
func invisible(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return unicode.Is(unicode.Cf, r) && r != nonJoiner && r != joiner
}

// spelled returns the letters for a letter that Unicode does not decompose.
func spelled(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ', 'Æ':
		return "ae"
	case 'œ', 'Œ':
		return "oe"
	case 'ø', 'Ø':
		return "o"
	case 'đ', 'Đ', 'ð', 'Ð':
		return "d"
	case 'ł', 'Ł':
		return "l"
	case 'þ', 'Þ':
		return "th"
	case 'ı':
		return "i"
	case 'ﬀ':
		return "ff"
	case 'ﬁ':
		return "fi"
	case 'ﬂ':
		return "fl"
	case 'ﬃ':
		return "ffi"
	case 'ﬄ':
		return "ffl"
	}
	return ""
}
