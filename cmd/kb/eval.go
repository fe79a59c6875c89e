package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"kb/search"
	"kb/search/eval"
)

// An evaluation is what kb eval is asked to do.
type evaluation struct {
	from                           origin
	topics, qrels, baseline, write string
	report                         string
	relevant                       int
	minima                         []string
	semantic                       string
	asJSON                         bool
}

func (a *app) evalCommand() *cobra.Command {
	var e evaluation
	cmd := &cobra.Command{
		Use:   "eval --topics FILE",
		Short: "measure the ranking",
		Long: `Measure the ranking by questions whose right answers are known. Topics are lines
of an id, a tab and a query; qrels, lines of a topic, 0, an entry's id and a
grade; runs and baselines, TREC runs, in which the document - says that nothing
was found. Topics that a baseline does not have are not compared with it. The
exit status is 0 if the ranking is as good as the baseline and every minimum, 1
if it falls short, 2 if something went wrong. kb eval init proposes topics;
--report tells a pull request what moved.`,
		Example: example(`
			kb eval --content content/faq --topics topics.tsv --qrels qrels.tsv
			kb eval --index site --topics topics.tsv --qrels qrels.tsv --baseline good.run --min nDCG@10=0.70 --report -`),
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.eval(cmd.Context(), e) },
	}
	e.from.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&e.topics, "topics", "", "the questions, a `file`")
	f.StringVar(&e.qrels, "qrels", "", "the right answers, a `file`")
	f.StringVar(&e.write, "run", "", "write what was answered to this `file`")
	f.StringVar(&e.baseline, "baseline", "", "compare with the run in this `file`")
	f.StringVar(&e.report, "report", "", "write a report in Markdown to this `file`, or - to print it")
	f.StringArrayVar(&e.minima, "min", nil, "fall short below this `measure=value`; may be repeated")
	f.IntVar(&e.relevant, "relevant", 1, "the least grade of a right answer")
	f.StringVar(&e.semantic, "semantic", "on", "on, or off to rank by words alone")
	jsonFlag(cmd, &e.asJSON)
	cmd.AddCommand(a.proposeCommand())
	return cmd
}

func (a *app) eval(ctx context.Context, e evaluation) error {
	if e.topics == "" {
		return hinted(errors.New("no topics"), "kb eval --topics topics.tsv --qrels qrels.tsv\nto begin with some: kb eval init")
	}
	if e.asJSON && e.report == "-" {
		return hinted(errors.New("--json and --report - both print"), "--report report.md")
	}
	if e.relevant < 1 {
		return hinted(fmt.Errorf("--relevant: %d is no grade of a right answer", e.relevant), "kb eval --relevant 1 …")
	}
	minima, err := e.thresholds()
	if err != nil {
		return err
	}
	if e.qrels == "" && (e.baseline != "" || e.report != "" || len(minima) > 0) {
		return hinted(errors.New("--min, --baseline and --report need --qrels, the right answers"), "kb eval --topics %s --qrels qrels.tsv …", e.topics)
	}
	topics, err := readFile(e.topics, eval.ReadTopics)
	if err != nil {
		return err
	}
	run, err := a.ask(ctx, e, topics)
	if err != nil {
		return err
	}
	if e.write != "" {
		if err := writeRun(e.write, topics, run); err != nil {
			return err
		}
	}
	if e.qrels == "" {
		a.err.note("%s asked; --qrels measures the answers", count(len(topics), "topic"))
		return nil
	}
	return a.judge(e, topics, run, minima)
}

// ask asks every topic.
func (a *app) ask(ctx context.Context, e evaluation, topics []eval.Topic) (eval.Run, error) {
	if e.semantic != "on" && e.semantic != "off" {
		return nil, hinted(fmt.Errorf("--semantic: %q is neither on nor off", e.semantic), "kb eval --semantic=off …")
	}
	var run eval.Run
	err := a.open(ctx, e.from, func(s *search.Searcher, _ supply) (err error) {
		run, err = eval.Ask(ctx, topics, func(ctx context.Context, text string) ([]eval.Ranked, error) {
			return ranked(s.Rank(ctx, search.Query{Text: text, Limit: eval.Depth, Lexical: e.semantic == "off"}))
		})
		return err
	})
	return run, err
}

// ranked returns the answers of a search as eval takes them.
func ranked(answers []search.Ranked, err error) ([]eval.Ranked, error) {
	docs := make([]eval.Ranked, len(answers))
	for i, r := range answers {
		docs[i] = eval.Ranked{Doc: r.ID, Score: r.Score}
	}
	return docs, err
}

// thresholds reads the minima.
func (e evaluation) thresholds() (map[eval.Measure]float64, error) {
	minima := map[eval.Measure]float64{}
	for _, text := range e.minima {
		name, value, _ := strings.Cut(text, "=")
		v, err := strconv.ParseFloat(value, 64)
		m := measureNamed(name)
		if err == nil && m != "" && !(v >= 0 && v <= 1) {
			return nil, hinted(fmt.Errorf("--min: %s is from 0 to 1, not %s", m, value), "kb eval --min %s=0.70 …", m)
		}
		if err != nil || m == "" {
			return nil, hinted(fmt.Errorf("--min: %q is not a measure and its least value; measures are %s", text, measureNames()), "kb eval --min nDCG@10=0.70 …")
		}
		minima[m] = v
	}
	return minima, nil
}

func measureNames() string {
	var names []string
	for _, m := range eval.Measures() {
		names = append(names, string(m))
	}
	return strings.Join(names, ", ")
}

func measureNamed(name string) eval.Measure {
	for _, m := range eval.Measures() {
		if strings.EqualFold(string(m), name) {
			return m
		}
	}
	return ""
}

func readFile[T any](name string, read func(io.Reader) (T, error)) (T, error) {
	f, err := os.Open(name)
	if err != nil {
		var none T
		return none, err
	}
	defer f.Close()
	v, err := read(f)
	if err != nil {
		return v, fmt.Errorf("read %s: %w", name, err)
	}
	return v, nil
}

func writeRun(name string, topics []eval.Topic, run eval.Run) error {
	var b strings.Builder
	if err := eval.WriteRun(&b, topics, run, "kb"); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return writeOut(name, []byte(b.String()))
}
