package index

import (
	"slices"

	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/mapping"

	"kb/index/lang"
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
	EntryField = "entry" // the entry, as appendEntry writes it
)

// Words stands for a field where Analyze is asked for words without stems. In
// an index they are not a field, which would be a fifth of its size: only the
// number of entries that each is in is kept. See Snapshot.Words.
const Words = "words"

func stemAnalyzer(l lang.Language) string { return "stems-" + l.Base }

// analyzerOf returns the name of the analyzer of a field.
func analyzerOf(l lang.Language, field string) string {
	switch field {
	case InSection, Lang, Tag:
		return keyword.Name
	}
	return stemAnalyzer(l)
}

// newMapping returns the mapping of an index with entries in the languages of
// those bases. It is static: bleve indexes the fields above and nothing else.
// Endings that no filter of bleve cuts, accents that a stemmer wants back, and
// pairs of Korean letters are in the index and not in the mapping.
func newMapping(bases []string) (*mapping.IndexMappingImpl, error) {
	m := mapping.NewIndexMapping()
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	for _, base := range slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(bases), lang.Und)))) {
		l := lang.Of(base)
		if err := addAnalyzer(m, l); err != nil {
			return nil, err
		}
		m.AddDocumentMapping(l.Base, documentMapping(l))
	}
	m.DefaultMapping = documentMapping(lang.Of(lang.Und))
	m.DefaultAnalyzer = stemAnalyzer(lang.Of(lang.Und))
	return m, m.Validate()
}

func addAnalyzer(m *mapping.IndexMappingImpl, l lang.Language) error {
	return m.AddCustomAnalyzer(stemAnalyzer(l), map[string]any{
		"type": custom.Name, "tokenizer": unicode.Name, "token_filters": slices.Concat(l.Words, []string{cjk.BigramName}, l.Stems),
	})
}

func documentMapping(l lang.Language) *mapping.DocumentMapping {
	d := mapping.NewDocumentStaticMapping()
	d.AddSubDocumentMapping("_all", mapping.NewDocumentDisabledMapping())
	for _, name := range []string{Question, Alias, Answer, Headings, InSection, Lang, Tag} {
		f := mapping.NewTextFieldMapping()
		f.Analyzer = analyzerOf(l, name)
		f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = false, false, false, false
		f.SkipFreqNorm = f.Analyzer == keyword.Name
		d.AddFieldMappingsAt(name, f)
	}
	stored := mapping.NewTextFieldMapping()
	stored.Index, stored.Store = false, true
	stored.IncludeTermVectors, stored.IncludeInAll, stored.DocValues = false, false, false
	d.AddFieldMappingsAt(EntryField, stored)
	return d
}
