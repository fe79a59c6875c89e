package eval

import (
	"fmt"
	"strings"
	"testing"
)

// TestMarkdownNamesTheMost shows as many topics as are of use, the largest
// change first, and says how many more there are.
func TestMarkdownNamesTheMost(t *testing.T) {
	old, now := &Report{Values: map[string]map[Measure]float64{}}, &Report{Values: map[string]map[Measure]float64{}}
	for i := range told + 2 {
		id := fmt.Sprintf("t%02d", i)
		old.Values[id] = map[Measure]float64{NDCG10: 1, MRR10: 1}
		now.Values[id] = map[Measure]float64{NDCG10: float64(i) / 100, MRR10: 0.5}
		now.Topics = append(now.Topics, id)
	}
	c := Compare(old, now, NDCG10)
	var b strings.Builder
	v := Verdict{Report: now, Baseline: old, Moved: &c, Measure: NDCG10, Gates: []Gate{NotBelow(c, NDCG10)}}
	if err := WriteMarkdown(&b, v); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{
		"## Ranking: falls short\n", "22 topics: 22 lost, 0 won, 0 as before.",
		"|---|---|--:|--:|---|\n| `t00` | `` | 1.0000 → 0.0000 | −1.0000 | 1 → 2 |\n| `t01` ",
		"\n2 topics more.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "`t20`") {
		t.Errorf("too many topics in\n%s", got)
	}
}

func TestGates(t *testing.T) {
	r := &Report{Mean: map[Measure]float64{NDCG10: 0.5, ZeroHits: 0.1}}
	for _, c := range []struct {
		gate Gate
		ok   bool
	}{
		{AtLeast(r, NDCG10, 0.5), true},
		{AtLeast(r, NDCG10, 0.51), false},
		{AtLeast(r, ZeroHits, 0.1), true},
		{AtLeast(r, ZeroHits, 0.05), false},
		{NotBelow(Comparison{Was: 0.3 + 1e-16, Is: 0.3}, NDCG10), true},
		{NotBelow(Comparison{Was: 0.3, Is: 0.2999}, NDCG10), false},
	} {
		if c.gate.OK != c.ok || (c.gate.Lack == "") != c.ok {
			t.Errorf("%+v, want ok %v", c.gate, c.ok)
		}
	}
}
