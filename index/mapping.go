package index

import (
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/mapping"
)

// Fields of a document. The first four hold stems of folded text, with
// frequencies and lengths; stop words are kept. The next three are keywords,
// to filter by. EntryField is stored and not indexed.
const (
	Question   = "question"
	Alias      = "alias"
	Answer     = "answer"
	Headings   = "section"    // text of the headings above the question
	InSection  = "in_section" // slug of each section around the entry
	Lang       = "lang"       // BCP 47, lower case: pt-br is in pt-br and in pt
	Tag        = "tag"
	EntryField = "entry" // the entry as JSON
)

// Words stands for a field where Analyze is asked for words without stems. In
// an index they are not a field, which would be a fifth of its size: only the
// number of entries that each is in is kept. See Snapshot.Words.
const Words = "words"

// A language says how words of a language are made into terms: the bleve
// token filters that find the word, and those that find its stem.
type language struct {
	base  string // of a BCP 47 tag
	words []string
	stems []string
}

// languages lists the languages with a stemmer of their own. A text in any
// other language is split into words, which are their own stems.
func languages() []language {
	return []language{
		{"en", []string{en.PossessiveName, lowercase.Name}, []string{en.SnowballStemmerName}},
	}
}

// undetermined stands for a language without a stemmer.
func undetermined() language { return language{"und", []string{lowercase.Name}, nil} }

// languageOf returns the language for a BCP 47 tag.
func languageOf(tag string) language {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	for _, l := range languages() {
		if l.base == base {
			return l
		}
	}
	return undetermined()
}

func (l language) stemAnalyzer() string { return "stems-" + l.base }

// analyzer returns the name of the analyzer of a field.
func (l language) analyzer(field string) string {
	switch field {
	case InSection, Lang, Tag:
		return keyword.Name
	}
	return l.stemAnalyzer()
}

// newMapping returns the mapping of every index. It is static: bleve indexes
// the fields above and nothing else.
func newMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	for _, l := range append(languages(), undetermined()) {
		if err := addAnalyzer(m, l); err != nil {
			return nil, err
		}
		m.AddDocumentMapping(l.base, documentMapping(l))
	}
	m.DefaultMapping = documentMapping(undetermined())
	m.DefaultAnalyzer = undetermined().stemAnalyzer()
	return m, m.Validate()
}

func addAnalyzer(m *mapping.IndexMappingImpl, l language) error {
	return m.AddCustomAnalyzer(l.stemAnalyzer(), map[string]any{
		"type": custom.Name, "tokenizer": unicode.Name, "token_filters": slices.Concat(l.words, l.stems),
	})
}

func documentMapping(l language) *mapping.DocumentMapping {
	d := bleve.NewDocumentStaticMapping()
	d.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	for _, name := range []string{Question, Alias, Answer, Headings, InSection, Lang, Tag} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer = l.analyzer(name)
		f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = false, false, false, false
		f.SkipFreqNorm = f.Analyzer == keyword.Name
		d.AddFieldMappingsAt(name, f)
	}
	stored := bleve.NewTextFieldMapping()
	stored.Index, stored.Store = false, true
	stored.IncludeTermVectors, stored.IncludeInAll, stored.DocValues = false, false, false
	d.AddFieldMappingsAt(EntryField, stored)
	return d
}
