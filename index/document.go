package index

import (
	"maps"
	"strings"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"kb/content"
	"kb/index/lang"
)

// An indexer makes documents of entries, as the mapping says, and counts. One
// goroutine uses it.
type indexer struct {
	mapping   *mapping.IndexMappingImpl
	lang      string // of the site
	analyzers analyzers
	tokens    map[string]uint64 // field to its length in tokens
	buffer    tokenBuffer
	field     int // number of the text field that is being made
}

func newIndexer(m *mapping.IndexMappingImpl, lang string) *indexer {
	return &indexer{mapping: m, lang: lang, tokens: map[string]uint64{}}
}

// document returns the document of e, which is the n-th entry from 1 and in
// the sections with those slugs.
func (x *indexer) document(n int, e *content.Entry, slugs []string) (bleveindex.Document, error) {
	r, err := newRecord(e, slugs, x.lang)
	if err != nil {
		return nil, err
	}
	a := x.analyzers.of(lang.Of(r.base))
	d := document.NewDocument(r.id)
	x.text(d, a, n, Question, r.Question)
	x.text(d, a, n, Alias, r.Alias...)
	x.text(d, a, n, Answer, r.Answer)
	x.text(d, a, n, Headings, r.Section)
	x.keywords(d, a, InSection, r.InSection)
	x.keywords(d, a, Lang, r.Lang)
	x.keywords(d, a, Tag, r.Tag)
	d.AddField(&field{name: EntryField, options: x.options(a, EntryField), value: []byte(r.Entry)})
	x.keyword(d, "_id", bleveindex.IndexField|bleveindex.StoreField, r.id)
	return d, nil
}

// options returns how the mapping of a's language wants a field indexed.
func (x *indexer) options(a *analyzer, name string) bleveindex.FieldIndexingOptions {
	return x.mapping.TypeMapping[a.Base].Properties[name].Fields[0].Options()
}

func (x *indexer) text(d *document.Document, a *analyzer, n int, name string, texts ...string) {
	stream := a.words(strings.Join(texts, "\n"), &x.buffer)
	f := newField(name, x.options(a, name), len(stream))
	x.field++
	for _, t := range stream {
		w := a.word(t.Term)
		if w.last != n {
			w.last = n
			w.entries++
		}
		if w.stem.field != x.field {
			w.stem.field, w.stem.place = x.field, f.add(w.stem.text, w.stem.term)
		}
		freq := &f.room[w.stem.place]
		freq.SetFrequency(freq.Frequency() + 1)
	}
	f.length = len(stream)
	x.tokens[name] += uint64(f.length)
	d.AddField(f)
}

func (x *indexer) keywords(d *document.Document, a *analyzer, name string, values []string) {
	for _, v := range values {
		x.keyword(d, name, x.options(a, name), v)
	}
}

func (x *indexer) keyword(d *document.Document, name string, options bleveindex.FieldIndexingOptions, value string) {
	f := newField(name, options, 1)
	f.value, f.length = []byte(value), 1
	place := f.add(value, f.value)
	if !options.SkipFreqNorm() {
		f.room[place].SetFrequency(1)
	}
	d.AddField(f)
}

// words returns the number of entries that each word is in.
func (x *indexer) words() map[string]uint64 {
	all := map[string]uint64{}
	for a := range maps.Values(x.analyzers.made) {
		for text, w := range a.knownWords {
			all[text] += w.entries
		}
	}
	return all
}

// A field is an analysed field of a document.
type field struct {
	name    string
	options bleveindex.FieldIndexingOptions
	value   []byte // if it is stored
	length  int    // in tokens
	terms   bleveindex.TokenFrequencies
	room    []bleveindex.TokenFreq // that terms points to
}

// newField returns a field with room for that many terms.
func newField(name string, options bleveindex.FieldIndexingOptions, terms int) *field {
	return &field{
		name: name, options: options,
		terms: make(bleveindex.TokenFrequencies, terms),
		room:  make([]bleveindex.TokenFreq, terms),
	}
}

// add makes a new term, and returns its place in f.room.
func (f *field) add(key string, term []byte) (place int) {
	place = len(f.terms)
	f.room[place].Term = term
	f.terms[key] = &f.room[place]
	return place
}

func (f *field) Name() string                                          { return f.name }
func (f *field) Value() []byte                                         { return f.value }
func (f *field) ArrayPositions() []uint64                              { return nil }
func (f *field) EncodedFieldType() byte                                { return 't' }
func (f *field) Analyze()                                              {} // it is
func (f *field) Options() bleveindex.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                                   { return f.length }
func (f *field) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                             { return uint64(len(f.value)) }
func (f *field) Size() int                                             { return len(f.value) }
