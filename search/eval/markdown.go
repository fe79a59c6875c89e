package eval

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// A Verdict is all that a pull request is to say about a ranking.
type Verdict struct {
	Topics   []Topic
	Report   *Report
	Baseline *Report     // nil without one; of no topics that Report does not have
	Moved    *Comparison // nil without a baseline; on Measure
	Measure  Measure     // by which topics are said to lose and win
	Gates    []Gate
}

// told is how many topics that lost, and that won, a verdict names.
const told = 20

// WriteMarkdown writes a verdict as Markdown. The same verdict gives the same
// text.
func WriteMarkdown(w io.Writer, v Verdict) error {
	b := bufio.NewWriter(w)
	v.headline(b)
	v.measures(b)
	v.gates(b)
	if v.Moved != nil {
		v.moves(b)
	}
	return b.Flush()
}

func (v Verdict) headline(b *bufio.Writer) {
	failed := slices.ContainsFunc(v.Gates, func(g Gate) bool { return !g.OK })
	switch {
	case failed:
		fmt.Fprint(b, "## Ranking: falls short\n\n")
	case len(v.Gates) > 0:
		fmt.Fprint(b, "## Ranking: passes\n\n")
	default:
		fmt.Fprint(b, "## Ranking\n\n")
	}
}

// measures writes the means of all measures; beside a baseline's, those over the
// topics that it has.
func (v Verdict) measures(b *bufio.Writer) {
	if v.Baseline == nil {
		fmt.Fprint(b, "| measure | mean |\n|---|--:|\n")
		for _, m := range Measures() {
			fmt.Fprintf(b, "| %s | %.4f |\n", m, v.Report.Mean[m])
		}
		fmt.Fprintf(b, "\n%s.\n", plural(len(v.Report.Topics), "topic"))
		return
	}
	fmt.Fprint(b, "| measure | baseline | now | change |\n|---|--:|--:|--:|\n")
	for _, m := range Measures() {
		was, is := v.Baseline.Mean[m], v.Report.mean(m, v.Baseline.Topics)
		fmt.Fprintf(b, "| %s | %.4f | %.4f | %s |\n", m, was, is, signed(is-was))
	}
	if n := v.Moved.New; n > 0 {
		fmt.Fprintf(b, "\nLeft out since the baseline does not have them: %s.\n", plural(n, "topic"))
	}
}

func (v Verdict) gates(b *bufio.Writer) {
	if len(v.Gates) == 0 {
		return
	}
	fmt.Fprint(b, "\n| gate | is | |\n|---|--:|---|\n")
	for _, g := range v.Gates {
		mark := "holds"
		if !g.OK {
			mark = "**falls short**"
		}
		fmt.Fprintf(b, "| %s | %.4f | %s |\n", g.Want, g.Is, mark)
	}
}

// moves says which topics lost and won, and whether chance alone may do that.
func (v Verdict) moves(b *bufio.Writer) {
	var lost, won []Change
	for _, c := range v.Moved.Changes {
		switch {
		case c.Increment < 0:
			lost = append(lost, c)
		case c.Increment > 0:
			won = append(won, c)
		}
	}
	slices.SortStableFunc(won, func(a, b Change) int { return cmp.Compare(b.Increment, a.Increment) })
	all := len(v.Moved.Changes)
	fmt.Fprintf(b, "\n%s: %d lost, %d won, %d as before.", plural(all, "topic"), len(lost), len(won), all-len(lost)-len(won))
	if len(lost)+len(won) > 0 {
		fmt.Fprintf(b, " Chance alone makes %s differ as much in %.1f %% of cases (p = %.4f, paired randomisation test).", v.Measure, 100*v.Moved.P, v.Moved.P)
	}
	fmt.Fprint(b, "\n")
	v.table(b, "Lost", lost)
	v.table(b, "Won", won)
}

func (v Verdict) table(b *bufio.Writer, title string, changes []Change) {
	if len(changes) == 0 {
		return
	}
	query := make(map[string]string, len(v.Topics))
	for _, t := range v.Topics {
		query[t.ID] = t.Query
	}
	fmt.Fprintf(b, "\n### %s\n\n| topic | query | %s | | first right answer |\n|---|---|--:|--:|---|\n", title, v.Measure)
	for _, c := range changes[:min(told, len(changes))] {
		fmt.Fprintf(b, "| %s | %s | %.4f → %.4f | %s | %s → %s |\n", code(c.Topic), code(query[c.Topic]), c.Was, c.Is, signed(c.Increment),
			place(v.Baseline.Values[c.Topic]), place(v.Report.Values[c.Topic]))
	}
	if n := len(changes) - told; n > 0 {
		fmt.Fprintf(b, "\n%s more.\n", plural(n, "topic"))
	}
}

// place returns the rank of the first right answer of a topic, of which MRR is
// the inverse.
func place(values map[Measure]float64) string {
	if values[MRR10] == 0 {
		return "none in 10"
	}
	return fmt.Sprint(math.Round(1 / values[MRR10]))
}

// signed returns a difference with its sign, and "0" where it rounds to none.
func signed(d float64) string {
	if s := fmt.Sprintf("%+.4f", d); strings.Trim(s, "+-0.") != "" {
		return strings.Replace(s, "-", "−", 1)
	}
	return "0"
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// code returns text as Markdown shows it letter by letter, in a cell of a
// table, where nothing in it can be a link or name anybody.
func code(text string) string {
	text = strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		text = " " + text + " "
	}
	return fence + text + fence
}
