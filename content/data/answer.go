package data

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"kb/content"
)

// answer writes a value that is an answer, or that holds one, as Markdown.
func (w *walker) answer(v *Value) string {
	switch {
	case v == nil:
		return ""
	case v.Kind == List:
		var parts []string
		for _, item := range v.Items {
			parts = append(parts, w.answer(unwrapped(item)))
		}
		return strings.TrimSpace(strings.Join(parts, "\n\n"))
	case w.multilingual(v):
		return w.answer(w.best(v))
	case v.Kind == Map:
		return w.answer(v.named(longAnswer(), answerKeys))
	}
	return strings.TrimSpace(v.Text)
}

// unwrapped returns the value that a map of one field has, and any other as it is.
func unwrapped(v *Value) *Value {
	if v.Kind == Map && len(v.Fields) == 1 {
		return v.Fields[0].Value
	}
	return v
}

// answerTo returns the answer to the question q of a map, which may have one in
// each of several languages, or in that of the question.
func (w *walker) answerTo(v, q *Value) string {
	a := v.named(longAnswer(), answerKeys)
	if all := w.translated(v, answerKeys); a == nil && all != nil && (w.multilingual(q) || len(all.Fields) > 1) {
		a = all
	}
	answer := w.answer(a)
	if strings.HasSuffix(answer, ":") || strings.HasSuffix(answer, "：") {
		answer += listed(v, a)
	}
	return answer
}

// listed returns the only list of texts beside an answer, which announces it, as
// Markdown.
func listed(v, answer *Value) string {
	found := ""
	for _, f := range v.Fields {
		if f.Value.Kind != List || f.Value == answer || slices.Contains(labelKeys, strings.ToLower(f.Key)) {
			continue
		}
		list := bullets(f.Value)
		if list == "" || found != "" {
			return ""
		}
		found = "\n\n" + list
	}
	return found
}

// bullets writes a list whose items are texts, or have one, as Markdown.
func bullets(list *Value) string {
	var lines []string
	for _, item := range list.Items {
		text := unwrapped(item).String()
		if text == "" {
			return ""
		}
		lines = append(lines, "- "+strings.ReplaceAll(text, "\n", "\n  "))
	}
	return strings.Join(lines, "\n")
}

// translated returns the texts that a map has under one of the keys with a
// language behind it, such as question_en and questionDe, by language, or nil.
func (w *walker) translated(v *Value, keys []string) *Value {
	for _, key := range keys {
		all := &Value{Kind: Map, Line: v.Line}
		for _, f := range v.Fields {
			if lang := w.langOf(f, key); lang != "" {
				all.Fields = append(all.Fields, Field{Key: lang, Line: f.Line, Value: f.Value})
			}
		}
		if len(all.Fields) > 0 && (len(all.Fields) > 1 || all.Fields[0].Key != "id") {
			all.Line = all.Fields[0].Line
			return all
		}
	}
	return nil
}

// langOf returns the language behind the key in the name of a field that is no
// number, or "".
func (w *walker) langOf(f Field, key string) string {
	if len(f.Key) <= len(key)+1 || !strings.EqualFold(f.Key[:len(key)], key) {
		return ""
	}
	if _, text := f.Value.Go.(string); f.Value.Kind == Scalar && !text {
		return ""
	}
	lang := strings.TrimLeft(f.Key[len(key):], "-_")
	apart := len(lang) < len(f.Key)-len(key) || unicode.IsUpper(rune(lang[0]))
	if lang = strings.ToLower(lang); !apart || !w.langCode.MatchString(lang) {
		return ""
	}
	return lang
}

// minAnswer is how many words show that a text is no name, date or place.
const minAnswer = 4

// otherKey matches keys that name something else than an answer: notes of the
// authors, who they are, states, addresses, hints for search engines and forms.
var otherKey = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)note|nota|notiz|remark|memo|bemerkung|anmerkung|comm?ent|kommentar|to-?_?do|fixme|draft|intern|hidden|private|` +
		`author|autor|auteur|owner|editor|contact|by$|source|origin|quelle|fuente|fonte|credit|licen[sc]e|copyright|` +
		`updat|review|modif|chang|date|version|status|state$|image|img|picture|photo|icon|video|(^|[-_])alt$|caption|` +
		`ur[il]|link|href|seo|meta|^og|tags?$|categor|placeholder|prompt|hint|error|css|class|style`)
})

// answerKey returns the key that nobody expects of an answer, but under which at
// least two maps of a list have their only longer text, or "". No map has an
// answer under a key that says so, nor such a text under another.
func (w *walker) answerKey(list *Value) string {
	key, times := "", 0
	for _, v := range list.Items {
		if v.named(longAnswer(), answerKeys) != nil || w.translated(v, answerKeys) != nil {
			return ""
		}
		for _, k := range longTexts(v) {
			if key != "" && key != k {
				return ""
			}
			key = k
			times++
		}
	}
	if times < 2 {
		return ""
	}
	return key
}

// longTexts returns the keys of a map that have longer texts and name nothing else.
func longTexts(v *Value) []string {
	known := slices.Concat(questionKeys, titleKeys, includeKeys, groupKeys, anchorKeys, ignoredKeys, labelKeys)
	var keys []string
	for _, f := range v.Fields {
		text := f.Value.String()
		if len(strings.Fields(text)) >= minAnswer && !content.EndsAsking(text) && !slices.Contains(known, strings.ToLower(f.Key)) && !otherKey().MatchString(f.Key) {
			keys = append(keys, f.Key)
		}
	}
	return keys
}
