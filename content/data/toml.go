package data

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/pelletier/go-toml/v2"

	"kb/content"
)

// TOML reads src, whose first line is the given line of the file. The order
// of keys is lost in decoding; keys come sorted. A string is said to stand
// where its first line is found next.
func TOML(src []byte, line int) (*Value, error) {
	var m map[string]any
	if err := toml.Unmarshal(src, &m); err != nil {
		var de *toml.DecodeError
		if errors.As(err, &de) {
			row, _ := de.Position()
			return nil, &content.SyntaxError{Line: row + line - 1, Msg: de.Error()}
		}
		return nil, &content.SyntaxError{Line: 0, Msg: err.Error()}
	}
	r := &tomlReader{src: src, line: line, budget: newBudget()}
	return r.value(m, 0)
}

type tomlReader struct {
	src    []byte
	line   int
	budget *budget
}

func (r *tomlReader) value(x any, depth int) (*Value, error) {
	if err := r.budget.spend(r.line, depth); err != nil {
		return nil, err
	}
	v := &Value{Line: r.line}
	switch x := x.(type) {
	case map[string]any:
		v.Kind = Map
		for _, key := range slices.Sorted(maps.Keys(x)) {
			item, err := r.value(x[key], depth+1)
			if err != nil {
				return nil, err
			}
			v.Fields = append(v.Fields, Field{key, item.Line, item})
		}
	case []any:
		v.Kind = List
		for _, c := range x {
			item, err := r.value(c, depth+1)
			if err != nil {
				return nil, err
			}
			v.Items = append(v.Items, item)
		}
	case toml.LocalDate:
		t := x.AsTime(time.UTC)
		v.Kind, v.Go, v.Text = Scalar, t, x.String()
	default:
		v.Kind, v.Go, v.Text = Scalar, x, fmt.Sprint(x)
		v.Line = r.find(v.Text)
	}
	return v, nil
}

// find returns the line on which text begins.
func (r *tomlReader) find(text string) int {
	first, _, _ := bytes.Cut([]byte(text), []byte("\n"))
	i := bytes.Index(r.src, first)
	if i < 0 || len(first) == 0 {
		return r.line
	}
	return r.line + bytes.Count(r.src[:i], []byte("\n"))
}
