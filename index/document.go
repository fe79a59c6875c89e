package index

import (
	"maps"
	"slices"
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
	keys      map[string]*stem  // of the keyword fields
	buffer    tokenBuffer
	counts    []count // of the text field that is being made
	field     int     // its number
	tables    tables
}

func newIndexer(m *mapping.IndexMappingImpl, lang string) *indexer {
	return &indexer{mapping: m, lang: lang, tokens: map[string]uint64{}, keys: map[string]*stem{}}
}

// document returns the document of e, which is the n-th entry from 1 and in
// the sections with those slugs. Documents of one indexer are visited by one
// goroutine.
func (x *indexer) document(n int, e *content.Entry, slugs []string) bleveindex.Document {
	r := newRecord(e, slugs, x.lang)
	a := x.analyzers.of(lang.Of(r.base))
	d := document.NewDocument(r.id)
	x.text(d, a, n, Question, r.Question)
	x.text(d, a, n, Alias, r.Alias...)
	x.text(d, a, n, Answer, r.Answer)
	x.text(d, a, n, Headings, r.Section)
	x.keywords(d, a, InSection, r.InSection)
	x.keywords(d, a, Lang, r.Lang)
	x.keywords(d, a, Tag, r.Tag)
	d.AddField(&field{name: EntryField, options: x.options(a, EntryField), value: []byte(r.Entry), tables: &x.tables})
	x.keyword(d, "_id", bleveindex.IndexField|bleveindex.StoreField, newStem(r.id))
	return entryDocument{d, &x.tables}
}

// An entryDocument is a document whose fields make their terms in tables.
type entryDocument struct {
	*document.Document
	tables *tables
}

// VisitFields calls f with each field. What the terms of another document were
// made in is used again.
func (d entryDocument) VisitFields(f bleveindex.FieldVisitor) {
	d.tables.used = 0
	d.Document.VisitFields(f)
}

// options returns how the mapping of a's language wants a field indexed.
func (x *indexer) options(a *analyzer, name string) bleveindex.FieldIndexingOptions {
	return x.mapping.TypeMapping[a.Base].Properties[name].Fields[0].Options()
}

func (x *indexer) text(d *document.Document, a *analyzer, n int, name string, texts ...string) {
	stream := a.words(strings.Join(texts, "\n"), &x.buffer)
	x.counts = x.counts[:0]
	x.field++
	for _, t := range stream {
		w := a.word(t.Term)
		if w.last != n {
			w.last = n
			w.entries++
		}
		if w.stem.field != x.field {
			w.stem.field, w.stem.place = x.field, len(x.counts)
			x.counts = append(x.counts, count{w.stem, 0})
		}
		x.counts[w.stem.place].n++
	}
	x.tokens[name] += uint64(len(stream))
	d.AddField(&field{
		name: name, options: x.options(a, name), length: len(stream),
		counts: slices.Clone(x.counts), tables: &x.tables,
	})
}

// keywords adds a field for each value. Without any it adds an empty one: a
// segment that once had a field keeps it, and so all must have it.
func (x *indexer) keywords(d *document.Document, a *analyzer, name string, values []string) {
	if len(values) == 0 {
		d.AddField(&field{name: name, options: x.options(a, name), tables: &x.tables})
	}
	for _, v := range values {
		if x.keys[v] == nil {
			x.keys[v] = newStem(v)
		}
		x.keyword(d, name, x.options(a, name), x.keys[v])
	}
}

func (x *indexer) keyword(d *document.Document, name string, options bleveindex.FieldIndexingOptions, value *stem) {
	n := 1
	if options.SkipFreqNorm() {
		n = 0
	}
	d.AddField(&field{
		name: name, options: options, value: value.term, length: 1,
		counts: []count{{value, n}}, tables: &x.tables,
	})
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
	counts  []count
	tables  *tables
}

// A count is how often a field has a term; 0 if that is not counted.
type count struct {
	stem *stem
	n    int
}

// tables are room for the terms of one document at a time, as zapx wants them:
// that of all documents of a chunk would be most of the memory of a build.
type tables struct {
	all  []*table // one for each field
	used int
}

type table struct {
	terms bleveindex.TokenFrequencies
	room  []bleveindex.TokenFreq // that terms points to
}

// roomy is the number of terms above which a table is not used again: to empty
// it would take longer for every document that comes later.
const roomy = 1 << 10

// next returns an empty table for n terms.
func (ts *tables) next(n int) *table {
	if n > roomy {
		return &table{make(bleveindex.TokenFrequencies, n), make([]bleveindex.TokenFreq, n)}
	}
	if ts.used == len(ts.all) {
		ts.all = append(ts.all, &table{terms: bleveindex.TokenFrequencies{}})
	}
	t := ts.all[ts.used]
	ts.used++
	clear(t.terms)
	t.room = slices.Grow(t.room[:0], n)[:n]
	return t
}

// AnalyzedTokenFrequencies returns the terms, until the fields of another
// document are visited.
func (f *field) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies {
	t := f.tables.next(len(f.counts))
	for i, c := range f.counts {
		t.room[i] = bleveindex.TokenFreq{Term: c.stem.term}
		t.room[i].SetFrequency(c.n)
		t.terms[c.stem.text] = &t.room[i]
	}
	return t.terms
}

func (f *field) Name() string                             { return f.name }
func (f *field) Value() []byte                            { return f.value }
func (f *field) ArrayPositions() []uint64                 { return nil }
func (f *field) EncodedFieldType() byte                   { return 't' }
func (f *field) Analyze()                                 {} // it is
func (f *field) Options() bleveindex.FieldIndexingOptions { return f.options }
func (f *field) AnalyzedLength() int                      { return f.length }
func (f *field) NumPlainTextBytes() uint64                { return uint64(len(f.value)) }
func (f *field) Size() int                                { return len(f.value) }
