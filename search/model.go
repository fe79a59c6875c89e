package search

import (
	"kb/index"
	"kb/search/bm25"
)

// model returns the parameters of the ranking, the same for every content.
// They were chosen on the public halves of seven collections of questions with
// judgements; the figures change little in a wide range around them.
func model() bm25.Model {
	return bm25.Model{
		K1:    0.9,
		Tie:   0.5,
		Blend: 1.8,
		Fields: []bm25.Field{
			{Name: index.Question, Weight: 2.1, B: 0.6, Names: true},
			{Name: index.Alias, Weight: 2.1, B: 0.5, Names: true},
			{Name: index.Answer, Weight: 1, B: 0.75, Pivot: 30},
			{Name: index.Headings, Weight: 1.5, B: 0},
		},
	}
}
