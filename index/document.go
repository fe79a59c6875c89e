package index

import (
	"maps"
	"strings"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"kb/content"
)

// An indexer makes documents of entries, as the mapping says, and counts. One
// goroutine uses it.
type indexer struct {
	mapping   *mapping.IndexMappingImpl
	lang      string // of the site
	analyzers analyzers
	tokens    map[string]uint64 // field to its length in tokens
	buffer    tokenBuffer
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
	a := x.analyzers.of(languageOf(r.base))
	d := document.NewDocument(r.id)
	x.text(d, a, n, Question, r.Question)
	x.text(d, a, n, Alias, r.Alias...)
	x.text(d, a, n, Answer, r.Answer)
	x.text(d, a, n, Headings, r.Section)
	x.keywords(d, a, InSection, r.InSection)
	x.keywords(d, a, Lang, r.Lang)
	x.keywords(d, a, Tag, r.Tag)
	d.AddField(newField(EntryField, x.options(a, EntryField), []byte(r.Entry)))
	x.keyword(d, "_id", bleveindex.IndexField|bleveindex.StoreField, r.id)
	return d, nil
}

func newField(name string, options bleveindex.FieldIndexingOptions, value []byte) *field {
	return &field{name: name, options: options, value: value, terms: bleveindex.TokenFrequencies{}}
}

// options returns how the mapping of a's language wants a field indexed.
func (x *indexer) options(a *analyzer, name string) bleveindex.FieldIndexingOptions {
	return x.mapping.TypeMapping[a.base].Properties[name].Fields[0].Options()
}

func (x *indexer) text(d *document.Document, a *analyzer, n int, name string, texts ...string) {
	if len(texts) == 0 {
		return
	}
	f := newField(name, x.options(a, name), nil)
	for _, t := range a.words(strings.Join(texts, "\n"), &x.buffer) {
		w := a.word(t.Term)
		if w.last != n {
			w.last = n
			w.entries++
		}
		f.add(w.stem, w.term)
	}
	x.tokens[name] += uint64(f.length)
	d.AddField(f)
}

func (x *indexer) keywords(d *document.Document, a *analyzer, name string, values []string) {
	for _, v := range values {
		x.keyword(d, name, x.options(a, name), v)
	}
}

func (x *indexer) keyword(d *document.Document, name string, options bleveindex.FieldIndexingOptions, value string) {
	f := newField(name, options, []byte(value))
	f.add(value, f.value)
	d.AddField(f)
}

// words returns the number of entries that each word is in.
func (x *indexer) words() map[string]uint64 {
	all := map[string]uint64{}
	for a := range maps.Values(x.analyzers.made) {
		for text, w := range a.known {
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
	made    []bleveindex.TokenFreq // what terms points to, and older ones
}

// add counts a token.
func (f *field) add(key string, term []byte) {
	f.length++
	tf := f.terms[key]
	if tf == nil {
		f.made = append(f.made, bleveindex.TokenFreq{Term: term})
		tf = &f.made[len(f.made)-1]
		f.terms[key] = tf
	}
	if !f.options.SkipFreqNorm() {
		tf.SetFrequency(tf.Frequency() + 1)
	}
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
