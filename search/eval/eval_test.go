package eval

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const topicsText = "# a comment\nq1\tfirst\nq2\tsecond, with\ttab\n\nq3\tnot judged\nq4\tnothing right\n"

const qrelsText = "# a comment\nq1 0 a 2\nq1 0 b 1\nq1 0 c 0\nq2 0 d 1\nq4 0 a 0\n"

const runText = `q1 Q0 c 1 9 kb
q1 Q0 b 2 8 kb
q1 Q0 a 3 8 kb
q1 Q0 b 4 1 kb
`

func read(t *testing.T) ([]Topic, Qrels, Run) {
	t.Helper()
	topics, err := ReadTopics(strings.NewReader(topicsText))
	if err != nil {
		t.Fatal(err)
	}
	qrels, err := ReadQrels(strings.NewReader(qrelsText))
	if err != nil {
		t.Fatal(err)
	}
	run, err := ReadRun(strings.NewReader(runText))
	if err != nil {
		t.Fatal(err)
	}
	return topics, qrels, run
}

// TestEvaluate compares with figures worked out by hand.
func TestEvaluate(t *testing.T) {
	topics, qrels, run := read(t)
	r := Evaluate(topics, qrels, run, 1)
	if diff := cmp.Diff([]string{"q1", "q2"}, r.Topics); diff != "" {
		t.Errorf("topics (-want +got):\n%s", diff)
	}
	log := math.Log2
	want := map[Measure]float64{
		NDCG10: (1/log(3) + 2/log(4)) / (2/log(2) + 1/log(3)), MRR10: 0.5, R1: 0, R5: 1, R10: 1, ZeroHits: 0,
	}
	near := cmpopts.EquateApprox(0, 1e-12)
	if diff := cmp.Diff(want, r.Values["q1"], near); diff != "" {
		t.Errorf("q1 (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[Measure]float64{NDCG10: 0, MRR10: 0, R1: 0, R5: 0, R10: 0, ZeroHits: 1}, r.Values["q2"]); diff != "" {
		t.Errorf("q2 (-want +got):\n%s", diff)
	}
	if r.Mean[R5] != 0.5 || r.Mean[ZeroHits] != 0.5 {
		t.Errorf("means %v", r.Mean)
	}
	strict := Evaluate(topics, qrels, run, 2)
	if got := strict.Values["q1"][MRR10]; got != 1./3 {
		t.Errorf("only grade 2 right: MRR@10 %f", got)
	}
}

func TestWriteRun(t *testing.T) {
	topics, _, run := read(t)
	var b strings.Builder
	if err := WriteRun(&b, topics, run, "kb"); err != nil {
		t.Fatal(err)
	}
	again, err := ReadRun(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(run, again); diff != "" {
		t.Errorf("read again (-want +got):\n%s", diff)
	}
}

// TestFoundNothing tells a topic that found nothing from one that nobody asked,
// in a line that every tool of TREC reads.
func TestFoundNothing(t *testing.T) {
	topics := []Topic{{"q1", "found"}, {"q2", "nothing"}, {"q3", "not asked"}}
	run := Run{"q1": {{"a", 2}}, "q2": {}}
	var b strings.Builder
	if err := WriteRun(&b, topics, run, "kb"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("q1 Q0 a 1 2 kb\nq2 Q0 - 1 0 kb\n", b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again, err := ReadRun(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(run, again); diff != "" {
		t.Errorf("read again (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(topics[:2], again.Asked(topics)); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	r := Evaluate(topics, Qrels{"q2": {"b": 1}}, again, 1)
	if r.Mean[ZeroHits] != 1 {
		t.Errorf("means %v", r.Mean)
	}
}

// TestNewTopicsHideNoLoss adds to topics that all get worse one that the
// baseline does not have.
func TestNewTopicsHideNoLoss(t *testing.T) {
	topics := []Topic{{"q1", "one"}, {"q2", "two"}, {"new", "three"}}
	qrels := Qrels{"q1": {"a": 1}, "q2": {"a": 1}, "new": {"a": 1}}
	old := Run{"q1": {{"a", 1}}, "q2": {{"a", 1}}}
	now := Run{"q1": {{"b", 2}, {"a", 1}}, "q2": {{"b", 2}, {"a", 1}}, "new": {{"a", 1}}}
	baseline, report := Evaluate(old.Asked(topics), qrels, old, 1), Evaluate(topics, qrels, now, 1)
	c := Compare(baseline, report, NDCG10)
	if c.New != 1 || len(c.Changes) != 2 || NotBelow(c, NDCG10).OK {
		t.Errorf("%+v", c)
	}
	var b strings.Builder
	if err := WriteMarkdown(&b, Verdict{Topics: topics, Report: report, Baseline: baseline, Moved: &c, Measure: NDCG10}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| R@1 | 1.0000 | 0.0000 | −1.0000 |", "\nLeft out since the baseline does not have them: 1 topic.\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

func TestBadLines(t *testing.T) {
	for _, text := range []string{"q1", "q1 0 a", "q1 0 a b c"} {
		_, topics := ReadTopics(strings.NewReader("q0\tok\n" + text))
		_, qrels := ReadQrels(strings.NewReader("q0 0 a 1\n" + text))
		_, run := ReadRun(strings.NewReader("q0 Q0 a 1 1 kb\n" + text))
		for _, err := range []error{topics, qrels, run} {
			if !errors.Is(err, errLine) || !strings.Contains(err.Error(), "line 2") {
				t.Errorf("%q: %v", text, err)
			}
		}
	}
	for _, text := range []string{"q 1\tquery", "q\u00a01\tquery", " q\tquery"} {
		if _, err := ReadTopics(strings.NewReader(text)); !errors.Is(err, errLine) || !strings.Contains(err.Error(), "blank") {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"q Q0 a x 1 kb", "q Q0 a 1 x kb"} {
		if _, err := ReadRun(strings.NewReader(text)); !errors.Is(err, errLine) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestCompare(t *testing.T) {
	report := func(values ...float64) *Report {
		r := &Report{Values: map[string]map[Measure]float64{}}
		for i, v := range values {
			id := string(rune('a' + i))
			r.Topics = append(r.Topics, id)
			r.Values[id] = map[Measure]float64{NDCG10: v}
		}
		return r
	}
	c := Compare(report(1, 0.5, 0.5, 0), report(1, 1, 0.1, 0, 1), NDCG10)
	want := []Change{{"c", 0.5, 0.1, -0.4}, {"a", 1, 1, 0}, {"d", 0, 0, 0}, {"b", 0.5, 1, 0.5}}
	if diff := cmp.Diff(want, c.Changes, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	if c.Was != 0.5 || math.Abs(c.Is-0.525) > 1e-12 || c.P < 0.9 {
		t.Errorf("was %f, is %f, p %f", c.Was, c.Is, c.P)
	}
}

// TestPValue compares with the exact values: of the 2ⁿ assignments of signs,
// those that are as extreme.
func TestPValue(t *testing.T) {
	for _, c := range []struct {
		differences []float64
		want        float64
	}{
		{nil, 1},
		{[]float64{0, 0, 0}, 1},
		{[]float64{1, 1, 1, 1, 1, 1, 1, 1}, 2. / 256},
		{[]float64{1, 2, 3}, 2. / 8},
		{[]float64{1, -1, 1, -1}, 1},
	} {
		if got := pValue(c.differences); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%v: p = %f, want %f", c.differences, got, c.want)
		}
	}
}

func TestAsk(t *testing.T) {
	topics, _, _ := read(t)
	run, err := Ask(t.Context(), topics, func(_ context.Context, query string) ([]Ranked, error) {
		return []Ranked{{query, 1}}, nil
	})
	if err != nil || run["q2"][0].Doc != "second, with\ttab" {
		t.Errorf("run %v, %v", run, err)
	}
	failure := errors.New("broken")
	_, err = Ask(t.Context(), topics, func(context.Context, string) ([]Ranked, error) { return nil, failure })
	if !errors.Is(err, failure) || !strings.Contains(err.Error(), "q1") {
		t.Errorf("error %v", err)
	}
}
