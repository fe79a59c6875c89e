package search

import (
	"strings"
	"testing"

	"kb/content"
)

// mixed is a corpus in several languages.
func mixed(t *testing.T) *Searcher {
	t.Helper()
	entry := func(tag, id, q, a string) *content.Entry {
		return &content.Entry{Anchor: id, Lang: tag, Question: q, Answer: content.Answer{Text: a, HTML: "<p>a</p>"}}
	}
	return build(t, content.Site{},
		entry("en", "key", "Where do I keep my security key?", "In a safe place, away from your phone."),
		entry("en", "die", "What happens to the files of users who die?", "They are deleted after a year."),
		entry("de", "schluessel", "Wo bewahre ich die Sicherheitsschlüssel auf?", "An einem sicheren Ort, getrennt vom Telefon."),
		entry("de", "tuer", "Wie öffne ich die Tür?", "Mit der Karte an der Tür."),
		entry("it", "acqua", "Dov'è l'acqua minerale?", "L'acqua sta nell'armadietto dell'ingresso."),
		entry("it", "prenotare", "Come si prenota una sala?", "Le prenotazioni si fanno in segreteria."),
		entry("ja", "kagi", "セキュリティキーはどこに保管しますか。", "安全な場所に置いてください。"),
		entry("zh", "mima", "如何修改登录密码？", "在设置中点击修改密码。"),
		entry("th", "rahat", "เปลี่ยนรหัสผ่านอย่างไร", "ไปที่การตั้งค่า"))
}

func TestQueriesInSeveralLanguages(t *testing.T) {
	s := mixed(t)
	for query, want := range map[string]string{
		"keeping security keys":           "key",
		"do users die":                    "die",
		"die Sicherheitsschluessel":       "schluessel",
		"sicherheitsschlüsel aufbewahren": "schluessel",
		"türen öffnen":                    "tuer",
		"acqua":                           "acqua",
		"dell acqua":                      "acqua",
		"vorrei prenotarne una":           "prenotare",
		"prenotazion":                     "prenotare",
		"キーの保管":                           "kagi",
		"ｾｷｭﾘﾃｨ":                          "kagi",
		"改密码":                             "mima",
		"密":                               "mima",
		"รหัสผ่าน":                        "rahat",
		"What is セキュリティキー in this context": "kagi",
	} {
		r := search(t, s, Query{Text: query})
		if len(r.Hits) == 0 || r.Hits[0].ID != want {
			t.Errorf("%q: %v, want %s first", query, ids(r), want)
		}
	}
}

// TestGrammarStays holds that a word of grammar is no misspelling of a word of
// the index, though the index does not have it, and counts for little if it
// does.
func TestGrammarStays(t *testing.T) {
	s := build(t, content.Site{Language: "it"},
		&content.Entry{Anchor: "visite", Question: "Posso entrare dopo le otto?", Answer: content.Answer{Text: "No."}},
		&content.Entry{Anchor: "molo", Question: "Da dove si vede il molo?", Answer: content.Answer{Text: "Dalla finestra."}},
		&content.Entry{Anchor: "chiavi", Question: "Dove sono le chiavi?", Answer: content.Answer{Text: "In segreteria, dalle nove."}})
	for query, want := range map[string]string{
		"posso prendere le chiavi": "chiavi",
		"il molo":                  "molo",
	} {
		if r := search(t, s, Query{Text: query}); len(r.Hits) == 0 || r.Hits[0].ID != want {
			t.Errorf("%q: %v, want %s first", query, ids(r), want)
		}
	}
	if r := search(t, s, Query{Text: "molto"}); len(r.Hits) != 0 {
		t.Errorf("molto: %v", ids(r))
	}
}

// TestUnspacedWordsAreKept holds that what is a pair of letters is neither
// respelt nor joined nor completed, and that marks cover whole words.
func TestUnspacedWordsAreKept(t *testing.T) {
	s := mixed(t)
	r := search(t, s, Query{Text: "セキュリティキー", Explain: true})
	h := r.Hits[0]
	if len(h.Highlights["question"]) != 1 {
		t.Fatalf("marks %v", h.Highlights["question"])
	}
	mark := h.Highlights["question"][0]
	if got := h.Question[mark[0]:mark[1]]; got != "セキュリティキー" {
		t.Errorf("marked %q", got)
	}
	for _, query := range []string{"登陆密妈", "密玛修改", "セキュリティキイ"} {
		r := search(t, s, Query{Text: query, Explain: true})
		if r.DidYouMean != "" {
			t.Errorf("%q: did you mean %q", query, r.DidYouMean)
		}
		for _, h := range r.Hits {
			if why := strings.Join(h.Why, "\n"); strings.Contains(why, "read as") || strings.Contains(why, "begun as") {
				t.Errorf("%q: %s", query, why)
			}
		}
	}
}

func TestDidYouMeanHasAccents(t *testing.T) {
	s := mixed(t)
	for query, want := range map[string]string{
		"wo bewahre ich die Sicherheitschlüssel auf": "wo bewahre ich die sicherheitsschlüssel auf",
	} {
		if r := search(t, s, Query{Text: query}); r.DidYouMean != want {
			t.Errorf("%q: did you mean %q, want %q", query, r.DidYouMean, want)
		}
	}
}
