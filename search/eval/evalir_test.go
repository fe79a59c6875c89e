package eval

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// collections is where the relevance collections and their tool are, as seen
// from here.
const collections = "../../../shared/relevance"

// TestBesideEvalir holds that the measures are those of the collections' own
// tool, for runs that are good, bad, short and tied.
func TestBesideEvalir(t *testing.T) {
	tool := filepath.Join(collections, "evalir.py")
	python, err := exec.LookPath("python3")
	if _, statErr := os.Stat(tool); statErr != nil || err != nil {
		t.Skipf("no %s, or no python3 to run it", tool)
	}
	names, err := filepath.Glob(filepath.Join(collections, "*", "qrels.tsv"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no collections: %v", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(filepath.Dir(name)), func(t *testing.T) {
			topics, qrels := collection(t, filepath.Dir(name))
			run := someRun(topics, qrels)
			var text bytes.Buffer
			if err := WriteRun(&text, topics, run, "test"); err != nil {
				t.Fatal(err)
			}
			again, err := ReadRun(bytes.NewReader(text.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "run")
			if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, relevant := range []int{1, 2} {
				want := evalir(t, python, tool, relevant, name, file)
				got := Evaluate(topics, qrels, again, relevant).Mean
				for m, w := range want {
					if diff := cmp.Diff(w, got[m], cmpopts.EquateApprox(0, 1e-6)); diff != "" {
						t.Errorf("%s from grade %d on (-evalir +kb):\n%s", m, relevant, diff)
					}
				}
			}
		})
	}
}

// collection returns all topics that have judgements.
func collection(t *testing.T, dir string) ([]Topic, Qrels) {
	t.Helper()
	q, err := os.Open(filepath.Join(dir, "qrels.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	qrels, err := ReadQrels(q)
	if err != nil {
		t.Fatal(err)
	}
	var topics []Topic
	for id := range qrels {
		topics = append(topics, Topic{id, "a query"})
	}
	slices.SortFunc(topics, func(a, b Topic) int { return strings.Compare(a.ID, b.ID) })
	return topics, qrels
}

// someRun answers each topic with some of the documents that are judged for it
// and for the next one, some of the same score.
func someRun(topics []Topic, qrels Qrels) Run {
	run := Run{}
	for i, topic := range topics {
		if i%11 == 0 {
			continue // no answer
		}
		var docs []string
		for _, id := range []string{topic.ID, topics[(i+1)%len(topics)].ID} {
			for doc := range qrels[id] {
				docs = append(docs, doc)
			}
		}
		slices.Sort(docs)
		docs = slices.Compact(docs)
		for k, doc := range docs {
			if (k*7+i)%3 > 0 && len(run[topic.ID]) < Depth {
				run[topic.ID] = append(run[topic.ID], Ranked{doc, float64(100 - len(run[topic.ID])/2)})
			}
		}
	}
	return run
}

// evalir returns the means that the tool prints, with all their digits.
func evalir(t *testing.T, python, tool string, relevant int, qrels, run string) map[Measure]float64 {
	t.Helper()
	const script = `
import sys; sys.path.insert(0, sys.argv[1])
from evalir import *
m, _ = evaluate(read_qrels(sys.argv[3]), read_run(sys.argv[4]), int(sys.argv[2]))
for k in ('ndcg10', 'mrr10', 'r1', 'r5', 'r10'): print('%.12f' % m[k])
`
	out, err := exec.Command(python, "-c", script, filepath.Dir(tool), strconv.Itoa(relevant), qrels, run).Output()
	if err != nil {
		t.Fatal(err)
	}
	values := strings.Fields(string(out))
	means := map[Measure]float64{}
	for i, m := range []Measure{NDCG10, MRR10, R1, R5, R10} {
		if means[m], err = strconv.ParseFloat(values[i], 64); err != nil {
			t.Fatal(err)
		}
	}
	return means
}
