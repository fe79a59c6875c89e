package data

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"sync"

	"kb/content"
)

// maxFront is the size in bytes above which front matter is refused. Pages
// that keep all their questions in it stay below a tenth of this.
const maxFront = 1 << 20

// A Front is what stands before the text of a page.
type Front struct {
	Value *Value // a Map, or nil if there is none
	Size  int    // bytes of the page that it takes, with its marks
	Lines int    // lines of the page that it takes
}

// FrontMatter reads the front matter of a page: YAML between "---" lines,
// TOML between "+++" lines or a JSON object. A page without any has the zero
// Front.
func FrontMatter(src []byte) (Front, error) {
	blank := len(src) - len(bytes.TrimLeft(src, " \t\n"))
	body := src[blank:]
	line := 1 + bytes.Count(src[:blank], []byte("\n"))
	var f Front
	var err error
	switch {
	case bytes.HasPrefix(body, []byte("---")):
		f, err = fenced(body, "---", line, front)
	case bytes.HasPrefix(body, []byte("+++")):
		f, err = fenced(body, "+++", line, TOML)
	case jsonFront().Match(body):
		f, err = jsonObject(body, line)
	}
	if err != nil {
		return Front{}, fmt.Errorf("front matter: %w", err)
	}
	if f.Value == nil {
		return Front{}, nil
	}
	f.Size += blank
	f.Lines = bytes.Count(src[:f.Size], []byte("\n"))
	return f, nil
}

// fenced reads front matter between two lines that are the mark. Without the
// second there is none.
func fenced(body []byte, mark string, line int, read func([]byte, int) (*Value, error)) (Front, error) {
	open, rest, ok := bytes.Cut(body, []byte("\n"))
	if !ok || string(bytes.TrimRight(open, " \t")) != mark {
		return Front{}, nil
	}
	inside, after, ok := cutLine(rest, mark)
	if mark == "---" { // a document of YAML may have another end
		if in, behind, ends := cutLine(rest, "..."); ends && (!ok || len(in) < len(inside)) {
			inside, after, ok = in, behind, true
		}
	}
	if !ok {
		return Front{}, unclosed(rest, mark, line)
	}
	if len(inside) > maxFront {
		return Front{}, fmt.Errorf("%d bytes, more than the limit of %d", len(inside), maxFront)
	}
	v, err := read(inside, line+1)
	return Front{Value: v, Size: len(body) - len(after)}, err
}

// unclosed returns an error if the lines behind an opening mark, up to an empty
// one, are keys that site generators know: without it a draft would be published.
func unclosed(rest []byte, mark string, line int) error {
	keys, known := 0, false
	for text := range bytes.Lines(rest) {
		text = bytes.TrimRight(text, " \t\n")
		if len(text) == 0 {
			break
		}
		switch m := keyLine().FindSubmatch(text); {
		case m != nil:
			keys++
			known = known || pageKeys[string(bytes.ToLower(m[1]))]
		case keys == 0 && text[0] != '#', keys > 0 && bytes.IndexByte([]byte(" \t-#"), text[0]) < 0:
			return nil
		}
	}
	if !known || keys < 2 && !lone().Match(rest) {
		return nil
	}
	return &content.SyntaxError{Line: line, Msg: "no " + mark + " closes it"}
}

// pageKeys are what is told of a page.
var pageKeys = map[string]bool{
	"title": true, "description": true, "date": true, "lastmod": true, "updated": true, "draft": true, "published": true, "tags": true,
	"categories": true, "layout": true, "permalink": true, "slug": true, "id": true, "weight": true, "author": true, "aliases": true,
	"lang": true, "language": true,
}

var (
	keyLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^"?([A-Za-z][\w-]*)"?\s*[:=](?:\s|$)`) })
	// lone matches the one key that is enough.
	lone = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\A(#.*\n)*"?(title|draft|published|layout)"?\s*[:=]`)
	})
)

// cutLine cuts src around the first line that is the mark alone.
func cutLine(src []byte, mark string) (before, after []byte, ok bool) {
	for i := 0; i < len(src); {
		end := len(src)
		if n := bytes.IndexByte(src[i:], '\n'); n >= 0 {
			end = i + n + 1
		}
		if string(bytes.TrimRight(src[i:end], " \t\n")) == mark {
			return src[:i], src[end:], true
		}
		i = end
	}
	return nil, nil, false
}

// front reads YAML between two "---" lines, which in Markdown may also be two
// rules with text between them: that is no front matter.
func front(src []byte, line int) (*Value, error) {
	docs, err := YAML(src, line)
	if err != nil && !yamlKey().Match(src) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		return &Value{Kind: Map, Line: line}, nil
	}
	if docs[0].Kind != Map {
		return nil, nil
	}
	return docs[0], nil
}

// jsonObject reads front matter that is a JSON object.
func jsonObject(body []byte, line int) (Front, error) {
	v, size, err := JSON(body, line)
	if err == nil && size > maxFront {
		err = errors.New("too large")
	}
	return Front{Value: v, Size: size}, err
}

var yamlKey = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\A\s*(#.*\n\s*)*["\w][\w -]*"?:(\s|\z)`)
})

var jsonFront = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\A\{\s*"`)
})
