package index

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"kb/index/lang"
)

// A folding is text as it is given to bleve: without what people leave out or
// write in several ways when they type a query. bleve has only a character
// filter for that, which loses the offsets.
type folding struct {
	text   string
	moves  []move // in order
	simple bool   // splitASCII can split it
}

// A move says that from byte at of the folded text on, up to the next move,
// all came from that many bytes further on in the unfolded one.
type move struct{ at, by int }

// origin returns where in the unfolded text byte i of the folded one was, which
// begins a letter.
func (f folding) origin(i int) int {
	n := sort.Search(len(f.moves), func(k int) bool { return f.moves[k].at > i })
	if n == 0 {
		return i
	}
	return i + f.moves[n-1].by
}

// fold returns text with accents of Latin and Greek letters dropped, ligatures
// spelled out, curly apostrophes made straight, invisible characters dropped,
// forms of letters that are wide or half as wide made usual ones, and names
// split whose parts a dot, colon or underscore joins. An apostrophe inside a
// word is dropped in English, save that of 's, and splits the word in languages
// that leave out vowels before others, where many people type a space for it.
func fold(l lang.Language, text string) folding {
	at := plain(text, 0)
	if at == len(text) {
		return folding{text: text, simple: true}
	}
	w := folder{language: l, src: text, simple: true}
	w.Grow(len(text))
	w.copy(at)
	for w.at < len(text) {
		r, n := utf8.DecodeRuneInString(text[w.at:])
		before := w.Len()
		w.rune(r, w.at+n)
		w.simple = w.simple && simple(w.String()[before:])
		w.at += n
		w.follow()
		w.copy(plain(text, w.at))
	}
	return folding{w.String(), w.moves, w.simple}
}

// plain returns the end of the text from i on that fold surely leaves as it is.
func plain(text string, i int) int {
	for ; i < len(text); i++ {
		switch foldings[text[i]] {
		case always:
			return i
		case before:
			if i+1 < len(text) && text[i+1] > ' ' {
				return i
			}
		}
	}
	return i
}

// When fold may change a byte.
const (
	never  = iota
	before // another letter
	always
)

// foldings say when fold may change each byte.
var foldings = func() (t [256]uint8) {
	for c := utf8.RuneSelf; c < len(t); c++ {
		t[c] = always
	}
	t['\''], t['_'] = always, always
	t['.'], t[':'] = before, before
	return t
}()

type folder struct {
	strings.Builder
	language lang.Language
	src      string
	at       int    // where in src the current rune is
	moves    []move // as in folding
	simple   bool   // the same
	by       int    // how far what is written next moves
	base     bool   // the last letter written may lose its accents
	voiced   bool   // the last letter written has the voice mark that follows it
}

// copy writes src up to end, which is plain.
func (w *folder) copy(end int) {
	if end > w.at {
		w.WriteString(w.src[w.at:end])
		w.at, w.base = end, true
	}
}

// follow notes how far what is written next moves.
func (w *folder) follow() {
	by := w.at - w.Len()
	if by == w.by {
		return
	}
	w.by = by
	w.moves = append(w.moves, move{w.Len(), by})
}

// rune folds the rune r of src, which ends at next.
func (w *folder) rune(r rune, next int) {
	switch {
	case r < utf8.RuneSelf:
		w.ascii(r, next)
	case r == '’' || r == '‘' || r == 'ʼ' || r == '＇':
		w.ascii('\'', next)
	case r == nonJoiner && w.language.Base == "fa":
		w.WriteString(" ") // it stands between the parts of a word
	case unicode.Is(unicode.Mn, r) && w.base, invisible(r), voice(r) != 0 && w.voiced:
	case wide(r), unicode.In(r, unicode.Hiragana, unicode.Katakana):
		w.kana(r, next)
	case r == 'ё' && w.language.Base == "ru", r == 'Ё' && w.language.Base == "ru":
		w.WriteString("е")
	case spelled(r) != "":
		w.WriteString(spelled(r))
	case r == utf8.RuneError:
		w.WriteString(" ")
	default:
		w.decompose(r)
	}
}

// kana writes a kana with the voice mark that follows it, or a letter of a
// width of its own as a usual one.
func (w *folder) kana(r rune, next int) {
	w.base, w.voiced = false, false
	letter := width.Fold.String(string(r))
	if c, n := utf8.DecodeRuneInString(letter); n == len(letter) && c < utf8.RuneSelf {
		w.ascii(c, next)
		return
	}
	mark, _ := utf8.DecodeRuneInString(w.src[next:])
	if v := voice(mark); v != 0 {
		composed := norm.NFC.String(letter + string(v))
		w.voiced = utf8.RuneCountInString(composed) == 1
		if w.voiced {
			letter = composed
		}
	}
	w.WriteString(letter)
}

// wide reports whether r is a form of another letter that is wide or half as
// wide.
func wide(r rune) bool { return r >= '\uff00' && r <= '\uffef' && voice(r) == 0 }

// voice returns the combining mark for a mark that gives a kana its voice,
// which may be half a letter wide, or 0.
func voice(r rune) rune {
	switch r {
	case 'ﾞ', '\u3099':
		return '\u3099'
	case 'ﾟ', '\u309a':
		return '\u309a'
	}
	return 0
}

func (w *folder) ascii(r rune, next int) {
	inside := w.letterBefore() && letterAt(w.src, next)
	switch {
	case r == '\'' && inside && w.language.Base == "en" && !w.possessive(next):
		return
	case r == '\'' && inside && w.language.Elides:
		r = ' '
	case (r == '.' || r == ':') && inside, r == '_':
		r = ' '
	}
	w.WriteString(string(r))
	w.base = true
}

// decompose writes r without its accents, if it is Latin or Greek.
func (w *folder) decompose(r rune) {
	w.base = unicode.In(r, unicode.Latin, unicode.Greek)
	if !w.base {
		w.WriteString(string(r))
		return
	}
	for _, d := range norm.NFD.String(string(r)) {
		if !unicode.Is(unicode.Mn, d) {
			w.WriteString(string(d))
		}
	}
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

// The two joiners, which are invisible letters in some scripts.
const nonJoiner, joiner = '\u200c', '\u200d'

// invisible reports whether r shows nothing and means nothing for a word. The
// two joiners do, in Persian and in the scripts of India.
func invisible(r rune) bool {
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
