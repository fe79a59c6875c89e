package data

import "kb/content"

// synonyms reads lists of words that mean the same, and maps of words that can
// be read as others: {from: [a], to: [b, c d]}.
func (r *siteReader) synonyms(f Field, s *content.Site) {
	for _, v := range r.list(f) {
		if v.Kind == Map {
			s.OneWay = append(s.OneWay, r.oneWay(v))
			continue
		}
		words := r.texts(Field{Key: f.Key, Line: v.Line, Value: v})
		if len(words) < 2 {
			r.fail(v.Line, "%s: want at least two words that mean the same", f.Key)
		}
		s.Synonyms = append(s.Synonyms, words)
		s.SynonymPos = append(s.SynonymPos, content.Pos{Path: r.path, Line: v.Line})
	}
}

func (r *siteReader) oneWay(v *Value) content.Reading {
	one := content.Reading{Pos: content.Pos{Path: r.path, Line: v.Line}}
	r.read(v, map[string]setter{
		"from": func(f Field) { one.From = r.someTexts(f) },
		"to":   func(f Field) { one.To = r.someTexts(f) },
	})
	if len(one.From) == 0 || len(one.To) == 0 {
		r.fail(v.Line, "synonyms: want from, the words of a query, and to, what they can be read as")
	}
	return one
}

// someTexts reads a text or a list of them.
func (r *siteReader) someTexts(f Field) []string {
	if f.Value.Kind == Scalar {
		return f.Value.Strings()
	}
	return r.texts(f)
}

// pins reads a map from queries to the ids of the entries that come first.
func (r *siteReader) pins(f Field) []content.Pin {
	if f.Value.Kind != Map {
		r.fail(f.Line, "%s: want queries, each with the id of an entry", f.Key)
		return nil
	}
	var all []content.Pin
	seen := map[string]bool{}
	for _, q := range f.Value.Fields {
		ids := r.someTexts(q)
		switch {
		case len(ids) == 0:
			r.fail(q.Line, "%s: %q wants the id of an entry, or a list of them", f.Key, q.Key)
		case seen[q.Key]:
			r.fail(q.Line, "%s: %q is there twice", f.Key, q.Key)
		}
		seen[q.Key] = true
		all = append(all, content.Pin{Query: q.Key, IDs: ids, Pos: content.Pos{Path: r.path, Line: q.Line}})
	}
	return all
}
