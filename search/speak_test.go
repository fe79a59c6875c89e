package search

import (
	"strings"
	"testing"

	"kb/content"
)

func synonyms(t *testing.T) *Searcher {
	t.Helper()
	site := content.Site{Synonyms: [][]string{
		{"2FA", "two factor authentication", "second factor"},
		{"PIN", "passcode"},
	}}
	entry := func(q, a string) *content.Entry {
		return &content.Entry{Question: q, Answer: content.Answer{Text: a, HTML: "<p>a</p>"}}
	}
	return build(t, site,
		entry("How do I turn on two factor authentication?", "In the settings."),
		entry("How do I change my PIN?", "In the settings."),
		entry("Where is the factory?", "In the valley. It has two gates."),
		entry("Who checks authentication?", "The server."),
		entry("When do you open?", "At nine."))
}

func TestSynonyms(t *testing.T) {
	s := synonyms(t)
	for query, want := range map[string]string{
		"2fa":                    "How do I turn on two factor authentication?",
		"enable a second factor": "How do I turn on two factor authentication?",
		"new passcode":           "How do I change my PIN?",
	} {
		r := search(t, s, Query{Text: query, Lexical: true, Explain: true})
		if len(r.Hits) == 0 || r.Hits[0].Question != want {
			t.Errorf("%q: %v, want %q first", query, ids(r), want)
			continue
		}
		if why := strings.Join(r.Hits[0].Why, "\n"); !strings.Contains(why, "a synonym of") {
			t.Errorf("%q: why does not name the synonym:\n%s", query, why)
		}
	}
	plain := search(t, s, Query{Text: "PIN", Lexical: true})
	if other := search(t, s, Query{Text: "passcode", Lexical: true}); other.Hits[0].Score >= plain.Hits[0].Score {
		t.Errorf("the synonym scores %f, the word %f", other.Hits[0].Score, plain.Hits[0].Score)
	}
}

func TestWhy(t *testing.T) {
	s := keys(t)
	for query, want := range map[string]string{
		"attestat":                          "attestation, begun as attestat: in the question",
		"lost my phoen":                     "phoen read as phone: in the",
		"multidevice":                       "multidevice read as multi device: in the question",
		"pass word":                         "password, written as two words: in the question",
		"what is a passkey":                 "it asks exactly this",
		"passwordless credential explained": "an alias asks exactly this",
		"where is the cafe":                 "100% of the query matched",
		"replaces a password":               "it is near in meaning",
	} {
		r := search(t, s, Query{Text: query, Explain: true})
		if why := strings.Join(r.Hits[0].Why, "\n"); !strings.Contains(why, want) {
			t.Errorf("%q: want %q in:\n%s", query, want, why)
		}
		if r := search(t, s, Query{Text: query}); r.Hits[0].Why != nil {
			t.Errorf("%q: why without being asked: %q", query, r.Hits[0].Why)
		}
	}
}

func TestConfident(t *testing.T) {
	s := keys(t)
	for query, want := range map[string]bool{
		"What is a passkey?":                     true,
		"i lost my phone what should i do now??": true,
		"how to bake sourdough bread":            false,
		"kubernetes helm rollback":               false,
		"zzzzqqqq":                               false,
	} {
		if r := search(t, s, Query{Text: query}); r.Confident != want {
			t.Errorf("%q: confident %t, hits %v", query, r.Confident, ids(r))
		}
	}
}

// TestMeaningIsAdded holds that an entry is found by its meaning alone, and
// that this can be left out.
func TestMeaningIsAdded(t *testing.T) {
	s := build(t, content.Site{},
		&content.Entry{Anchor: "refund", Question: "Can I get a refund?"},
		&content.Entry{Anchor: "open", Question: "When are you open?"})
	if r := search(t, s, Query{Text: "money back please"}); len(r.Hits) == 0 || r.Hits[0].ID != "refund" {
		t.Errorf("with meaning: %v", ids(r))
	}
	if r := search(t, s, Query{Text: "money back please", Lexical: true}); len(r.Hits) != 0 {
		t.Errorf("words alone: %v", ids(r))
	}
}

// TestForeignLanguageIsLexical holds that meaning, which knows English, changes
// nothing where the entries are in another language.
func TestForeignLanguageIsLexical(t *testing.T) {
	s := build(t, content.Site{Language: "it"},
		&content.Entry{Question: "Come posso recuperare la password?"},
		&content.Entry{Question: "Quanto costa il servizio?"})
	for _, query := range []string{"recuperare password", "quanto costa", "password", "servizio clienti"} {
		with, without := search(t, s, Query{Text: query}), search(t, s, Query{Text: query, Lexical: true})
		if len(with.Hits) == 0 || len(with.Hits) != len(without.Hits) {
			t.Fatalf("%q: %v, lexical %v", query, ids(with), ids(without))
		}
		for i := range with.Hits {
			if with.Hits[i].ID != without.Hits[i].ID || with.Hits[i].Score != without.Hits[i].Score {
				t.Errorf("%q, rank %d: %s at %f, lexical %s at %f", query, i+1,
					with.Hits[i].ID, with.Hits[i].Score, without.Hits[i].ID, without.Hits[i].Score)
			}
		}
	}
}
