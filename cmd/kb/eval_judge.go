package main

import (
	"fmt"
	"strings"

	"kb/search/eval"
)

// judge measures a run and tells what falls short.
func (a *app) judge(e evaluation, topics []eval.Topic, run eval.Run, minima map[eval.Measure]float64) error {
	v, err := e.verdict(topics, run, minima)
	if err != nil {
		return err
	}
	if err := a.publish(e, v); err != nil {
		return err
	}
	var lacks []string
	for _, g := range v.Gates {
		if !g.OK {
			lacks = append(lacks, g.Lack)
		}
	}
	if len(lacks) > 0 {
		return shortfall(strings.Join(lacks, "; "))
	}
	return nil
}

// verdict measures a run, beside the baseline if there is one.
func (e evaluation) verdict(topics []eval.Topic, run eval.Run, minima map[eval.Measure]float64) (eval.Verdict, error) {
	v := eval.Verdict{Topics: topics, Measure: eval.NDCG10}
	qrels, err := readFile(e.qrels, eval.ReadQrels)
	if err != nil {
		return v, err
	}
	v.Report = eval.Evaluate(topics, qrels, run, e.relevant)
	if len(v.Report.Topics) == 0 {
		return v, fmt.Errorf("%s judges none of the topics of %s", e.qrels, e.topics)
	}
	if e.baseline != "" {
		old, err := readFile(e.baseline, eval.ReadRun)
		if err != nil {
			return v, err
		}
		v.Baseline = eval.Evaluate(old.Asked(topics), qrels, old, e.relevant)
		if len(v.Baseline.Topics) == 0 {
			return v, fmt.Errorf("%s answers none of the topics of %s", e.baseline, e.topics)
		}
		c := eval.Compare(v.Baseline, v.Report, v.Measure)
		v.Moved = &c
		v.Gates = append(v.Gates, eval.NotBelow(c, v.Measure))
	}
	for _, m := range eval.Measures() {
		if limit, asked := minima[m]; asked {
			v.Gates = append(v.Gates, eval.AtLeast(v.Report, m, limit))
		}
	}
	return v, nil
}

// publish prints a verdict, and writes the report that was asked for.
func (a *app) publish(e evaluation, v eval.Verdict) error {
	if e.report != "" && e.report != "-" {
		var b strings.Builder
		if err := eval.WriteMarkdown(&b, v); err != nil {
			return fmt.Errorf("write %s: %w", e.report, err)
		}
		if err := writeOut(e.report, []byte(b.String())); err != nil {
			return err
		}
	}
	switch {
	case e.report == "-":
		return eval.WriteMarkdown(a.out, v)
	case e.asJSON:
		return a.out.json(evaluated{v.Report.Topics, v.Report.Mean, v.Moved})
	}
	a.figures(v)
	return nil
}

// evaluated is what kb eval --json prints.
type evaluated struct {
	Topics     []string                 `json:"topics"`
	Mean       map[eval.Measure]float64 `json:"mean"`
	Comparison *eval.Comparison         `json:"comparison,omitempty"`
}

// shownChanges is how many of the topics that lost or won most are shown.
const shownChanges = 10

// figures prints a verdict for people.
func (a *app) figures(v eval.Verdict) {
	for _, m := range eval.Measures() {
		a.out.printf("%-10s %.4f\n", m, v.Report.Mean[m])
	}
	a.out.printf("%-10s %d\n", "topics", len(v.Report.Topics))
	c := v.Moved
	if c == nil {
		return
	}
	query := map[string]string{}
	for _, t := range v.Topics {
		query[t.ID] = t.Query
	}
	a.out.printf("\n%s against the baseline: %.4f, was %.4f (p = %.4f)\n", v.Measure, c.Is, c.Was, c.P)
	if c.New > 0 {
		a.out.printf("left out: %s that the baseline does not have\n", count(c.New, "topic"))
	}
	for i, d := range c.Changes {
		if d.Increment != 0 && (i < shownChanges || i >= len(c.Changes)-shownChanges) {
			a.out.printf("%+.4f  %.4f  %s  %s\n", d.Increment, d.Is, d.Topic, query[d.Topic])
		}
	}
}
