package eval

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"kb/content"
)

// A Wording turns a question into a query that a visitor may type for it, or
// returns "" if it knows none.
type Wording struct {
	Name  string // ends the ids of the topics
	Query func(*content.Entry) string
}

// Propose returns topics with their right answers, made of at most n of the
// entries, spread evenly, in each of the wordings. They are a beginning: a
// person who knows what visitors type has to edit them. A query that two
// entries ask for is right for both.
func Propose(entries []*content.Entry, n int, wordings []Wording) ([]Topic, Qrels) {
	right := map[string][]string{} // ids by query
	for _, e := range entries {
		for _, w := range wordings {
			if q := clean(w.Query(e)); q != "" && e.Answered() {
				right[fold(q)] = append(right[fold(q)], e.ID)
			}
		}
	}
	var topics []Topic
	qrels := Qrels{}
	asked := map[string]bool{}
	for _, e := range spread(entries, n) {
		for _, w := range wordings {
			q := clean(w.Query(e))
			if q == "" || asked[fold(q)] || fold(q) == fold(e.Question) {
				continue
			}
			asked[fold(q)] = true
			t := Topic{e.ID + "." + w.Name, q}
			topics = append(topics, t)
			qrels[t.ID] = map[string]int{}
			for _, id := range right[fold(q)] {
				qrels[t.ID][id] = 1
			}
		}
	}
	return topics, qrels
}

// spread returns n of the entries that have an answer and are for all to see,
// at even distances.
func spread(entries []*content.Entry, n int) []*content.Entry {
	var all []*content.Entry
	for _, e := range entries {
		if e.Answered() && !e.Hidden {
			all = append(all, e)
		}
	}
	if len(all) <= n {
		return all
	}
	some := make([]*content.Entry, n)
	for i := range some {
		some[i] = all[i*len(all)/n]
	}
	return some
}

// clean returns a query on one line.
func clean(query string) string { return strings.Join(strings.Fields(query), " ") }

func fold(query string) string { return strings.ToLower(strings.TrimRight(query, "?!.")) }

// WriteTopics writes topics as ReadTopics reads them, below a comment.
func WriteTopics(w io.Writer, comment string, topics []Topic) error {
	var b strings.Builder
	remark(&b, comment)
	for _, t := range topics {
		fmt.Fprintf(&b, "%s\t%s\n", t.ID, t.Query)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteQrels writes the judgements of topics, in their order, as ReadQrels
// reads them, below a comment.
func WriteQrels(w io.Writer, comment string, topics []Topic, qrels Qrels) error {
	var b strings.Builder
	remark(&b, comment)
	for _, t := range topics {
		for _, doc := range slices.Sorted(maps.Keys(qrels[t.ID])) {
			fmt.Fprintf(&b, "%s 0 %s %d\n", t.ID, doc, qrels[t.ID][doc])
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func remark(b *strings.Builder, comment string) {
	for line := range strings.Lines(comment) {
		b.WriteString("# " + strings.TrimSuffix(line, "\n") + "\n")
	}
}
