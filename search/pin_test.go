package search

import (
	"slices"
	"strings"
	"testing"

	"kb/content"
)

func question(id, q string) *content.Entry {
	return &content.Entry{Anchor: id, Question: q, Answer: content.Answer{Text: "In the settings.", HTML: "<p>a</p>"}}
}

func TestPins(t *testing.T) {
	s := build(t, content.Site{Pins: []content.Pin{
		{Query: "How do I pay", IDs: []string{"card", "price"}},
		{Query: "café", IDs: []string{"open", "no-such-entry"}},
	}}, question("pay", "How do I pay?"), question("price", "How much is it?"), question("card", "Do you take cards?"),
		question("open", "When are you open?"), question("cafe", "Where is the cafe?"))
	for query, want := range map[string][]string{
		"how do i PAY?":       {"card", "price", "pay"},
		"Cafe":                {"open", "cafe"},
		"how do i pay please": {"pay"},
	} {
		r := search(t, s, Query{Text: query, Explain: true})
		if got := ids(r); len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
			t.Errorf("%q: %v, want %v first", query, got, want)
			continue
		}
		pinned := strings.Contains(strings.Join(r.Hits[0].Why, "\n"), "by kb.yaml")
		if pinned != (len(want) > 1) || pinned && !r.Confident {
			t.Errorf("%q: confident %t, because %q", query, r.Confident, r.Hits[0].Why)
		}
	}
}

// TestWordForWord holds that of questions which differ in marks alone the one
// that was typed comes first, unless nobody has answered it.
func TestWordForWord(t *testing.T) {
	questions := []string{"What is Crohn disease?", "What is Crohn's disease?", "What is Crohn-disease ?", "What, is Crohn disease?"}
	var entries []*content.Entry
	for i, q := range questions {
		entries = append(entries, question(q, q))
		entries[i].Answer.Text = strings.Repeat("Crohn disease. ", len(questions)-i)
	}
	unanswered := len(questions) - 1
	entries[unanswered].Answer = content.Answer{}
	s := build(t, content.Site{}, entries...)
	for i, q := range questions {
		for _, typed := range []string{q, " " + strings.ToUpper(q)} {
			first := search(t, s, Query{Text: typed}).Hits[0].Question
			if i == unanswered && first == q || i != unanswered && first != q {
				t.Errorf("first for %q: %q", typed, first)
			}
		}
	}
}

// TestOneWaySynonyms holds that a way leads from what is asked to what it can
// be read as, that there are several words at either end, and that it does not
// lead back.
func TestOneWaySynonyms(t *testing.T) {
	s := build(t, content.Site{OneWay: []content.Reading{
		{From: []string{"handy", "portable telephone"}, To: []string{"mobile phone", "cellular"}},
	}}, question("mobile", "Does it work on a mobile phone?"), question("cellular", "Is there a cellular model?"),
		question("telephone", "Is there a portable telephone for the garden?"), question("handy", "Is the handy man here?"),
		question("other", "What is the price?"))
	for query, want := range map[string][]string{
		"handy":              {"handy", "cellular", "mobile"},
		"handdy":             {"handy", "cellular", "mobile"},
		"portable telephone": {"telephone", "cellular", "mobile"},
		"mobile phone":       {"mobile"},
		"cellular":           {"cellular"},
	} {
		r := search(t, s, Query{Text: query, Lexical: true, Explain: true})
		got := ids(r)
		slices.Sort(got[1:])
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", query, ids(r), want)
		}
		if len(want) > 1 && !strings.Contains(strings.Join(r.Hits[1].Why, "\n"), "a synonym of") {
			t.Errorf("%q: %q does not name the synonym", query, r.Hits[1].Why)
		}
	}
}
