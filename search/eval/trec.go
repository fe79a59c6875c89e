package eval

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

var errLine = errors.New("not a line of that form")

// maxLine is how many bytes a line of a topics file, qrels or run has at most.
const maxLine = 1 << 20

// lines calls f with each line that is not blank and not a comment after "#".
func lines(r io.Reader, f func(line string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxLine)
	for n := 1; s.Scan(); n++ {
		if strings.TrimSpace(s.Text()) == "" || strings.HasPrefix(s.Text(), "#") {
			continue
		}
		if err := f(s.Text()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return s.Err()
}

// ReadTopics reads lines of a topic's id, a tab, and its query. An id has no
// blanks, since they end it in qrels and runs.
func ReadTopics(r io.Reader) ([]Topic, error) {
	var topics []Topic
	err := lines(r, func(line string) error {
		id, query, ok := strings.Cut(line, "\t")
		if !ok || id == "" {
			return fmt.Errorf("%w: id<TAB>query", errLine)
		}
		if strings.ContainsFunc(id, unicode.IsSpace) {
			return fmt.Errorf("%w: blank in the id %q", errLine, id)
		}
		topics = append(topics, Topic{id, query})
		return nil
	})
	return topics, err
}

// ReadQrels reads lines of a topic, a field that is ignored, a document, and
// its grade.
func ReadQrels(r io.Reader) (Qrels, error) {
	qrels := Qrels{}
	err := lines(r, func(line string) error {
		f := strings.Fields(line)
		if len(f) != 4 {
			return fmt.Errorf("%w: topic 0 document grade", errLine)
		}
		grade, err := strconv.Atoi(f[3])
		if err != nil {
			return fmt.Errorf("grade %q: %w", f[3], errLine)
		}
		if qrels[f[0]] == nil {
			qrels[f[0]] = map[string]int{}
		}
		qrels[f[0]][f[2]] = grade
		return nil
	})
	return qrels, err
}

// ReadRun reads lines of a topic, Q0, a document, its rank, its score, and a
// tag. The order is by score, then by rank. A topic of which the only document
// is nothing found no document: it is there, and empty.
func ReadRun(r io.Reader) (Run, error) {
	type line struct {
		Ranked
		rank int
	}
	read := map[string][]line{}
	err := lines(r, func(text string) error {
		f := strings.Fields(text)
		if len(f) < 6 {
			return fmt.Errorf("%w: topic Q0 document rank score tag", errLine)
		}
		rank, err := strconv.Atoi(f[3])
		if err != nil {
			return fmt.Errorf("rank %q: %w", f[3], errLine)
		}
		score, err := strconv.ParseFloat(f[4], 64)
		if err != nil {
			return fmt.Errorf("score %q: %w", f[4], errLine)
		}
		read[f[0]] = append(read[f[0]], line{Ranked{f[2], score}, rank})
		return nil
	})
	run := make(Run, len(read))
	for id, docs := range read {
		slices.SortStableFunc(docs, func(a, b line) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.rank, b.rank))
		})
		run[id] = []Ranked{}
		for _, d := range docs {
			if d.Doc != nothing {
				run[id] = append(run[id], d.Ranked)
			}
		}
	}
	return run, err
}

// nothing is the name of no document. A run has it as the only answer to a
// topic that found none, which is not the same as a topic that was not asked.
// The tools of TREC take it for a document that nobody judged: one that is not
// relevant.
const nothing = "-"

// WriteRun writes a run in the order of the topics, as ReadRun reads it.
func WriteRun(w io.Writer, topics []Topic, run Run, tag string) error {
	b := bufio.NewWriter(w)
	for _, t := range topics {
		docs, asked := run[t.ID]
		if asked && len(docs) == 0 {
			docs = []Ranked{{Doc: nothing}}
		}
		for i, d := range docs {
			fmt.Fprintf(b, "%s Q0 %s %d %.9g %s\n", t.ID, d.Doc, i+1, d.Score, tag)
		}
	}
	return b.Flush()
}
