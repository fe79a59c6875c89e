// Package bm25 ranks the documents of a bleve index by Okapi BM25 over several
// fields, with the true lengths of fields.
//
// For a term t and a document d, each field f gives the well-known
//
//	B(f,t,d) = weight(f) · tf·(k1+1) / (tf + k1·norm)
//	norm     = 1 − b(f) + b(f)·len(f,d)/pivot(f)
//
// where tf is how often t is in the field, len its length in tokens and pivot
// the mean length over all documents, or a length that is given. The fields
// are joined by their largest value and a share of the others, so that a word
// said in the question and again in the answer counts little more than one
// said in the question; and, as in BM25F, by saturating the sum of their
// weighted frequencies, for documents that say it here and there:
//
//	T(t,d) = idf(t) · (max_f B + tie · (Σ_f B − max_f B) + blend · z/(1 + z))
//	z      = Σ_f weight(f)·tf/norm
//	idf(t) = ln(1 + (N − n + 0.5) / (n + 0.5))
//
// with N documents, n of which have t in any field. A pivot that is given and
// not the mean makes fields that are long in all documents count less than
// fields that are short in all of them.
//
// A word of a query is a list of alternatives (the word, its spellings,
// prefixes, synonyms), each of a weight; the best one counts, once:
//
//	W(w,d) = weight(w) · max_a weight(a) · T(a,d)
//
// where an alternative's idf is at most that of the first, if any document has
// the first. The words add up, times a power of the share of them that
// matched, measured in the idf of the words:
//
//	S(q,d) = Σ_w W(w,d) · (Σ_{w in d} weight(w)·idf(w) / Σ_w weight(w)·idf(w))^¼
//
// where idf(w) is the largest weight(a)·idf(a), or that of a term which no
// document has. What stands in T beside idf is kept as a number of 32 bits.
//
// The best documents are found without scoring all: words that together cannot
// lift a document among them only add to documents found by others. Turtle,
// Flood: Query Evaluation: Strategies and Optimizations, IPM 31(6), 1995.
//
// Robertson, Zaragoza: The Probabilistic Relevance Framework: BM25 and Beyond,
// FnTIR 3(4), 2009, for B and idf (here without negative values, as in
// Lucene). Robertson, Zaragoza, Taylor: Simple BM25 Extension to Multiple
// Weighted Fields, CIKM 2004, for z. Singhal, Buckley, Mitra: Pivoted Document
// Length Normalization, SIGIR 1996, for the pivot. Fox, Shaw: Combination of
// Multiple Searches, TREC-2, 1994, for the factor of coverage; Lucene's
// DisjunctionMaxQuery for the maximum with a tie breaker.
//
// bleve's own scoring is not used: its "bm25" divides by a mean length made of
// distinct terms, squares idf inside compound queries, and multiplies the
// score of an expanded word by the share of its expansions that matched.
package bm25

import (
	"errors"
	"math"
)

// A Field is one field of the documents and its share in the score.
type Field struct {
	Name   string
	Weight float64
	B      float64 // how much length counts, from 0 to 1
	Pivot  float64 // length in tokens that neither helps nor hurts; 0 means the mean
	Names  bool    // whether a minor word there can find a document
}

// A Model is the formula of the package with its parameters.
type Model struct {
	K1     float64 // how soon a repeated term counts no more; 0 or larger
	Tie    float64 // share of the fields that are not the best, from 0 to 1
	Blend  float64 // weight of the frequencies of all fields together; 0 or larger
	Fields []Field // at most MaxFields
}

// MaxFields is how many fields a Model can have.
const MaxFields = 8

var errFields = errors.New("bm25: number of fields")

// idf returns the inverse document frequency of a term that n of total
// documents have.
func idf(total, n int) float64 {
	return math.Log(1 + (float64(total)-float64(n)+0.5)/(float64(n)+0.5))
}

// A part is what one field gives for a term, before idf.
type part struct {
	impact    float64 // B
	frequency float64 // its share of z
}

// part returns what a field gives for tf occurrences of a term. Pivot is the
// length that does not count.
func (m *Model) part(f *Field, tf, length, pivot float64) part {
	norm := 1.0
	if pivot > 0 {
		norm = 1 - f.B + f.B*length/pivot
	}
	return part{
		impact:    f.Weight * tf * (m.K1 + 1) / (tf + m.K1*norm),
		frequency: f.Weight * tf / norm,
	}
}

// join returns what fields with that largest and summed impact, and that sum
// of frequencies, give together.
func (m *Model) join(most, sum, z float64) float64 {
	return most + m.Tie*(sum-most) + m.Blend*z/(1+z)
}

// coverage is the factor for the share of a query, from 0 to 1, that matched.
func coverage(share float64) float64 { return math.Sqrt(math.Sqrt(share)) }
