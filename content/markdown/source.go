package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kb/content"
)

// normalize returns a file as the parsers want it: valid UTF-8 in NFC, lines
// that end in a newline, no byte order mark. Lines keep their numbers.
func normalize(src []byte) ([]byte, error) {
	if len(src) > maxPage {
		return nil, fmt.Errorf("%d bytes, more than the limit of %d", len(src), maxPage)
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if !utf8.Valid(src) {
		return nil, &content.SyntaxError{Line: invalidLine(src), Msg: "invalid UTF-8"}
	}
	if bytes.IndexByte(src, '\r') >= 0 {
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
		src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	}
	if !norm.NFC.IsNormal(src) {
		src = norm.NFC.Bytes(src)
	}
	if !bytes.HasSuffix(src, []byte("\n")) {
		src = append(bytes.Clone(src), '\n')
	}
	return src, nil
}

// invalidLine returns the line of the first byte that is not UTF-8.
func invalidLine(src []byte) int {
	line := 1
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		if r == utf8.RuneError && size == 1 {
			return line
		}
		if r == '\n' {
			line++
		}
		src = src[size:]
	}
	return line
}

// Targets of links that hold template tags, whose spaces and quotes CommonMark
// does not allow there: a shortcode, or variables with a path that is quoted or
// the argument of a tag behind them.
var templateTarget = sync.OnceValue(func() *regexp.Regexp {
	const shortcode = `\{\{[<%]-?\s*\w+\s+(?:\w+=)?["` + "`" + `]?([^"` + "`" + `\s>%]*)["` + "`" + `]?[^{}\n]*?[>%]\}\}`
	const variables = `(?:\{\{-?\s*[\w.]+[^{}\n]*?\}\})`
	const path = `(?:\{\{-?\s*(?:"([^"\n]*)"|'([^'\n]*)')[^{}\n]*?\}\}|\{%-?\s*(?:link|post_url|relref|ref)\s+([^\s%]+)\s*-?%\})`
	return regexp.MustCompile(`\]\((<?)(?:` + shortcode + `|` + variables + `*` + path + `|` + variables + `+)`)
})

// plainTargets replaces those tags by the path they name, or by nothing.
func plainTargets(src []byte) []byte {
	if !bytes.Contains(src, []byte("]({")) && !bytes.Contains(src, []byte("](<{")) {
		return src
	}
	return templateTarget().ReplaceAll(src, []byte("]($1$2$3$4$5"))
}
