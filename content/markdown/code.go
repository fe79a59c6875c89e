package markdown

import (
	"bytes"
	"iter"
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark/util"
)

// codeBytes yields the offsets and the bytes of JavaScript outside of strings and
// regular expressions.
func codeBytes(src []byte) iter.Seq2[int, byte] {
	return func(yield func(int, byte) bool) {
		l := literals{src: src}
		for i := 0; i < len(src); i++ {
			c := src[i]
			if c == '"' || c == '\'' || c == '`' || c == '/' {
				if n := l.size(i); n > 0 {
					i += n - 1
					continue
				}
			}
			if !yield(i, c) {
				return
			}
		}
	}
}

// literals finds the strings and regular expressions of JavaScript.
type literals struct {
	src    []byte
	behind [256]int // the offset before which a mark begins nothing
}

// size returns how many bytes the literal takes that a mark at the offset begins, or
// 0 if it begins none.
func (l *literals) size(i int) int {
	mark := l.src[i]
	if !l.begins(i) || i < l.behind[mark] {
		return 0
	}
	n, ok := literalSize(l.src[i:])
	if !ok {
		l.behind[mark] = i + n
		return 0
	}
	return n
}

// begins reports whether a literal may begin at the offset. An apostrophe behind a
// letter is one in the text of an element.
func (l *literals) begins(i int) bool {
	switch l.src[i] {
	case '\'':
		return i == 0 || l.src[i-1] < 0x80 && !util.IsAlphaNumeric(l.src[i-1])
	case '/':
		before := bytes.TrimRight(l.src[:i], " \t\r\n")
		comment := bytes.HasPrefix(l.src[i:], []byte("//")) || bytes.HasPrefix(l.src[i:], []byte("/*"))
		return !comment && len(before) > 0 && strings.IndexByte("(,=:[!&|?", before[len(before)-1]) >= 0
	}
	return true
}

// literalSize returns how many bytes the literal takes that begins src, or how far
// it was looked for its end, which is on the same line for all but templates. A
// regular expression with an angle is taken for the path in the text of an element.
func literalSize(src []byte) (size int, ok bool) {
	quote, class := src[0], false
	for i := 1; i < len(src); i++ {
		switch c := src[i]; {
		case c == '\\':
			i++
		case c == '\n' && quote != '`', c == '<' && quote == '/':
			return i, false
		case quote == '/' && (c == '[' || c == ']'):
			class = c == '['
		case c == quote && !class:
			return i + 1, true
		}
	}
	return len(src), false
}

var (
	behindScript = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:#{1,6}|import|export)\s`) })
	blankLine    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\n[ \t\r]*\n`) })
)

// statementSize returns how many bytes of src an import or export takes: up to the
// end of the line on which all its brackets are closed. Where they are not, it is
// up to a blank line, and read is how far they were looked for.
func statementSize(src []byte) (size, read int) {
	src = src[:min(len(src), maxTag)]
	depth := 0
	for i, c := range codeBytes(src) {
		switch {
		case c == '(' || c == '[' || c == '{':
			depth++
		case c == ')' || c == ']' || c == '}':
			depth--
		case c != '\n':
		case depth <= 0 && !awaits(src[:i]):
			return i + 1, 0
		case behindScript().Match(src[i+1:]) && blankLine().Match(src[lineBefore(src, i):i+1]):
			return paragraphSize(src), i
		}
	}
	return paragraphSize(src), len(src)
}

// awaits reports whether the value of a statement begins behind its lines so far.
func awaits(src []byte) bool {
	src = bytes.TrimRight(src, " \t")
	return bytes.HasSuffix(src, []byte("=>")) || bytes.HasSuffix(src, []byte("="))
}

// lineBefore returns the offset of the line break before the line that ends at i.
func lineBefore(src []byte, i int) int { return max(bytes.LastIndexByte(src[:i], '\n'), 0) }

// paragraphSize returns how many bytes of src are before a blank line, or whole
// lines.
func paragraphSize(src []byte) int {
	if at := blankLine().FindIndex(src); at != nil {
		return at[0] + 1
	}
	return bytes.LastIndexByte(src, '\n') + 1
}
