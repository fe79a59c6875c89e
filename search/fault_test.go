package search

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content"
	"kb/index"
)

// shop is an FAQ in which words stand for each other.
func shop(t testing.TB) *Searcher {
	t.Helper()
	entry := func(question, answer string) *content.Entry {
		return &content.Entry{Question: question, Answer: content.Answer{Text: answer}}
	}
	return build(t, content.Site{},
		entry("How much is shipping?", "Shipping is free above fifty euros."),
		entry("When will my parcel arrive?", "It takes three days to ship."),
		entry("Can I change my order?", "Yes, until delivery has begun. Write to us and we will change the address, the size or the colour, as long as the parcel is not packed."),
		entry("Which bikes do you sell?", "Road bikes, and e-bikes of several brands. A bike of ours lasts."),
		entry("How do I charge my e-bike?", "With the charger that came with it."),
		entry("Do you repair any bike?", "Yes, any bike, in our workshop. Bring your bike."),
		entry("Do you repair a bike at home?", ""),
		entry("Do you repair a bike at my home or office?", "Yes, our mechanics come to you with a van."),
		entry("How do I make a bookmark?", "Press the star."),
		entry("What is a bookmark?", "A page that you come back to."),
		entry("Where are bookmarks kept?", "A bookmark is kept in the browser."),
		entry("How do I share a bookmark or a mark?", "With the arrow beside the bookmark, on any page of the book."),
	)
}

func TestReadings(t *testing.T) {
	s := shop(t)
	for query, want := range map[string]string{
		"delivery":         "can-i-change-my-order",                     // not what is near in meaning
		"ebike":            "how-do-i-charge-my-e-bike",                 // not bike with a letter too many
		"repair bike home": "do-you-repair-a-bike-at-my-home-or-office", // not what nobody has answered
		"book mark":        "what-is-a-bookmark",                        // as most entries write it
		"bookmark":         "what-is-a-bookmark",
	} {
		r := search(t, s, Query{Text: query})
		if len(r.Hits) == 0 || r.Hits[0].ID != want {
			t.Errorf("%q: got %v, want %s first", query, ids(r), want)
		}
	}
}

// TestUnansweredStays holds that an entry without an answer comes after one
// about as good, and is still found first if it is much better.
func TestUnansweredStays(t *testing.T) {
	r := search(t, shop(t), Query{Text: "do you repair a bike at home"})
	if len(r.Hits) < 2 || r.Hits[0].ID != "do-you-repair-a-bike-at-home" {
		t.Errorf("got %v, want the question as it was asked first", ids(r))
	}
	for i := 1; i < len(r.Hits); i++ {
		if r.Hits[i].Score > r.Hits[i-1].Score {
			t.Errorf("score %f after %f", r.Hits[i].Score, r.Hits[i-1].Score)
		}
	}
}

// TestTotal holds that a word which most entries have, beside one that few
// have, does not make an answer of them all.
func TestTotal(t *testing.T) {
	var entries []*content.Entry
	for w := range strings.FieldsSeq(strings.Repeat("amber birch cedar dune ember fjord glade heath inlet kelp ", 20)) {
		entries = append(entries, &content.Entry{Question: "Does the device have " + w + "?", Answer: content.Answer{Text: "The device does."}})
	}
	entries = append(entries, &content.Entry{Question: "Does the device roam?", Answer: content.Answer{Text: "It does abroad."}})
	s := build(t, content.Site{}, entries...)
	if r := search(t, s, Query{Text: "roam device", Lexical: true}); r.Total == 0 || r.Total >= len(entries)/2 {
		t.Errorf("%d of %d entries answer", r.Total, len(entries))
	}
	r := search(t, s, Query{Text: "roam device"})
	if most := nearEntries + 1; r.Total > most {
		t.Errorf("with meaning, %d entries answer, want %d at most", r.Total, most)
	}
}

func TestExcerptOfListsAndTables(t *testing.T) {
	for text, want := range map[string]string{
		"We have:\n\n- small\n- large and\n  - huge\n- odd.\n\na | b\nx | y\n\nAnd after.": "We have: • small • large and • huge • odd. a | b · x | y And after.",
		"One line.\r\nAnother.": "One line. · Another.",
		"\n- first\n":           " • first",
		"- first\n- second":     "• first • second",
	} {
		got, _ := excerpt(text, nil)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
	text := "Sizes:\n- small\n- large"
	at := strings.Index(text, "large")
	got, spans := excerpt(text, []Span{{at, at + len("large")}})
	if len(spans) != 1 || got[spans[0][0]:spans[0][1]] != "large" {
		t.Errorf("%q: spans %v", got, spans)
	}
}

// TestOpening holds that the beginning of a text ends with a word, also where
// that is a long address, and that a text without blanks does not end at once.
func TestOpening(t *testing.T) {
	words := func(n int) string { return strings.Repeat("word ", n/5) }
	address := "https://courier.example.org/track/number-1234567890"
	path := "/" + strings.Repeat("path/", 20)
	for _, test := range []struct{ name, text, want string }{
		{"short", "one\n\ntwo", "one two"},
		{"cut", words(300), strings.TrimSpace(words(200)) + "…"},
		{"address at the end", words(150) + address, words(150) + address},
		{"address that goes on a little", words(150) + address + " and more", words(150) + address + "…"},
		{"address that goes on", words(150) + address + path + " more", strings.TrimSpace(words(150)) + "…"},
		{"address alone", address + path + path, (address + path + path)[:excerptSize] + "…"},
		{"no blanks", "第一 " + strings.Repeat("鍵", 200), "第一 " + strings.Repeat("鍵", 64) + "…"},
	} {
		if diff := cmp.Diff(test.want, Opening(test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestClosed holds that what is closed says so.
func TestClosed(t *testing.T) {
	s := shop(t)
	search(t, s, Query{Text: "bike"})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := s.Search(t.Context(), Query{Text: "bike"})
	_, suggestErr := s.Suggest(t.Context(), "bike", 5)
	_, rankErr := s.Rank(t.Context(), Query{Text: "bike"})
	_, entryErr := s.Entry("how-much-is-shipping")
	_, questionsErr := s.Snapshot().Questions()
	for name, err := range map[string]error{"search": err, "suggest": suggestErr, "rank": rankErr, "entry": entryErr, "questions": questionsErr} {
		if !errors.Is(err, index.ErrClosed) {
			t.Errorf("%s after close: %v", name, err)
		}
	}
}

func TestLiveClose(t *testing.T) {
	live := NewLive(shop(t))
	s, release := live.Acquire()
	live.Close()
	if _, err := s.Search(t.Context(), Query{Text: "bike"}); err != nil {
		t.Errorf("in use while it is closed: %v", err)
	}
	release()
	if !s.Snapshot().Closed() {
		t.Error("closed, no longer used, and still open")
	}
	if s, release := live.Acquire(); s != nil {
		t.Error("there is a searcher after close")
	} else {
		release()
	}
}

// TestCapped holds that a word is read as a bounded number of words.
func TestCapped(t *testing.T) {
	var entries []*content.Entry
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			entries = append(entries, &content.Entry{Question: "Is pre" + string(a) + string(b) + "fix one?"})
		}
	}
	s := build(t, content.Site{}, entries...)
	const most = 1 + maxCompletions + maxSpellings + maxRelated + 1
	for _, text := range []string{"pre", "p", "preabfiy", "is prexfix"} {
		r, err := s.read(text, true, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range r.words {
			if n := len(w.alternatives); n > most {
				t.Errorf("%q: %s is read as %d words", text, w.text, n)
			}
		}
	}
}

// TestCancelled holds that nobody waits for an answer that nobody wants.
func TestCancelled(t *testing.T) {
	s := shop(t)
	ctx, cancel := contextCancelled(t)
	defer cancel()
	for name, err := range map[string]error{
		"search":  second(s.Search(ctx, Query{Text: "repair my bike"})),
		"phrase":  second(s.Search(ctx, Query{Text: `"repair a bike"`})),
		"suggest": second(s.Suggest(ctx, "repair my bi", 5)),
		"rank":    second(s.Rank(ctx, Query{Text: "repair my bike"})),
	} {
		if !errors.Is(err, ctx.Err()) {
			t.Errorf("cancelled %s: %v", name, err)
		}
	}
}

func contextCancelled(t *testing.T) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx, cancel
}

func second[T any](_ T, err error) error { return err }
