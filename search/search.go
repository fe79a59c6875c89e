// Package search ranks the entries of an index for what a person typed.
//
// A query is words, never a syntax: any text is a valid query, and the only
// characters with a meaning are quotes around a phrase and a dash before a
// word to leave out, and only where leaving it out leaves hits.
package search

import (
	"context"
	"fmt"
	"html/template"
	"sync"
	"time"

	"kb/content"
	"kb/index"
	"kb/search/bm25"
)

// Limits of a Query. Larger values are cut, not refused: a person who pastes a
// whole e-mail still gets an answer.
const (
	DefaultLimit = 10
	MaxLimit     = 100
	MaxOffset    = 1000
)

// A Query is what a person asks.
type Query struct {
	Text    string
	Section string // name or slug of a section to stay in; "" for all
	Lang    string // BCP 47 tag of entries to stay in; "" for all
	Limit   int    // hits at most; 0 means DefaultLimit
	Offset  int    // hits to pass over
	Explain bool   // fill Hit.Why
	Lexical bool   // leave out the semantic leg
	Rough   bool   // do not read the first DefaultLimit to put them in order: half the cost
}

// A Result is the whole answer to a query.
type Result struct {
	Query      string             `json:"query"`
	Total      int                `json:"total"`
	TookMS     float64            `json:"took_ms"`
	Generation string             `json:"generation"`
	DidYouMean string             `json:"did_you_mean"`
	Confident  bool               `json:"confident"` // whether the first hit is likely an answer
	Notes      []string           `json:"notes,omitempty"`
	Hits       []Hit              `json:"hits"`
	Facets     map[string][]Count `json:"facets"`
}

// A Hit is one matching entry.
type Hit struct {
	Rank       int               `json:"rank"` // 1-based
	ID         string            `json:"id"`
	Score      float64           `json:"score"`
	Question   string            `json:"question"`
	Section    []string          `json:"section"`
	URL        string            `json:"url"` // path of the entry's page
	AnswerHTML template.HTML     `json:"answer_html"`
	AnswerText string            `json:"answer_text"`
	Excerpt    string            `json:"excerpt"`    // the part of AnswerText that matches best
	Highlights map[string][]Span `json:"highlights"` // by field: "question", "answer_text", "excerpt"
	Why        []string          `json:"why,omitempty"`
}

// A Span is a range of bytes, [start, end), in a text.
type Span [2]int

// A Count is one value of a facet and how many hits have it.
type Count struct {
	Value string `json:"value"`
	Slug  string `json:"slug"`
	Count int    `json:"count"`
}

// A Suggestion completes what has been typed so far.
type Suggestion struct {
	ID       string `json:"id"`
	Question string `json:"question"`
	URL      string `json:"url"`
	Spans    []Span `json:"spans"` // matched parts of Question
}

// A Searcher ranks over one Snapshot. It is safe for use by several
// goroutines at once.
type Searcher struct {
	snapshot *index.Snapshot
	ranker   *bm25.Index
	words    *dictionary
	tongues  []*tongue // languages of the entries, that of most entries first
	close    func() error
	pins     func() (map[string][]uint32, error)
	places   func() (*places, error)
	meaning  func() (*meaning, error)
}

// New returns a Searcher over s, which it closes with itself.
func New(s *index.Snapshot) (*Searcher, error) {
	ranker, err := bm25.New(s.Segment(), model(), s.Info().Tokens)
	if err != nil {
		return nil, fmt.Errorf("rank: %w", err)
	}
	f := &Searcher{snapshot: s, ranker: ranker, words: &dictionary{words: s.Words()}}
	f.close = sync.OnceValue(s.Close)
	f.tongues = f.newTongues()
	f.pins = sync.OnceValues(f.readPins)
	f.places = sync.OnceValues(f.readPlaces)
	f.meaning = sync.OnceValues(f.readMeaning)
	return f, nil
}

// Close closes the snapshot, which must not be in use. Once is enough, and
// more often does no harm.
func (s *Searcher) Close() error { return s.close() }

// Snapshot returns the index that is searched.
func (s *Searcher) Snapshot() *index.Snapshot { return s.snapshot }

// Entry returns the entry of that id, or index.ErrNoEntry.
func (s *Searcher) Entry(id string) (*content.Entry, error) { return s.snapshot.Entry(id) }

// Search returns the entries that match q, best first; entries of equal score
// stand in the order of the corpus.
func (s *Searcher) Search(ctx context.Context, q Query) (*Result, error) {
	if s.snapshot.Closed() {
		return nil, fmt.Errorf("search: %w", index.ErrClosed)
	}
	began := time.Now()
	q = q.clamp()
	result, err := s.search(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	result.Query = q.Text
	result.Generation = s.snapshot.Digest()
	result.TookMS = float64(time.Since(began).Microseconds()) / 1000
	return result, nil
}

func (q Query) clamp() Query {
	q.Text = clip(q.Text)
	if q.Limit <= 0 {
		q.Limit = DefaultLimit
	}
	q.Limit = min(q.Limit, MaxLimit)
	q.Offset = min(max(q.Offset, 0), MaxOffset)
	return q
}
