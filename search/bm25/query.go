package bm25

import (
	"cmp"
	"context"
	"slices"

	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
)

// A Query is a query of bleve, which can be part of any other, that scores by
// the formula of the package. It must run on the index that Index reads.
type Query struct {
	Index *Index
	Words []Word
}

var _ query.Query = Query{}

// Searcher implements query.Query.
func (q Query) Searcher(ctx context.Context, _ index.IndexReader, _ mapping.IndexMapping, _ search.SearcherOptions) (search.Searcher, error) {
	found, err := q.Index.Score(ctx, q.Words, q.Index.total, nil)
	if err != nil {
		return nil, err
	}
	matches := found.Best
	slices.SortFunc(matches, func(a, b Match) int { return cmp.Compare(a.Doc, b.Doc) })
	return &searcher{matches: matches, count: len(matches)}, nil
}

// A searcher hands out matches in the order of documents.
type searcher struct {
	matches []Match // those to come
	count   int
	id      index.IndexInternalID
}

// Next implements search.Searcher.
func (s *searcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	if len(s.matches) == 0 {
		return nil, nil
	}
	m := s.matches[0]
	s.matches = s.matches[1:]
	d := ctx.DocumentMatchPool.Get()
	s.id = index.NewIndexInternalID(s.id, uint64(m.Doc))
	d.IndexInternalID = index.NewIndexInternalIDFrom(d.IndexInternalID, s.id)
	d.Score = m.Score
	return d, nil
}

// Advance implements search.Searcher.
func (s *searcher) Advance(ctx *search.SearchContext, id index.IndexInternalID) (*search.DocumentMatch, error) {
	i, _ := slices.BinarySearchFunc(s.matches, id.Value(), func(m Match, doc uint64) int {
		return cmp.Compare(uint64(m.Doc), doc)
	})
	s.matches = s.matches[i:]
	return s.Next(ctx)
}

// Close implements search.Searcher.
func (s *searcher) Close() error { return nil }

// Weight implements search.Searcher: scores do not depend on the rest of a
// query.
func (s *searcher) Weight() float64 { return 1 }

// SetQueryNorm implements search.Searcher: scores are not normalised.
func (s *searcher) SetQueryNorm(float64) {}

// Count implements search.Searcher.
func (s *searcher) Count() uint64 { return uint64(s.count) }

// Min implements search.Searcher.
func (s *searcher) Min() int { return 0 }

// Size implements search.Searcher.
func (s *searcher) Size() int { return len(s.matches) * 24 }

// DocumentMatchPoolSize implements search.Searcher.
func (s *searcher) DocumentMatchPoolSize() int { return 1 }
