// Package eval measures a ranking against judgements, in the formats and with
// the conventions of TREC.
//
// The measures are those of trec_eval with linear gain: a document without a
// judgement is not relevant, and a topic without results counts as 0.
//
// Järvelin, Kekäläinen: Cumulated gain-based evaluation of IR techniques, ACM
// TOIS 20(4), 2002, for nDCG. Smucker, Allan, Carterette: A comparison of
// statistical significance tests for information retrieval evaluation, CIKM
// 2007, for the randomisation test.
package eval

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
)

// A Topic is a test query.
type Topic struct {
	ID    string
	Query string
}

// Qrels are judgements: topic to document to grade. A grade of 0 or less means
// not relevant.
type Qrels map[string]map[string]int

// A Ranked is one document of a run.
type Ranked struct {
	Doc   string
	Score float64
}

// A Run is what a system answered: topic to documents, best first; none, but
// not nil, to a topic for which it found nothing.
type Run map[string][]Ranked

// Depth is how many documents of a topic a run has at most.
const Depth = 100

// Answer returns the documents for a query, best first, at most Depth.
type Answer func(ctx context.Context, query string) ([]Ranked, error)

// Ask makes a run by asking every topic.
func Ask(ctx context.Context, topics []Topic, answer Answer) (Run, error) {
	run := make(Run, len(topics))
	for _, t := range topics {
		docs, err := answer(ctx, t.Query)
		if err != nil {
			return nil, fmt.Errorf("topic %s: %w", t.ID, err)
		}
		run[t.ID] = append([]Ranked{}, docs...)
	}
	return run, nil
}

// A Measure is a figure from 0 to 1 that can be computed for one topic.
type Measure string

// The measures, in the order they are shown. All are better when larger but
// ZeroHits, which is 1 for a topic without results.
const (
	NDCG10   Measure = "nDCG@10"
	MRR10    Measure = "MRR@10"
	R1       Measure = "R@1"
	R5       Measure = "R@5"
	R10      Measure = "R@10"
	ZeroHits Measure = "zero-hits"
)

// Measures returns all measures in order.
func Measures() []Measure { return []Measure{NDCG10, MRR10, R1, R5, R10, ZeroHits} }

// LessIsBetter reports whether small values of the measure are the good ones.
func (m Measure) LessIsBetter() bool { return m == ZeroHits }

// A Report is a run measured.
type Report struct {
	Topics []string                       // those measured, in the order of the topics
	Values map[string]map[Measure]float64 // topic to its values
	Mean   map[Measure]float64            // over the topics
}

// Asked returns those of the topics that a run has, though it may have found
// nothing for them.
func (r Run) Asked(topics []Topic) []Topic {
	return slices.DeleteFunc(slices.Clone(topics), func(t Topic) bool { return r[t.ID] == nil })
}

// Evaluate measures a run on those of the topics that have a document of at
// least the grade relevant, 1 or more, which is what counts as right for the
// measures that know only right and wrong.
func Evaluate(topics []Topic, qrels Qrels, run Run, relevant int) *Report {
	r := &Report{Values: map[string]map[Measure]float64{}, Mean: map[Measure]float64{}}
	for _, t := range topics {
		grades := qrels[t.ID]
		if r.Values[t.ID] != nil || right(grades, relevant) == 0 {
			continue
		}
		r.Topics = append(r.Topics, t.ID)
		r.Values[t.ID] = measure(grades, distinct(run[t.ID]), relevant)
	}
	for _, m := range Measures() {
		r.Mean[m] = r.mean(m, r.Topics)
	}
	return r
}

// mean returns the mean of a measure over some of the topics.
func (r *Report) mean(m Measure, topics []string) float64 {
	var sum float64
	for _, id := range topics {
		sum += r.Values[id][m]
	}
	return sum / math.Max(1, float64(len(topics)))
}

// right returns how many documents are relevant.
func right(grades map[string]int, relevant int) int {
	n := 0
	for _, g := range grades {
		if g >= relevant {
			n++
		}
	}
	return n
}

func distinct(docs []Ranked) []string {
	seen := make(map[string]bool, len(docs))
	var ids []string
	for _, d := range docs {
		if !seen[d.Doc] {
			seen[d.Doc] = true
			ids = append(ids, d.Doc)
		}
	}
	return ids
}

func measure(grades map[string]int, docs []string, relevant int) map[Measure]float64 {
	v := map[Measure]float64{NDCG10: ndcg(grades, docs, 10), MRR10: 0, ZeroHits: 0}
	all := float64(right(grades, relevant))
	for m, k := range map[Measure]int{R1: 1, R5: 5, R10: 10} {
		n := 0
		for _, d := range docs[:min(k, len(docs))] {
			if grades[d] >= relevant {
				n++
			}
		}
		v[m] = float64(n) / all
	}
	for i, d := range docs[:min(10, len(docs))] {
		if grades[d] >= relevant {
			v[MRR10] = 1 / float64(i+1)
			break
		}
	}
	if len(docs) == 0 {
		v[ZeroHits] = 1
	}
	return v
}

// ndcg returns the normalised discounted cumulated gain of the first k
// documents.
func ndcg(grades map[string]int, docs []string, k int) float64 {
	var gains, ideal []float64
	for _, d := range docs {
		gains = append(gains, float64(max(0, grades[d])))
	}
	for _, g := range grades {
		ideal = append(ideal, float64(max(0, g)))
	}
	slices.SortFunc(ideal, func(a, b float64) int { return cmp.Compare(b, a) })
	most := discounted(ideal, k)
	if most == 0 {
		return 0
	}
	return discounted(gains, k) / most
}

func discounted(gains []float64, k int) float64 {
	var sum float64
	for i, g := range gains[:min(k, len(gains))] {
		sum += g / math.Log2(float64(i+2))
	}
	return sum
}
