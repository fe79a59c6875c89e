package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"kb/content"
	"kb/search"
	"kb/search/check"
	"kb/search/eval"
)

// A proposal is what kb eval init is asked to do.
type proposal struct {
	from          origin
	topics, qrels string
	limit         int
}

// proposed is how many questions kb eval init takes if nobody says: as many as
// a person can look through in an hour.
const proposed = 50

func (a *app) proposeCommand() *cobra.Command {
	var p proposal
	cmd := &cobra.Command{
		Use:   "init",
		Short: "propose topics to measure the ranking by",
		Long: `Propose topics, made of the questions themselves: their keywords, an alias, a
typing error. They are a beginning. What visitors type is not in a FAQ: replace
what nobody would ask, add what people did ask, and grade the answers. Files
that are there already are left alone.`,
		Example: example(`
			kb eval init --content content/faq
			kb eval init --index site -n 100 --topics eval/topics.tsv --qrels eval/qrels.tsv`),
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.propose(cmd.Context(), p) },
	}
	p.from.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&p.topics, "topics", "topics.tsv", "write the queries to this `file`")
	f.StringVar(&p.qrels, "qrels", "qrels.tsv", "write the right answers to this `file`")
	f.IntVarP(&p.limit, "number", "n", proposed, "take this many questions at most")
	return cmd
}

func (a *app) propose(ctx context.Context, p proposal) error {
	if p.limit < 1 {
		return hinted(fmt.Errorf("-n: %d is no number of questions", p.limit), "kb eval init -n %d", proposed)
	}
	var topics []eval.Topic
	var qrels eval.Qrels
	var source string
	err := a.open(ctx, p.from, func(s *search.Searcher, from supply) error {
		source = from.name
		entries, err := s.Snapshot().Entries()
		topics, qrels = eval.Propose(entries, p.limit, wordings(s))
		return err
	})
	if err != nil {
		return err
	}
	if len(topics) == 0 {
		return errors.New("no question has words to make a query of")
	}
	if err := p.write(topics, qrels); err != nil {
		return err
	}
	a.out.printf("wrote %s of %s to %s and their right answers to %s: edit them\n", count(len(topics), "topic"), source, p.topics, p.qrels)
	a.out.printf("measure: kb eval%s --topics %s --qrels %s\n", p.from.args(), quoted(p.topics), quoted(p.qrels))
	return nil
}

// wordings are the ways in which a question is put.
func wordings(s *search.Searcher) []eval.Wording {
	keywords := func(e *content.Entry) string { return check.Keywords(s, e) }
	return []eval.Wording{
		{Name: "keywords", Query: keywords},
		{Name: "alias", Query: func(e *content.Entry) string {
			if len(e.Aliases) == 0 {
				return ""
			}
			return e.Aliases[0]
		}},
		{Name: "typo", Query: func(e *content.Entry) string { return check.Mistype(keywords(e)) }},
	}
}

// write writes both files, or none.
func (p proposal) write(topics []eval.Topic, qrels eval.Qrels) error {
	var t, q strings.Builder
	eval.WriteTopics(&t, "Proposed by kb eval init: edit these queries until they are what visitors type.\nid<TAB>query", topics)
	eval.WriteQrels(&q, "Proposed by kb eval init: edit these right answers.\ntopic 0 id-of-an-entry grade (0 wrong, 1 right, 2 the best)", topics, qrels)
	if err := create(p.topics, t.String()); err != nil {
		return err
	}
	if err := create(p.qrels, q.String()); err != nil {
		os.Remove(p.topics)
		return err
	}
	return nil
}

// create writes a file that must not be there yet.
func create(name, text string) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return hinted(fmt.Errorf("write %s: it is there already", name), "move it away, or name others: kb eval init --topics FILE --qrels FILE")
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, bare(err))
	}
	if _, err := f.WriteString(text); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", name, err)
	}
	return f.Close()
}
