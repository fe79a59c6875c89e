// Package lang says how the words of a language are made into terms, which
// words are its grammar, and in what language a text is.
//
// The filters and the lists of words are bleve's, taken one language at a time:
// its package config links all of them, and that of Croatian compiles a hundred
// regular expressions at start. Stemmers work on text without accents, because
// people leave them out: those of Savoy (light) and of Porter's Snowball were
// chosen by which of them brings more forms of a word together then.
//
// Detection is kb's own, because no library was as good, as light and as alive.
// Measured in November 2026 on the 33 texts of TestDetect (right), on 204
// entries of FAQs in English and six other languages (right, unsure; none was
// wrong), with what a library adds to a program and to its start:
//
//	                                        texts  entries  size    start    last release
//	kb                                      33     201, 3   .05 MB  0        here
//	github.com/pemistahl/lingua-go 1.4.0    30     204, 0   133 MB  .5 ms    2023-09
//	github.com/abadojack/whatlanggo 1.0.1   26     201, 3   .5 MB   .2 ms    2019-03
//	github.com/RadhiFadlillah/whatlanggo    28     195, 9   .5 MB   .4 ms    none (2024-09)
//
// Whatlanggo has no Catalan, Galician, Basque and Armenian; its confidence in
// commands of a shell, which are no language, is high. Lingua takes .4 s for
// the first text in its mode of least memory.
package lang

import (
	"strings"

	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/analysis/lang/bg"
	"github.com/blevesearch/bleve/v2/analysis/lang/ca"
	"github.com/blevesearch/bleve/v2/analysis/lang/ckb"
	"github.com/blevesearch/bleve/v2/analysis/lang/cs"
	"github.com/blevesearch/bleve/v2/analysis/lang/da"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/el"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/eu"
	"github.com/blevesearch/bleve/v2/analysis/lang/fa"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/ga"
	"github.com/blevesearch/bleve/v2/analysis/lang/gl"
	"github.com/blevesearch/bleve/v2/analysis/lang/hi"
	"github.com/blevesearch/bleve/v2/analysis/lang/hu"
	"github.com/blevesearch/bleve/v2/analysis/lang/hy"
	"github.com/blevesearch/bleve/v2/analysis/lang/id"
	"github.com/blevesearch/bleve/v2/analysis/lang/in"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/lang/no"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/lang/ro"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/analysis/lang/tr"
	"github.com/blevesearch/bleve/v2/analysis/token/apostrophe"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
)

// A Language says how words of a language are made into terms.
type Language struct {
	Base     string      // of a BCP 47 tag
	Words    []string    // bleve token filters that find the word
	Stems    []string    // those that find its stem; none if the word is its own
	Elides   bool        // an apostrophe stands between two words, as in l'acqua
	Endings  []string    // what the stemmer of kb cuts off, where bleve has none that is light
	Respelt  [][2]string // endings as they stand in text without accents, and as the stemmer should see them
	Function [][]byte    // lists of words of grammar, in the form of analysis.TokenMap
}

// Und stands for all languages that nothing is known of: a text is split into
// words, which are their own stems.
const Und = "und"

// Bases returns the languages that Of knows.
func Bases() []string {
	return strings.Fields("ar bg ca ckb cs da de el en es eu fa fi fr ga gl hi hr hu hy id it ja ko nl no pl pt ro ru sv tr zh")
}

// Of returns the language of a BCP 47 tag, or the one of base Und.
func Of(tag string) Language {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if base == "nb" || base == "nn" {
		base = "no"
	}
	l := Language{Base: base, Words: []string{lowercase.Name}}
	switch base {
	case "ca":
		l.Elides, l.Function = true, lists(ca.CatalanStopWords, ca.CatalanArticles)
	case "da":
		l.Stems, l.Function = named(da.SnowballStemmerName), lists(da.DanishStopWords)
	case "de":
		l.Stems, l.Function = named(de.NormalizeName, de.SnowballStemmerName), lists(de.GermanStopWords)
	case "en":
		l.Words, l.Stems, l.Function = named(en.PossessiveName, lowercase.Name), named(en.SnowballStemmerName), lists(en.EnglishStopWords)
	case "es":
		l.Stems, l.Function = named(es.SnowballStemmerName), lists(es.SpanishStopWords)
		l.Respelt = [][2]string{{"cion", "ción"}, {"sion", "sión"}}
	case "fi":
		l.Stems, l.Function = named(fi.SnowballStemmerName), lists(fi.FinnishStopWords)
	case "fr":
		l.Elides, l.Stems, l.Function = true, named(fr.SnowballStemmerName), lists(fr.FrenchStopWords, fr.FrenchArticles)
		l.Respelt = [][2]string{{"ee", "ée"}, {"ees", "ées"}}
	case "ga":
		l.Elides, l.Function = true, lists(ga.IrishStopWords, ga.IrishArticles)
	case "hu":
		l.Stems, l.Function = named(hu.SnowballStemmerName), lists(hu.HungarianStopWords)
	case "it":
		l.Elides, l.Stems, l.Respelt = true, named(it.SnowballStemmerName), italianEndings()
		l.Function = lists(it.ItalianStopWords, it.ItalianArticles, listed("anch com cos dov n nient qual quest quell tutt"))
	case "nl":
		l.Stems, l.Function = named(nl.SnowballStemmerName), lists(nl.DutchStopWords)
	case "no":
		l.Stems, l.Function = named(no.SnowballStemmerName), lists(no.NorwegianStopWords)
	case "pt":
		l.Stems, l.Function = named(pt.LightStemmerName), lists(pt.PortugueseStopWords)
		l.Respelt = [][2]string{{"cao", "ção"}, {"coes", "ções"}}
	case "ro":
		l.Stems, l.Function = named(ro.SnowballStemmerName), lists(ro.RomanianStopWords)
	case "sv":
		l.Stems, l.Function = named(sv.SnowballStemmerName), lists(sv.SwedishStopWords)
	case "tr":
		l.Words, l.Stems, l.Function = named(apostrophe.Name, lowercase.Name), named(tr.SnowballStemmerName), lists(tr.TurkishStopWords)
	default:
		l = l.distant()
	}
	if words := helping(base); words != nil {
		l.Function = append(l.Function, words)
	}
	return l
}

// distant is Of for languages in other scripts, and those that bleve has no
// stemmer for that kb could use.
func (l Language) distant() Language {
	switch l.Base {
	case "ar":
		l.Words, l.Stems, l.Function = named(lowercase.Name, ar.NormalizeName), named(ar.StemmerName), lists(ar.ArabicStopWords)
	case "bg":
		l.Function = lists(bg.BulgarianStopWords)
	case "ckb":
		l.Words, l.Stems, l.Function = named(ckb.NormalizeName, lowercase.Name), named(ckb.StemmerName), lists(ckb.SoraniStopWords)
	case "cs":
		l.Function = lists(cs.CzechStopWords)
	case "el":
		l.Function = lists(el.GreekStopWords)
	case "eu":
		l.Function = lists(eu.BasqueStopWords)
	case "fa":
		l.Words, l.Function = named(lowercase.Name, ar.NormalizeName, fa.NormalizeName), lists(fa.PersianStopWords)
	case "gl":
		l.Function = lists(gl.GalicianStopWords)
	case "hi":
		l.Words, l.Stems, l.Function = named(lowercase.Name, in.NormalizeName, hi.NormalizeName), named(hi.StemmerName), lists(hi.HindiStopWords)
	case "hr":
		l.Endings, l.Function = croatianEndings(), lists([]byte(croatianWords))
	case "hy":
		l.Function = lists(hy.ArmenianStopWords)
	case "id":
		l.Function = lists(id.IndonesianStopWords)
	case "ja", "ko", "zh":
	case "pl":
		l.Endings, l.Function = polishEndings(), lists([]byte(polishWords))
	case "ru":
		l.Stems, l.Function = named(ru.SnowballStemmerName), lists(ru.RussianStopWords)
	default:
		l.Base = Und
	}
	return l
}

func named(filters ...string) []string { return filters }

func lists(all ...[]byte) [][]byte { return all }

// listed returns a list of words with space between them.
func listed(words string) []byte { return []byte(strings.Join(strings.Fields(words), "\n")) }
