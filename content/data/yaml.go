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
			return docs, yamlError(err, line)
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

func yamlError(err error, line int) error {
	where := regexp.MustCompile(`^yaml: (?:line (\d+): )?`)
	msg := err.Error()
	m := where.FindStringSubmatch(msg)
	if m == nil {
		return &content.SyntaxError{Line: 0, Msg: msg}
	}
	n, _ := strconv.Atoi(m[1]) // no line: 0, which content.SyntaxError leaves out
	if n > 0 {
		n += line - 1
	}
	return &content.SyntaxError{Line: n, Msg: strings.TrimPrefix(msg, m[0])}
}
