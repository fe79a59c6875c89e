package index

import (
	"math"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveindex "github.com/blevesearch/bleve_index_api"
	"github.com/blevesearch/vellum"

	"kb/content"
	"kb/index/lang"
)

// An indexer makes documents of entries, as the mapping says, and counts. One
// goroutine uses it.
type indexer struct {
	lang      string // of the site
	options   map[string]bleveindex.FieldIndexingOptions
	analyzers analyzers
	memo      int               // words that it remembers in all languages
	one       uint64            // by which an entry counts
	tokens    map[string]uint64 // field to its length in tokens
	lists     []*vellum.FST     // of words that were counted and forgotten
	buffer    tokenBuffer
	counts    []count // of the text field that is being made
	block     []count // of those before
	field     int     // its number

	// Room for the document that is being visited.
	empty  *document.Document
	fields []field
	entry  []byte
	tables tables
}

func newIndexer(m *mapping.IndexMappingImpl, lang string, memo int) *indexer {
	x := &indexer{
		lang: lang, memo: memo, options: map[string]bleveindex.FieldIndexingOptions{"_id": bleveindex.IndexField | bleveindex.StoreField},
		one: 1, tokens: map[string]uint64{}, empty: document.NewDocument(""),
	}
	for name, p := range m.DefaultMapping.Properties {
		for _, f := range p.Fields { // the same in every language
			x.options[name] = f.Options()
		}
	}
	return x
}

// textFields are those that are analysed.
var textFields = [...]string{Question, Alias, Answer, Headings}

// document returns the document of e, which is the n-th entry from 1 and in
// the sections with those slugs. Documents of one indexer are visited by one
// goroutine.
func (x *indexer) document(n int, e *content.Entry, slugs []string) (bleveindex.Document, error) {
	if err := x.bound(); err != nil {
		return nil, err
	}
	r := newRecord(e, slugs, x.lang)
	a := x.analyzers.of(lang.Of(r.base))
	d := &entryDocument{Document: x.empty, x: x, entry: e, slugs: slugs, langs: r.Lang}
	for i, texts := range [...][]string{{r.Question}, r.Alias, {r.Answer}, {r.Section}} {
		d.texts[i] = x.text(a, n, textFields[i], texts)
	}
	return d, nil
}

// remembered is the number of words above which an indexer forgets those that
// are in fewer entries than often, or all. They take some 12 MB.
const (
	remembered = 64 << 10
	often      = 4
	every      = math.MaxUint64
)

// bound forgets words where too many are remembered.
func (x *indexer) bound() error {
	if x.knows() < x.memo {
		return nil
	}
	if err := x.forget(often); err != nil || x.knows() <= x.memo/2 {
		return err
	}
	return x.forget(every)
}

// knows returns how many words are remembered.
func (x *indexer) knows() int {
	n := 0
	for _, a := range x.analyzers.made {
		n += len(a.knownWords)
	}
	return n
}

// forget lists the words that are in fewer entries than that, and forgets them.
func (x *indexer) forget(fewer uint64) error {
	for _, a := range x.analyzers.made {
		list, err := a.forget(fewer, x.one)
		if err != nil {
			return err
		}
		x.lists = append(x.lists, list)
	}
	return nil
}

func (x *indexer) text(a *analyzer, n int, name string, texts []string) text {
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
	x.tokens[name] += x.one * uint64(len(stream))
	return text{len(stream), x.keep(x.counts)}
}

// block is the number of counts that are kept side by side.
const block = 16 << 10

// keep returns a copy of counts.
func (x *indexer) keep(counts []count) []count {
	n := len(x.block)
	if n+len(counts) > cap(x.block) {
		x.block, n = make([]count, 0, max(block, len(counts))), 0
	}
	x.block = append(x.block, counts...)
	return x.block[n:]
}

// An entryDocument is an entry that is analysed. It makes its fields whenever
// they are visited, in the room of its indexer: those of all documents of a
// chunk would be most of the memory of a build.
type entryDocument struct {
	*document.Document // an empty one, for what zapx does not ask for
	x                  *indexer
	entry              *content.Entry
	slugs              []string // of its sections
	langs              []string
	texts              [len(textFields)]text
}

// A text is what an index keeps of one.
type text struct {
	length int // in tokens
	counts []count
}

// A count is how often a text has a stem.
type count struct {
	stem *stem
	n    int
}

// VisitFields calls f with each field, which is there until it returns; its
// terms and value, until fields of another document are visited. On the way
// through the first document zapx visits all others.
func (d *entryDocument) VisitFields(f bleveindex.FieldVisitor) {
	x := d.x
	fields := d.appendFields(x.fields[:0])
	x.fields, x.tables.used = nil, 0
	for i := range fields {
		fields[i].x, fields[i].options = x, x.options[fields[i].name]
		f(&fields[i])
	}
	x.fields = fields
}

func (d *entryDocument) appendFields(fields []field) []field {
	for i, t := range d.texts {
		fields = append(fields, field{name: textFields[i], length: t.length, counts: t.counts})
	}
	fields = appendKeywords(fields, InSection, d.slugs)
	fields = appendKeywords(fields, Lang, d.langs)
	fields = appendKeywords(fields, Tag, d.entry.Tags)
	fields = append(fields, field{name: EntryField, entry: d.entry})
	return appendKeywords(fields, "_id", []string{d.entry.ID})
}

// appendKeywords appends a field for each value. Without any it appends an
// empty one: a segment that once had a field keeps it, and so all must have it.
func appendKeywords(fields []field, name string, values []string) []field {
	if len(values) == 0 {
		fields = append(fields, field{name: name})
	}
	for i := range values {
		fields = append(fields, field{name: name, length: 1, keyword: values[i : i+1]})
	}
	return fields
}

// A field is one of a document.
type field struct {
	x       *indexer
	name    string
	options bleveindex.FieldIndexingOptions
	length  int            // in tokens
	counts  []count        // of a text
	keyword []string       // or one
	entry   *content.Entry // or that is stored
}

// tables are room for the terms of one document, as zapx wants them.
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

// add adds the i-th term, which is there n times.
func (t *table) add(i int, term string, n int) {
	t.room[i] = bleveindex.TokenFreq{}
	t.room[i].SetFrequency(n)
	t.terms[term] = &t.room[i]
}

// AnalyzedTokenFrequencies returns the terms.
func (f *field) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies {
	t := f.x.tables.next(len(f.counts) + len(f.keyword))
	for i, c := range f.counts {
		t.add(i, c.stem.text, c.n)
	}
	for i, k := range f.keyword {
		n := 1
		if f.options.SkipFreqNorm() {
			n = 0
		}
		t.add(i, k, n)
	}
	return t.terms
}

// Value returns what is stored.
func (f *field) Value() []byte {
	if f.entry != nil {
		f.x.entry = appendEntry(f.x.entry[:0], f.entry)
		return f.x.entry
	}
	return []byte(strings.Join(f.keyword, ""))
}

func (f *field) Name() string                             { return f.name }
func (f *field) ArrayPositions() []uint64                 { return nil }
func (f *field) EncodedFieldType() byte                   { return 't' }
func (f *field) Analyze()                                 {} // it is
func (f *field) Options() bleveindex.FieldIndexingOptions { return f.options }
func (f *field) AnalyzedLength() int                      { return f.length }
func (f *field) NumPlainTextBytes() uint64                { return 0 } // zapx does not ask
