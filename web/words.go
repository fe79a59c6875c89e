package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
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

// TextKeys returns the keys of the texts of the interface, which a site may
// overrule: those of English, in order.
func TextKeys() ([]string, error) {
	w, err := readWords("en", nil)
	return slices.Sorted(maps.Keys(w.texts)), err
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

// boxWords are what the search box says before it has asked the server for
// anything.
type boxWords struct {
	Search      map[string]string `json:"search"` // by language; that of the site is under ""
	Copied      string            `json:"copied"` // of the site, as the next
	Unreachable string            `json:"unreachable"`
}

func newBoxWords(own words) (boxWords, error) {
	box := boxWords{map[string]string{"": own.texts["search"]}, own.texts["copied"], own.texts["unreachable"]}
	langs, err := languages()
	for _, lang := range langs {
		var w words
		if w, err = readWords(lang.String(), nil); err != nil {
			break
		}
		box.Search[lang.String()] = w.texts["search"]
	}
	box.Search[own.lang.String()] = own.texts["search"]
	return box, err
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
