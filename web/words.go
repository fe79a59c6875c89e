package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed words
var wordFiles embed.FS

// words are the texts of the interface in one language. A text with a number
// in it has one key for each CLDR plural form that the language has, named
// key.form.
type words struct {
	lang  language.Tag
	texts map[string]string
}

// languages returns those that there are texts for, English first.
func languages() ([]language.Tag, error) {
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		return nil, err
	}
	tags := []language.Tag{language.English}
	for _, f := range files {
		if tag := language.Make(strings.TrimSuffix(f.Name(), ".json")); tag != language.English {
			tags = append(tags, tag)
		}
	}
	return tags, nil
}

// nearest returns the language with texts that is nearest to a BCP 47 tag,
// and whether it is the same but for region and script.
func nearest(lang string) (language.Tag, bool) {
	tags, err := languages()
	if err != nil {
		return language.English, false
	}
	asked := language.Make(lang)
	_, i, _ := language.NewMatcher(tags).Match(asked)
	want, _ := asked.Base()
	got, _ := tags[i].Base()
	return tags[i], got == want
}

// readWords returns the texts for a BCP 47 language, those of the nearest
// language that there is a file for, each overruled by own.
func readWords(lang string, own map[string]string) (words, error) {
	tag, _ := nearest(lang)
	w := words{lang: tag}
	data, err := wordFiles.ReadFile("words/" + tag.String() + ".json")
	if err != nil {
		return words{}, err
	}
	if err := json.Unmarshal(data, &w.texts); err != nil {
		return words{}, fmt.Errorf("words of %s: %w", tag, err)
	}
	maps.Copy(w.texts, own)
	return w, nil
}

// text returns the text of a key with the pairs of name and value put in for
// {name}.
func (w words) text(key string, pairs ...string) (string, error) {
	s, ok := w.texts[key]
	if !ok {
		return "", fmt.Errorf("no text %q in %s", key, w.lang)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, "{"+pairs[i]+"}", pairs[i+1])
	}
	return s, nil
}

// count returns the text of a key in the plural form for n, with n put in for
// {n}.
func (w words) count(key string, n int, pairs ...string) (string, error) {
	form := forms[plural.Cardinal.MatchPlural(w.lang, n, 0, 0, 0, 0)]
	if _, ok := w.texts[key+"."+form]; !ok {
		form = "other"
	}
	return w.text(key+"."+form, append(pairs, "n", strconv.Itoa(n))...)
}

// boxWords returns, by language, the texts that the search box needs before
// it has asked the server for anything. Those of the site are under "".
func boxWords(own words) (map[string]map[string]string, error) {
	langs, err := languages()
	if err != nil {
		return nil, err
	}
	all := map[string]map[string]string{"": own.box()}
	for _, lang := range langs {
		w, err := readWords(lang.String(), nil)
		if err != nil {
			return nil, err
		}
		all[lang.String()] = w.box()
	}
	return all, nil
}

func (w words) box() map[string]string {
	own := map[string]string{}
	for _, key := range []string{"search", "label", "unreachable", "copied"} {
		own[key] = w.texts[key]
	}
	return own
}

// forms are the CLDR names of the plural forms.
var forms = [...]string{
	plural.Other: "other", plural.Zero: "zero", plural.One: "one",
	plural.Two: "two", plural.Few: "few", plural.Many: "many",
}

// direction returns the dir attribute for a language.
func direction(lang string) string {
	script, _ := language.Make(lang).Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg":
		return "rtl"
	}
	return "ltr"
}
