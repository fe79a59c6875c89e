// Package data reads what authors write as YAML, TOML, JSON or JavaScript
// literals: front matter, data files and the site file. Values keep the line
// they stand on, so that a problem in them can be found.
package data

import (
	"fmt"
	"regexp"
	"strings"

	"kb/content"
)

// Limits on one file. They are far above what people write and low enough
// that hostile input ends in seconds within little memory.
const (
	maxDepth  = 200     // maps and lists in each other
	maxValues = 500_000 // values, each use of a YAML alias counted again
)

// A Kind says what a Value is.
type Kind int

// The kinds of values.
const (
	Null Kind = iota
	Scalar
	List
	Map
)

// A Value is one decoded value.
type Value struct {
	Kind   Kind
	Line   int      // 1-based, in the file
	Text   string   // of a Scalar, as a person would print it
	Go     any      // of a Scalar: string, bool, int, float64 or time.Time
	Items  []*Value // of a List
	Fields []Field  // of a Map, in the order written
}

// A Field is a key of a Map with its value.
type Field struct {
	Key   string
	Line  int
	Value *Value
}

// Field returns the value of the first key of those given that the map has,
// ignoring case, or nil.
func (v *Value) Field(keys ...string) *Value {
	if v == nil {
		return nil
	}
	for _, key := range keys {
		for _, f := range v.Fields {
			if strings.EqualFold(f.Key, key) {
				return f.Value
			}
		}
	}
	return nil
}

// named returns the value of the first key of those given that the map has, or
// of the first key that matches long, or nil.
func (v *Value) named(long *regexp.Regexp, keys []string) *Value {
	if x := v.Field(keys...); x != nil {
		return x
	}
	for _, f := range v.Fields {
		if long.MatchString(f.Key) {
			return f.Value
		}
	}
	return nil
}

// String returns the text of a scalar without surrounding space, and "" for
// anything else.
func (v *Value) String() string {
	if v == nil || v.Kind != Scalar {
		return ""
	}
	return strings.TrimSpace(v.Text)
}

// Strings returns the texts of a list of scalars, or of one scalar.
func (v *Value) Strings() []string {
	if v == nil {
		return nil
	}
	if v.Kind == Scalar && v.String() != "" {
		return []string{v.String()}
	}
	var all []string
	for _, item := range v.Items {
		if s := item.String(); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// Any returns the value as plain maps, slices and scalars.
func (v *Value) Any() any {
	switch {
	case v == nil || v.Kind == Null:
		return nil
	case v.Kind == Scalar:
		return v.Go
	case v.Kind == List:
		all := make([]any, len(v.Items))
		for i, item := range v.Items {
			all[i] = item.Any()
		}
		return all
	}
	m := make(map[string]any, len(v.Fields))
	for _, f := range v.Fields {
		m[f.Key] = f.Value.Any()
	}
	return m
}

// A budget bounds how many values are made of one file.
type budget struct{ left int }

func newBudget() *budget { return &budget{maxValues} }

func (b *budget) spend(line, depth int) error {
	if b.left--; b.left < 0 {
		return &content.SyntaxError{Line: line, Msg: fmt.Sprintf("more than %d values", maxValues)}
	}
	if depth > maxDepth {
		return &content.SyntaxError{Line: line, Msg: fmt.Sprintf("nested deeper than %d levels", maxDepth)}
	}
	return nil
}
