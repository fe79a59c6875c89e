package data

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"kb/content"
)

// JavaScript reads the object or array literal at the start of src, whose
// first line is the given line of the file: keys, strings in any quotes,
// numbers and names. What is computed is left out as Null. It returns how many
// bytes the literal takes.
func JavaScript(src []byte, line int) (v *Value, size int, err error) {
	r := &jsReader{src: src, line: line, budget: newBudget()}
	v, err = r.value(0)
	return v, r.i, err
}

type jsReader struct {
	src    []byte
	i      int
	line   int
	budget *budget
}

func (r *jsReader) fail(msg string) error { return &content.SyntaxError{Line: r.line, Msg: msg} }

// skip passes over space and comments.
func (r *jsReader) skip() {
	for r.i < len(r.src) {
		rest := r.src[r.i:]
		switch {
		case bytes.HasPrefix(rest, []byte("//")):
			r.through("\n")
		case bytes.HasPrefix(rest, []byte("/*")):
			r.through("*/")
		case rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\n' || rest[0] == ',' || rest[0] == ';':
			r.through(string(rest[0]))
		default:
			return
		}
	}
}

// through moves behind the next mark.
func (r *jsReader) through(mark string) {
	n := bytes.Index(r.src[r.i:], []byte(mark))
	if n < 0 {
		n = len(r.src) - r.i - len(mark)
	}
	n = max(n+len(mark), 0)
	r.line += bytes.Count(r.src[r.i:r.i+n], []byte("\n"))
	r.i += n
}

func (r *jsReader) peek() byte {
	r.skip()
	if r.i < len(r.src) {
		return r.src[r.i]
	}
	return 0
}

func (r *jsReader) value(depth int) (*Value, error) {
	c := r.peek()
	v := &Value{Line: r.line}
	if err := r.budget.spend(r.line, depth); err != nil {
		return nil, err
	}
	switch {
	case c == 0:
		return nil, r.fail("unexpected end of JavaScript")
	case c == '{':
		return v, r.object(v, depth)
	case c == '[':
		return v, r.array(v, depth)
	case c == '<':
		v.Kind, v.Text = Scalar, r.markup()
		v.Go = v.Text
		return v, nil
	case c == '"' || c == '\'' || c == '`':
		s, err := r.string(c)
		for err == nil && r.peek() == '+' { // "a" + "b"
			r.i++
			if q := r.peek(); q != '"' && q != '\'' && q != '`' {
				break
			}
			var more string
			more, err = r.string(r.peek())
			s += more
		}
		v.Kind, v.Text, v.Go = Scalar, s, s
		return v, err
	}
	return v, r.expression(v)
}

func (r *jsReader) object(v *Value, depth int) error {
	v.Kind = Map
	for r.i++; ; {
		c := r.peek()
		switch c {
		case 0:
			return r.fail("object without an end")
		case '}':
			r.i++
			return nil
		}
		f := Field{Line: r.line}
		var err error
		if f.Key, err = r.key(c); err != nil {
			return err
		}
		if r.peek() != ':' { // a method, a spread, a shorthand
			if err := r.expression(&Value{}); err != nil {
				return err
			}
			continue
		}
		r.i++
		if f.Value, err = r.value(depth + 1); err != nil {
			return err
		}
		v.Fields = append(v.Fields, f)
	}
}

func (r *jsReader) array(v *Value, depth int) error {
	v.Kind = List
	for r.i++; ; {
		switch r.peek() {
		case 0:
			return r.fail("array without an end")
		case ']':
			r.i++
			return nil
		}
		start := r.i
		item, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		if r.i == start {
			return r.fail("array without an end")
		}
		v.Items = append(v.Items, item)
	}
}

// markup reads an element written as a value, without a fragment's marks.
func (r *jsReader) markup() string {
	start, depth := r.i, 0
	for first := true; first || depth > 0; first = false {
		n := bytes.IndexByte(r.src[r.i:], '<')
		if n < 0 {
			break
		}
		r.i += n
		end := bytes.IndexByte(r.src[r.i:], '>')
		if end < 0 {
			break
		}
		tag := r.src[r.i : r.i+end]
		if bytes.HasPrefix(tag, []byte("</")) {
			depth--
		} else if !bytes.HasSuffix(tag, []byte("/")) {
			depth++
		}
		r.i += end + 1
	}
	s := r.src[start:r.i]
	r.line += bytes.Count(s, []byte("\n"))
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(string(s), "<>"), "</>"))
}

func (r *jsReader) key(c byte) (string, error) {
	if c == '"' || c == '\'' {
		return r.string(c)
	}
	start := r.i
	for r.i < len(r.src) && (r.src[r.i] == '_' || r.src[r.i] == '$' || r.src[r.i] == '.' || r.src[r.i] >= 0x80 ||
		r.src[r.i] >= '0' && r.src[r.i] <= '9' || r.src[r.i]|0x20 >= 'a' && r.src[r.i]|0x20 <= 'z') {
		r.i++
	}
	if r.i == start {
		return "", r.fail("want a key")
	}
	return string(r.src[start:r.i]), nil
}

// expression passes over what is computed, up to a comma or closing bracket;
// a number or a word stays as text.
func (r *jsReader) expression(v *Value) error {
	start, depth := r.i, 0
	for r.i < len(r.src) {
		switch c := r.src[r.i]; {
		case c == '"' || c == '\'' || c == '`':
			if _, err := r.string(c); err != nil {
				return err
			}
			continue
		case strings.IndexByte("([{", c) >= 0:
			depth++
		case strings.IndexByte(")]}", c) >= 0 && depth == 0, c == ',' && depth == 0:
			s := strings.TrimSpace(string(r.src[start:r.i]))
			if _, err := strconv.ParseFloat(s, 64); err == nil {
				v.Kind, v.Text, v.Go = Scalar, s, s
			}
			return nil
		case strings.IndexByte(")]}", c) >= 0:
			depth--
		case c == '\n':
			r.line++
		}
		r.i++
	}
	return r.fail("expression without an end")
}

func (r *jsReader) string(quote byte) (string, error) {
	var b strings.Builder
	for r.i++; r.i < len(r.src); r.i++ {
		switch c := r.src[r.i]; c {
		case quote:
			r.i++
			return b.String(), nil
		case '\\':
			r.i++
			r.escape(&b)
		case '\n':
			if quote != '`' {
				return "", r.fail("string without an end")
			}
			r.line++
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return "", r.fail("string without an end")
}

// escape reads what follows a backslash.
func (r *jsReader) escape(b *strings.Builder) {
	if r.i >= len(r.src) {
		return
	}
	switch c := r.src[r.i]; c {
	case 'n':
		b.WriteByte('\n')
	case 't':
		b.WriteByte('\t')
	case '\n':
		r.line++
	case 'u':
		if r.i+4 < len(r.src) {
			if n, err := strconv.ParseUint(string(r.src[r.i+1:r.i+5]), 16, 32); err == nil && utf8.ValidRune(rune(n)) {
				b.WriteRune(rune(n))
				r.i += 4
				return
			}
		}
		b.WriteByte(c)
	default:
		b.WriteByte(c)
	}
}
