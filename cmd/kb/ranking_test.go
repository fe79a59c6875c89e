package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/search"
	"kb/search/eval"
)

var update = flag.Bool("update", false, "rewrite what the ranking of the FAQ is held to")

// The FAQ that ships, and the questions it is asked.
var (
	shippedFAQ = filepath.Join("..", "..", "content", "faq")
	questions  = filepath.Join("..", "..", "search", "testdata", "eval")
)

// firstShown is how many answers to a question are held.
const firstShown = 3

// TestRanking holds the first answers to each question and the measures of all,
// so that a change of the ranking is one of these files as well.
func TestRanking(t *testing.T) {
	topics := readOf(t, "topics.tsv", eval.ReadTopics)
	qrels := readOf(t, "qrels.tsv", eval.ReadQrels)
	for _, leg := range []string{"on", "off"} {
		file := filepath.Join(t.TempDir(), "run")
		status, _, stderr := output(t, "eval", "--content", shippedFAQ, "--topics", filepath.Join(questions, "topics.tsv"), "--run", file, "--semantic", leg)
		if status != 0 {
			t.Fatalf("status %d\n%s", status, stderr)
		}
		text, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer text.Close()
		run, err := eval.ReadRun(text)
		if err != nil {
			t.Fatal(err)
		}
		hold(t, "first-"+leg+".tsv", firstAnswers(topics, run))
		hold(t, "measures-"+leg+".txt", measures(eval.Evaluate(topics, qrels, run, 1)))
	}
}

func readOf[T any](t *testing.T, name string, read func(io.Reader) (T, error)) T {
	t.Helper()
	v, err := readFile(filepath.Join(questions, name), read)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func firstAnswers(topics []eval.Topic, run eval.Run) string {
	var b strings.Builder
	for _, topic := range topics {
		fmt.Fprintf(&b, "%s\t%s\t", topic.ID, topic.Query)
		for i, r := range run[topic.ID] {
			if i < firstShown {
				fmt.Fprintf(&b, " %s", r.Doc)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func measures(r *eval.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "topics %d\n", len(r.Topics))
	for _, m := range eval.Measures() {
		fmt.Fprintf(&b, "%s %.4f\n", m, r.Mean[m])
	}
	return b.String()
}

// hold compares text with that of a golden file.
func hold(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join(questions, name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s: if it is better, go test ./cmd/kb -run TestRanking -update (-held +now):\n%s", name, diff)
	}
}

// TestSameEverywhere holds that the terminal, the API and the page answer a
// query alike.
func TestSameEverywhere(t *testing.T) {
	pages := httptest.NewServer(handlerOf(t, shippedFAQ))
	defer pages.Close()
	hit := regexp.MustCompile(`aria-controls="a-([a-z0-9-]+)"`)
	for _, query := range []string{
		"multi-device credential", "pass key", "what is attestation?", "i lost my phnoe", `"security key" -phone`, "kubernetes", "sync",
	} {
		_, text, _ := output(t, "search", "--content", shippedFAQ, "--json", "-n", "10", "--", query)
		terminal := answered(t, text)
		api := answered(t, fetched(t, pages.URL+"/api/v1/search?limit=10&q="+url.QueryEscape(query)))
		if diff := cmp.Diff(terminal, api); diff != "" {
			t.Errorf("%q (-terminal +API):\n%s", query, diff)
		}
		var want, shown []string
		for _, h := range terminal.Hits {
			want = append(want, h.ID)
		}
		for _, m := range hit.FindAllStringSubmatch(fetched(t, pages.URL+"/search?q="+url.QueryEscape(query)), -1) {
			if !slices.Contains(shown, m[1]) {
				shown = append(shown, m[1])
			}
		}
		if diff := cmp.Diff(want, shown); diff != "" {
			t.Errorf("%q (-terminal +page):\n%s", query, diff)
		}
	}
}

// TestWhyAddsUp holds that the reasons for a hit add up to its score, and the
// fields to the words, to the hundredth that is shown.
func TestWhyAddsUp(t *testing.T) {
	pages := httptest.NewServer(handlerOf(t, shippedFAQ))
	defer pages.Close()
	for _, topic := range readOf(t, "topics.tsv", eval.ReadTopics) {
		text := fetched(t, pages.URL+"/api/v1/search?explain=true&q="+url.QueryEscape(topic.Query))
		var r search.Result
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Fatal(err)
		}
		for _, h := range r.Hits {
			if sum := addUp(t, h.Why); math.Abs(sum-h.Score) > 0.0051 {
				t.Errorf("%q: %s has score %f, its reasons %f:\n%s", topic.Query, h.ID, h.Score, sum, strings.Join(h.Why, "\n"))
			}
		}
	}
}

var (
	gain  = regexp.MustCompile(`: ([+-]\d+\.\d\d)$`)
	share = regexp.MustCompile(`(?:question|alias|answer|section) \((-?\d+\.\d\d)\)`)
)

// addUp returns the sum of the gains of lines, after those of the fields of
// each.
func addUp(t *testing.T, lines []string) float64 {
	t.Helper()
	var sum float64
	for _, line := range lines {
		m := gain.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		all := number(t, m[1])
		sum += all
		shares := share.FindAllStringSubmatch(line, -1)
		for _, s := range shares {
			all -= number(t, s[1])
		}
		if len(shares) > 0 && math.Abs(all) > 0.001 {
			t.Errorf("%s: %f is in no field", line, all)
		}
	}
	return sum
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// alike is what an answer has in common wherever it is given.
type alike struct {
	Total      int
	Generation string
	DidYouMean string `json:"did_you_mean"`
	Confident  bool
	Notes      []string
	Hits       []struct {
		Rank       int
		ID         string
		Score      float64
		Excerpt    string
		Highlights map[string][][2]int
	}
}

func answered(t *testing.T, text string) alike {
	t.Helper()
	var a alike
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return a
}

func fetched(t *testing.T, address string) string {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v", address, r.Status, err)
	}
	return string(body)
}
