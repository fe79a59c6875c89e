package data

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"kb/content"
)

// YAML reads all documents of src, whose first line is the given line of the
// file. An empty document is left out.
func YAML(src []byte, line int) ([]*Value, error) {
	dec := yaml.NewDecoder(bytes.NewReader(src))
	b := newBudget()
	var docs []*Value
	for {
		var n yaml.Node
		err := dec.Decode(&n)
		if errors.Is(err, io.EOF) {
			return docs, nil
		}
		if err != nil {
			return docs, yamlError(err, src, line)
		}
		v, err := fromYAML(&n, line-1, 0, b)
		if err != nil {
			return docs, err
		}
		if v.Kind != Null {
			docs = append(docs, v)
		}
	}
}

// fromYAML returns the value of a node; shift is what its lines are behind those
// of the file. Aliases count each time, so that none can be a bomb.
func fromYAML(n *yaml.Node, shift, depth int, b *budget) (*Value, error) {
	if err := b.spend(n.Line+shift, depth); err != nil {
		return nil, err
	}
	v := &Value{Line: n.Line + shift}
	switch n.Kind {
	case yaml.DocumentNode:
		return fromYAML(n.Content[0], shift, depth, b)
	case yaml.AliasNode:
		return fromYAML(n.Alias, shift, depth+1, b)
	case yaml.SequenceNode:
		v.Kind = List
		for _, c := range n.Content {
			item, err := fromYAML(c, shift, depth+1, b)
			if err != nil {
				return nil, err
			}
			v.Items = append(v.Items, item)
		}
	case yaml.MappingNode:
		return v, v.addYAML(n, shift, depth, b)
	case yaml.ScalarNode:
		v.scalar(n)
	}
	return v, nil
}

func (v *Value) addYAML(n *yaml.Node, shift, depth int, b *budget) error {
	v.Kind = Map
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, c := n.Content[i], n.Content[i+1]
		item, err := fromYAML(c, shift, depth+1, b)
		if err != nil {
			return err
		}
		if key.Tag == "!!merge" {
			v.Fields = append(v.Fields, item.Fields...)
			continue
		}
		v.Fields = append(v.Fields, Field{key.Value, key.Line + shift, item})
	}
	return nil
}

// scalar takes a text, with what YAML makes of it in Go.
func (v *Value) scalar(n *yaml.Node) {
	if n.Tag == "!!null" {
		return
	}
	v.Kind, v.Text, v.Go = Scalar, n.Value, n.Value
	var x any
	if n.Tag != "!!str" && n.Decode(&x) == nil {
		v.Go = x
	}
	// The text of a block scalar begins on the line below its key.
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		v.Line++
	}
}

// yamlError returns what is wrong with src, with the line on which it begins,
// which for a quote or bracket without an end is where it opens.
func yamlError(err error, src []byte, first int) error {
	n, msg := yamlLine(err)
	switch {
	case strings.HasPrefix(msg, "did not find expected ','"):
		n, _ = yamlLine(shifted(src)) // counted from 0
	case strings.HasPrefix(msg, "did not find expected"):
		n = min(n+1, max(1, bytes.Count(src, []byte("\n")))) // the same; the end is no line
	default:
		n, _ = yamlLine(shifted(src))
		n--
	}
	if msg == "found unexpected end of stream" {
		msg = "the quote that opens here is never closed"
	}
	if n <= 0 {
		return &content.SyntaxError{Msg: msg}
	}
	return &content.SyntaxError{Line: n + first - 1, Msg: msg}
}

// shifted returns the error that src gives one line lower: package yaml takes
// a construct that begins on the first line for one without a beginning.
func shifted(src []byte) error {
	dec := yaml.NewDecoder(io.MultiReader(strings.NewReader("\n"), bytes.NewReader(src)))
	for {
		if err := dec.Decode(new(yaml.Node)); err != nil {
			return err
		}
	}
}

// yamlLine cuts an error of package yaml; the line is 0 if it has none.
func yamlLine(err error) (line int, msg string) {
	msg = err.Error()
	m := regexp.MustCompile(`^yaml: (?:line (\d+): )?`).FindStringSubmatch(msg)
	if m == nil {
		return 0, msg
	}
	line, _ = strconv.Atoi(m[1])
	return line, strings.TrimPrefix(msg, m[0])
}
