//go:build linux

package search

import (
	"fmt"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/highlight/highlighter/html"

	"kb/content"
)

// plain returns an index of the entries as bleve makes it by itself.
func plain(b *testing.B, entries []*content.Entry) bleve.Index {
	b.Helper()
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = en.AnalyzerName
	field := mapping.NewTextFieldMapping()
	field.DocValues, field.IncludeInAll = false, false
	m.DefaultMapping = bleve.NewDocumentStaticMapping()
	m.DefaultMapping.AddFieldMappingsAt("question", field)
	m.DefaultMapping.AddFieldMappingsAt("answer", field)
	ix, err := bleve.NewUsing(b.TempDir()+"/plain", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { ix.Close() })
	batch := ix.NewBatch()
	for i, e := range entries {
		if err := batch.Index(fmt.Sprint(i), map[string]string{"question": e.Question, "answer": e.Answer.Text}); err != nil {
			b.Fatal(err)
		}
	}
	if err := ix.Batch(batch); err != nil {
		b.Fatal(err)
	}
	return ix
}

// composite returns what people make of bleve's own queries to search an FAQ.
func composite(text string) *bleve.SearchRequest {
	question := bleve.NewMatchQuery(text)
	question.SetField("question")
	question.SetBoost(3)
	answer := bleve.NewMatchQuery(text)
	answer.SetField("answer")
	phrase := bleve.NewMatchPhraseQuery(text)
	phrase.SetField("question")
	last := text[strings.LastIndexByte(text, ' ')+1:]
	prefix := bleve.NewPrefixQuery(strings.ToLower(strings.Trim(last, "?.!")))
	prefix.SetField("question")
	fuzzy := bleve.NewMatchQuery(text)
	fuzzy.SetField("question")
	fuzzy.SetFuzziness(1)
	r := bleve.NewSearchRequest(bleve.NewDisjunctionQuery(question, answer, phrase, prefix, fuzzy))
	r.Fields = []string{"question", "answer"}
	r.Highlight = bleve.NewHighlightWithStyle(html.Name)
	return r
}

// BenchmarkBeside measures kb and a query of bleve's own in turn: the entries,
// the questions and the machine are the same. With the times of bleve it
// reports which share of them kb takes, at p50 and at p99.
func BenchmarkBeside(b *testing.B) {
	all := medquad(b)
	questions, others, _ := questionsOf(b, all)
	const n = 10_000
	ours := sized(b, all, n)
	bleves := plain(b, resized(all, n))
	for name, queries := range map[string][]string{"questions": questions, "others": others, "keystrokes": keystrokes(questions[:10])} {
		var own times
		b.Run(name+"/kb", func(b *testing.B) {
			own = percentiles(b, queries, func(q string) error {
				_, err := ours.Search(b.Context(), Query{Text: q})
				return err
			})
		})
		b.Run(name+"/bleve", func(b *testing.B) {
			its := percentiles(b, queries, func(q string) error {
				_, err := bleves.SearchInContext(b.Context(), composite(q))
				return err
			})
			if own != nil {
				b.ReportMetric(own.ms(0.5)/its.ms(0.5), "kb/bleve-p50")
				b.ReportMetric(own.ms(0.99)/its.ms(0.99), "kb/bleve-p99")
			}
		})
	}
}
