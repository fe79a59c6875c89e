package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// FuzzSearch holds what is true of the result of any query.
func FuzzSearch(f *testing.F) {
	for _, text := range []string{
		"", "what is a passkey?", `"security key" -phone`, `"" "a`, "-a -b", "c++ grep -r --strict", "パスキーとは", "\xff\x00", "é́́",
		strings.Repeat("word ", 2000), strings.Repeat("x", 5000), "ﬁnd ß İ ı", "a\u200db", "👩‍👩‍👧", "mutlidevice credentail",
	} {
		f.Add(text, 3, 0)
	}
	s := keys(f)
	f.Fuzz(func(t *testing.T, text string, limit, offset int) {
		q := Query{Text: text, Limit: limit, Offset: offset, Explain: true}
		r := search(t, s, q)
		again := search(t, s, q)
		if diff := cmp.Diff(r, again, cmpopts.IgnoreFields(Result{}, "TookMS")); diff != "" {
			t.Fatalf("%q differs from itself:\n%s", text, diff)
		}
		if len(r.Hits) > MaxLimit || len(r.Hits) > r.Total {
			t.Fatalf("%q: %d hits of %d", text, len(r.Hits), r.Total)
		}
		for i, h := range r.Hits {
			if i > 0 && h.Score > r.Hits[i-1].Score {
				t.Errorf("%q: score %f after %f", text, h.Score, r.Hits[i-1].Score)
			}
			checkSpans(t, h.Question, h.Highlights["question"])
			checkSpans(t, h.AnswerText, h.Highlights["answer_text"])
			checkSpans(t, h.Excerpt, h.Highlights["excerpt"])
		}
		if _, err := s.Suggest(t.Context(), text, limit); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzExcerpt holds that an excerpt is one line of whole letters, and its spans
// the same words as in the text.
func FuzzExcerpt(f *testing.F) {
	f.Add(strings.Repeat("A passkey\nreplaces a password. ", 20), "passkey")
	f.Add(strings.Repeat("パスキーはパスワードの代わりになる", 20), "パスキー")
	f.Add(strings.Repeat("é", 400), "é")
	s := keys(f)
	f.Fuzz(func(t *testing.T, text, query string) {
		text = strings.ToValidUTF8(text, "?")
		r, err := s.read(clip(query), false, nil)
		if err != nil {
			t.Fatal(err)
		}
		marks := s.marker(r)
		spans := marks.spans(marks.find("", text))
		checkSpans(t, text, spans)
		line, shown := excerpt(text, spans)
		checkSpans(t, line, shown)
		if strings.ContainsAny(line, "\n\r\x1b") || len(line) > 3*(excerptSize+slack)+2*len(ellipsis) {
			t.Errorf("excerpt of %d bytes: %q", len(line), line)
		}
		words := map[string]bool{}
		for _, sp := range spans {
			words[text[sp[0]:sp[1]]] = true
		}
		for _, sp := range shown {
			if !words[line[sp[0]:sp[1]]] {
				t.Errorf("%q is marked in the excerpt and not in the text", line[sp[0]:sp[1]])
			}
		}
	})
}

func checkSpans(t *testing.T, text string, spans []Span) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("not UTF-8: %q", text)
	}
	end := 0
	for _, s := range spans {
		if s[0] < end || s[1] <= s[0] || s[1] > len(text) {
			t.Fatalf("spans %v of %d bytes", spans, len(text))
		}
		if !utf8.ValidString(text[s[0]:s[1]]) {
			t.Fatalf("span %v cuts a letter of %q", s, text)
		}
		end = s[1]
	}
}

func TestObeyedIsBounded(t *testing.T) {
	r := parse(strings.Repeat(`"alpha bravo" `, 100) + strings.Repeat("-bravo ", 100))
	if len(r.quoted) != maxObeyed || len(r.without) != maxObeyed {
		t.Errorf("%d phrases and %d words to leave out, want %d of each", len(r.quoted), len(r.without), maxObeyed)
	}
}
