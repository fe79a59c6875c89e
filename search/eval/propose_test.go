package eval

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content"
)

func TestPropose(t *testing.T) {
	var entries []*content.Entry
	for _, q := range []string{"One?", "Two, it is", "two", "Three", "Four"} {
		entries = append(entries, &content.Entry{ID: content.Slug(q), Question: q, Answer: content.Answer{HTML: "<p>Yes.</p>"}})
	}
	entries[3].Hidden = true
	entries = append(entries, &content.Entry{ID: "open", Question: "Open?"})
	wordings := []Wording{
		{"first", func(e *content.Entry) string { word, _, _ := strings.Cut(e.Question, ","); return word }},
		{"last", func(e *content.Entry) string { return "last\n of\t" + e.ID }},
	}
	topics, qrels := Propose(entries, 3, wordings)
	want := []Topic{
		{"one.last", "last of one"}, {"two-it-is.first", "Two"}, {"two-it-is.last", "last of two-it-is"}, {"two.last", "last of two"},
	}
	if diff := cmp.Diff(want, topics); diff != "" {
		t.Errorf("topics (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"two": 1, "two-it-is": 1}, qrels["two-it-is.first"]); diff != "" {
		t.Errorf("right answers (-want +got)\n%s", diff)
	}
}

// TestProposalsAreRead writes and reads a proposal, whose comments are left
// out.
func TestProposalsAreRead(t *testing.T) {
	topics := []Topic{{"b", "two words"}, {"a", "x"}}
	qrels := Qrels{"a": {"d2": 1, "d1": 2}, "b": {"d3": 1}}
	var ts, qs strings.Builder
	if err := WriteTopics(&ts, "one\ntwo", topics); err != nil {
		t.Fatal(err)
	}
	if err := WriteQrels(&qs, "one\ntwo", topics, qrels); err != nil {
		t.Fatal(err)
	}
	if want := "# one\n# two\nb 0 d3 1\na 0 d1 2\na 0 d2 1\n"; qs.String() != want {
		t.Errorf("qrels %q, want %q", qs.String(), want)
	}
	gotTopics, err := ReadTopics(strings.NewReader(ts.String()))
	if err != nil {
		t.Fatal(err)
	}
	gotQrels, err := ReadQrels(strings.NewReader(qs.String()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(topics, gotTopics) + cmp.Diff(qrels, gotQrels); diff != "" {
		t.Errorf("read again (-want +got)\n%s", diff)
	}
}
