package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// shortcodes is an extension for paired tags of site generators: Hugo's
// {{< name >}} and {{% name %}}, the {% name %} of Liquid, Nunjucks and Markdoc,
// and Zola's {% name() %}, which ends at {% end %}. A tag that is never closed
// is a container only if its arguments are questions and answers.
type shortcodes struct{}

func (shortcodes) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(containerParser{notation{
		trigger: []byte{'{'}, open: openShortcode, line: shortcodeLine,
	}}, 850)))
}

var (
	shortcodeTag = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\{(?:\{[<%]|%)-?\s*([\w./-]+)`) })
	shortcodeEnd = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\{(?:\{[<%]|%)-?\s*(?:/\s*|end)([\w./-]*)\s*-?(?:[>%]\}|%)\}`)
	})
	shortcodeArgs = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile("(?:([\\w-]+)\\s*=\\s*)?(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|`[^`]*`|[^\\s\"'`=]+)")
	})
)

var shortcodeEnds = lastOffsets{parser.NewContextKey(), shortcodeEnd}

// openShortcode begins a container at a tag that is closed on the page. A tag of
// several lines that is not closed is a container of nothing.
func openShortcode(rest, src []byte, offset int, pc parser.Context) (*container, int) {
	m := shortcodeTag().FindSubmatch(rest)
	if m == nil || bytes.HasPrefix(m[1], []byte("end")) || m[1][0] == '/' {
		return nil, 0
	}
	text := paragraph(src[offset:])
	end := tagEnd(text, len(m[0]))
	if end < 0 {
		return nil, 0
	}
	c := &container{notation: "shortcode", name: string(m[1]), closer: string(m[1]), attrs: map[string]string{}, valueAt: offset}
	args := strings.TrimRight(string(text[len(m[0]):end]), "-%>}")
	if called(rest, m[0]) && shortcodeEnds.after(pc, src, "", offset) {
		args, c.closer = strings.Trim(args, "() "), ""
	}
	if !shortcodeEnds.after(pc, src, c.closer, offset) {
		return unpaired(c, args, end > len(rest)), end
	}
	c.arguments(args)
	tail, _, _ := bytes.Cut(text[end:], []byte("\n"))
	if shortcodeLine(c, tail, 0) != inside {
		c.ended = true
	}
	return c, end
}

// called reports whether a tag has its arguments in parentheses.
func called(line, tag []byte) bool { return len(line) > len(tag) && line[len(tag)] == '(' }

// paragraph returns src up to an empty line, at most maxTag bytes of it.
func paragraph(src []byte) []byte {
	src = src[:min(len(src), maxTag)]
	if n := bytes.Index(src, []byte("\n\n")); n >= 0 {
		return src[:n+1]
	}
	return src
}

// tagEnd returns the offset behind the end of the tag that begins line, or -1.
// A quoted argument may hold the characters that end a tag. One in apostrophes
// is not looked at: they also stand between letters.
func tagEnd(line []byte, from int) int {
	mark := []byte("%}")
	if line[1] == '{' {
		mark = []byte{sign(line[2]), '}', '}'}
	}
	var quote byte
	for i := from; i < len(line); i++ {
		switch c := line[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
		case bytes.HasPrefix(line[i:], mark):
			return i + len(mark)
		case c == '"' || c == '`':
			quote = c
		}
	}
	return -1
}

// sign returns the sign before the braces that end a tag.
func sign(opener byte) byte {
	if opener == '<' {
		return '>'
	}
	return opener
}

// arguments reads named arguments into attrs; the first one without a name is
// the title.
func (c *container) arguments(s string) {
	var bare strings.Builder
	for _, m := range shortcodeArgs().FindAllStringSubmatch(s, -1) {
		quoted := strings.ContainsAny(m[2][:1], "\"'`")
		value := unquoted(m[2])
		switch {
		case m[1] != "":
			c.attrs[strings.ToLower(m[1])] = value
		case quoted && c.title == "":
			c.title = value
		case !quoted && c.title == "":
			bare.WriteString(" " + value)
		}
	}
	c.named()
	if c.title == "" && titled().MatchString(c.name) {
		c.title = strings.TrimSpace(bare.String())
		if len(c.attrs) == 0 {
			c.title = strings.TrimSpace(s) // with its apostrophes
		}
	}
}

// unquoted returns an argument without the quotes around it.
func unquoted(s string) string {
	if !strings.ContainsAny(s[:1], "\"'`") {
		return s
	}
	return strings.ReplaceAll(s[1:len(s)-1], `\"`, `"`)
}

// titleAttributes are the names by which components and shortcodes take a
// question.
var titleAttributes = []string{"question", "q", "title", "summary", "header", "heading", "label", "trigger"}

// first returns the first value that is there, or "".
func first(m map[string]string, keys ...string) string {
	for _, k := range keys {
		if m[k] != "" {
			return m[k]
		}
	}
	return ""
}

// shortcodeLine counts tags of the same name inside c, so that the end of one of
// them is not the end of c.
func shortcodeLine(c *container, line []byte, _ int) effect {
	trimmed := bytes.TrimSpace(line)
	if !bytes.HasPrefix(trimmed, []byte("{")) && !bytes.HasSuffix(trimmed, []byte("}")) {
		return inside
	}
	if m := shortcodeTag().FindSubmatch(trimmed); m != nil && (string(m[1]) == c.closer || c.closer == "" && called(trimmed, m[0])) {
		c.nested = append(c.nested, 0)
	}
	return c.ending(trimmed, shortcodeEnd())
}
