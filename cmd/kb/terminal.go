package main

// This file holds the rules of the terminal:
//
//   - What was asked for goes to standard output, and nothing else does.
//     Everything else goes to standard error after "kb: ", in lower case and
//     without a period at the end.
//   - An error is one line, "kb: error: …", that a terminal wraps. A line "kb: hint: …" follows where
//     something can be done about it: the corrected command, if it is known.
//   - Colours and wrapped lines are for terminals. A pipe gets plain text and
//     every line whole. NO_COLOR and TERM=dumb turn colours off.
//   - No control character of a file, a name or an error reaches a terminal.
//   - Text for people names --json at its end, on a terminal.

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
)

// maxWidth is the longest line of running text, in columns: beyond about 80
// the eye loses the start of the next line.
const maxWidth = 80

// A style is the parameter of an SGR escape sequence.
type style string

const (
	plain  style = ""
	bold   style = "1"
	dim    style = "2"
	match  style = "1;4" // what matched, where it stands in running text
	bad    style = "1;31"
	helped style = "1;36"
)

// A span is text in one style.
type span struct {
	style style
	text  string
}

// A terminal writes for people, to a terminal or to a pipe. What it writes is
// buffered until flush.
type terminal struct {
	w     *bufio.Writer
	width int // columns to wrap at; 0 for a pipe, where lines are left alone
	color bool
}

func newTerminal(w io.Writer) *terminal {
	t := &terminal{w: bufio.NewWriter(w)}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return t
	}
	t.width = maxWidth
	if cols, _, err := term.GetSize(int(f.Fd())); err == nil && cols > 0 {
		t.width = min(cols, maxWidth)
	}
	t.color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	return t
}

// live reports whether a person is likely to be watching.
func (t *terminal) live() bool { return t.width > 0 }

func (t *terminal) flush() error {
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// Write writes p without its control characters.
func (t *terminal) Write(p []byte) (int, error) {
	_, err := t.w.WriteString(clean(string(p)))
	return len(p), err
}

// put writes spans, and no newline. Those that follow in the same style are
// written as one.
func (t *terminal) put(spans ...span) {
	for i := 0; i < len(spans); {
		style := spans[i].style
		var text strings.Builder
		for ; i < len(spans) && spans[i].style == style; i++ {
			text.WriteString(clean(spans[i].text))
		}
		if t.color && style != plain && text.Len() > 0 {
			fmt.Fprintf(t.w, "\x1b[%sm%s\x1b[0m", style, text.String())
			continue
		}
		t.w.WriteString(text.String())
	}
}

// printf writes plain text.
func (t *terminal) printf(format string, args ...any) {
	t.put(span{plain, fmt.Sprintf(format, args...)})
}

// say writes one line of the program's own: kb, what sort of line, and text.
// A hint, which may be a command to copy, is not wrapped.
func (t *terminal) say(kind span, text string) {
	const who = "kb: "
	text = strings.ReplaceAll(text, "\n", " ")
	if kind.text != "" {
		text = " " + text
	}
	t.put(span{plain, who})
	if kind.style == helped || !t.live() {
		t.put(kind, span{plain, text + "\n"})
	} else {
		t.hanging(len(who), kind, span{plain, text})
	}
	t.w.Flush()
}

// note tells what is worth knowing and no fault of anybody.
func (t *terminal) note(format string, args ...any) {
	t.say(span{}, fmt.Sprintf(format, args...))
}

// json writes v, indented. Control characters that JSON would allow as they
// are, and that a terminal would obey, are written as escapes.
func (t *terminal) json(v any) error {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	for _, r := range b.String() {
		if obeyed(r) {
			fmt.Fprintf(t.w, `\u%04x`, r)
			continue
		}
		t.w.WriteRune(r)
	}
	return nil
}

// clean returns s without the characters that a terminal obeys: C0 (but for
// newline and tab) and C1 controls, DEL, and those that reorder text. Bytes
// that are not UTF-8 become U+FFFD.
func clean(s string) string {
	if !strings.ContainsFunc(s, suspect) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if obeyed(r) {
			return -1
		}
		return r
	}, s)
}

func suspect(r rune) bool { return obeyed(r) || r == unicode.ReplacementChar }

func obeyed(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' ||
		'\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}
