package markdown

import (
	"bytes"
	"strings"

	"kb/content/data"
)

// items returns the questions in the value of a container. A shortcode says by
// its name that a title with a text is one.
func (c *container) items() []data.Item {
	return data.Walk{FAQ: c.notation != "shortcode" || titled().MatchString(c.name)}.Items(c.uses)
}

// holds makes v the value of c if questions are in it.
func (c *container) holds(v *data.Value) bool {
	c.uses = v
	if len(c.items()) == 0 {
		c.uses = nil
	}
	return c.uses != nil
}

// unpaired returns the container of a shortcode that is never closed: of the
// questions in its arguments, or of nothing where it takes several lines, which
// show what kb does not know.
func unpaired(c *container, args string, several bool) *container {
	given := &data.Value{Kind: data.Map, Line: 1}
	for _, m := range shortcodeArgs().FindAllStringSubmatch(args, -1) {
		value := unquoted(m[2])
		switch {
		case m[1] != "" && value == m[2] && c.closer == "include": // a variable
		case m[1] != "":
			given.Fields = append(given.Fields, data.Field{Key: m[1], Line: 1, Value: &data.Value{Kind: data.Scalar, Text: value, Line: 1}})
		case strings.HasPrefix(c.name, "include") && c.closer == c.name:
			c.name, _, _ = strings.Cut(value, ".")
		}
	}
	c.ended = true
	if c.holds(given) {
		return c
	}
	for _, f := range given.Fields {
		if v := literalValue([]byte(f.Value.Text)); v != nil && c.holds(v) {
			return c
		}
	}
	if !several {
		return nil
	}
	return c
}

// embedded takes questions that are the content of a shortcode, as JSON.
func (b *builder) embedded(c *container) {
	if c.notation != "shortcode" || c.uses != nil || c.tail < c.head {
		return
	}
	src := b.src[c.head:c.tail]
	if v := literalValue(src); v != nil && c.holds(v) {
		c.valueAt = c.head + len(src) - len(bytes.TrimLeft(src, " \t\n"))
	}
}

// literalValue returns the object or array that is at the start of src, or nil.
func literalValue(src []byte) *data.Value {
	src = bytes.TrimSpace(src)
	if len(src) == 0 || src[0] != '{' && src[0] != '[' {
		return nil
	}
	v, _, err := data.JavaScript(src, 1)
	if err != nil || v.Kind <= data.Scalar {
		return nil
	}
	return v
}
