package data

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"kb/content"
)

// JSON reads the one value at the start of src, whose first line is the given
// line of the file, and returns how many bytes it takes.
func JSON(src []byte, line int) (v *Value, size int, err error) {
	r := &jsonReader{src: src, line: line, dec: json.NewDecoder(bytes.NewReader(src)), budget: newBudget()}
	r.dec.UseNumber()
	v, err = r.value(0)
	var se *content.SyntaxError
	if err != nil && !errors.As(err, &se) {
		if errors.Is(err, io.EOF) {
			err = errors.New("unexpected end of JSON")
		}
		err = &content.SyntaxError{Line: r.at(), Msg: err.Error()}
	}
	return v, int(r.dec.InputOffset()), err
}

type jsonReader struct {
	src    []byte
	dec    *json.Decoder
	budget *budget
	offset int // up to which line has been counted
	line   int
}

// at returns the line at which the decoder stands.
func (r *jsonReader) at() int {
	end := max(r.offset, min(int(r.dec.InputOffset()), len(r.src)))
	r.line += bytes.Count(r.src[r.offset:end], []byte("\n"))
	r.offset = end
	return r.line
}

func (r *jsonReader) value(depth int) (*Value, error) {
	tok, err := r.dec.Token()
	if err != nil {
		return nil, err
	}
	v := &Value{Line: r.at()}
	if err := r.budget.spend(v.Line, depth); err != nil {
		return nil, err
	}
	switch t := tok.(type) {
	case json.Delim:
		return v, r.inside(v, t, depth)
	case string:
		v.Kind, v.Text, v.Go = Scalar, t, t
	case json.Number:
		f, _ := t.Float64() // out of range: infinite, as good as any
		v.Kind, v.Text, v.Go = Scalar, t.String(), f
	case bool:
		v.Kind, v.Go, v.Text = Scalar, t, map[bool]string{true: "true", false: "false"}[t]
	}
	return v, nil
}

func (r *jsonReader) inside(v *Value, open json.Delim, depth int) error {
	v.Kind = List
	if open == '{' {
		v.Kind = Map
	}
	for r.dec.More() {
		var f Field
		if v.Kind == Map {
			key, err := r.dec.Token()
			if err != nil {
				return err
			}
			f.Key, _ = key.(string)
			f.Line = r.at()
		}
		item, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		if f.Value = item; v.Kind == Map {
			v.Fields = append(v.Fields, f)
			continue
		}
		v.Items = append(v.Items, item)
	}
	_, err := r.dec.Token()
	return err
}
