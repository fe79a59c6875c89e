package index

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content"
	"kb/index/embed"
	"kb/index/likeness"
)

func TestSidecars(t *testing.T) {
	entries := []*content.Entry{
		{Question: "How do I get my money back?", Aliases: []string{"Refunds"}, Answer: content.Answer{HTML: "<p>", Text: "Write to us."}},
		{Question: "Come posso riavere i soldi?", Lang: "it"},
		{Question: "When are you open?"},
	}
	c := content.NewCorpus(content.Site{}, []*content.Page{{Path: "faq.md", Entries: entries}})
	dir := t.TempDir()
	if _, _, err := Build(t.Context(), dir, c); err != nil {
		t.Fatal(err)
	}
	s, err := OpenVerified(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	q, err := s.Questions()
	if err != nil {
		t.Fatal(err)
	}
	own, _ := q.Exact(s.Key("", "how do i get my money BACK!"))
	_, aliases := q.Exact(s.Key("", "refunds"))
	if diff := cmp.Diff([][]uint32{{0}, {0}}, [][]uint32{own, aliases}); diff != "" {
		t.Errorf("exact questions and aliases (-want +got):\n%s", diff)
	}
	if d := q.Dice(likeness.NewQuery(s.Key("", "when are you opne")), 2); d < 0.5 || d > 0.9 {
		t.Errorf("likeness %f", d)
	}
	m, err := embed.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.Vectors(m)
	if err != nil {
		t.Fatal(err)
	}
	query := embed.NewQuery(m.Embed(embed.Stems("give me a refund")))
	if near, italian, far := v.Cosine(query, 0), v.Cosine(query, 1), v.Cosine(query, 2); near <= far || italian != 0 {
		t.Errorf("cosines %f, %f of an Italian entry, %f", near, italian, far)
	}
}
