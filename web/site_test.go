package web

import (
	"encoding/json"
	"maps"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/index"
	"kb/search"
)

func readJSON(t *testing.T, name string, v any) {
	t.Helper()
	src, err := embedded.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(src, v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func TestSegments(t *testing.T) {
	for _, test := range []struct {
		text  string
		spans []search.Span
		want  []segment
	}{
		{"lost phone", nil, []segment{{"lost phone", false}}},
		{"lost phone", []search.Span{{5, 10}}, []segment{{"lost ", false}, {"phone", true}}},
		{"lost phone", []search.Span{{0, 4}, {5, 10}}, []segment{{"lost", true}, {" ", false}, {"phone", true}}},
		{"Schlüssel", []search.Span{{0, 6}, {6, 10}}, []segment{{"Schlü", true}, {"ssel", true}}},
		{"Schlüssel", []search.Span{{0, 5}}, []segment{{"Schlüssel", false}}}, // cuts ü
		{"abc", []search.Span{{1, 9}, {-1, 2}, {2, 2}, {2, 1}}, []segment{{"abc", false}}},
		{"abcd", []search.Span{{1, 3}, {2, 4}}, []segment{{"a", false}, {"bc", true}, {"d", false}}},
		{"", nil, nil},
	} {
		if diff := cmp.Diff(test.want, segments(test.text, test.spans)); diff != "" {
			t.Errorf("segments(%q, %v) (-want +got):\n%s", test.text, test.spans, diff)
		}
	}
}

func TestSetOpen(t *testing.T) {
	for _, test := range []struct {
		values string
		best   bool
		want   string // ids of open items
		state  string
	}{
		{"", false, "", ""},
		{"", true, "a", ""},
		{"b", true, "a b", "b"},
		{"-a", true, "", "-a"},
		{"-a b -a a", true, "a b", "b"},
		{"* -b", true, "a c", "c"},
		{"* -*", true, "", "-a"},
		{"b nothing", false, "b", "b"},
	} {
		items := []*item{{ID: "a"}, {ID: "b"}, {ID: "c"}}
		values := strings.Fields(test.values)
		half := len(values) / 2
		got := setOpen(items, url.Values{"opened": {strings.Join(values[:half], " ")}, "open": values[half:]}, test.best)
		if got != test.state {
			t.Errorf("open=%s best=%v leaves %q, want %q", test.values, test.best, got, test.state)
		}
		var open []string
		for _, it := range items {
			if it.Open {
				open = append(open, it.ID)
			}
		}
		if got := strings.Join(open, " "); got != test.want {
			t.Errorf("open=%s best=%v opens %q, want %q", test.values, test.best, got, test.want)
		}
	}
}

// TestAccent holds WCAG AAA for text in the site's colour, whatever it is.
func TestAccent(t *testing.T) {
	for _, colour := range []string{"#000000", "#ffffff", "#b00020", "#ffd400", "#0b4a8b", "#808080", "#00ff00"} {
		rule, button, _ := strings.Cut(accentStyle(colour), ")}")
		light, dark, found := strings.Cut(strings.TrimPrefix(rule, ":root{--kb-accent:light-dark("), ",")
		if !found {
			t.Fatalf("accentStyle(%s) = %s", colour, rule)
		}
		if c := contrast(luminance(parseColour(t, light)), lightPaper); c < 7 {
			t.Errorf("%s on light paper is %s, contrast %.2f", colour, light, c)
		}
		if c := contrast(luminance(parseColour(t, colour)), darkPaper); c < 7 && button != "" {
			t.Errorf("dark text on %s has contrast %.2f", colour, c)
		}
		if c := contrast(luminance(parseColour(t, dark)), darkPaper); c < 7 {
			t.Errorf("%s on dark paper is %s, contrast %.2f", colour, dark, c)
		}
	}
	for colour, bright := range map[string]bool{"#ffee00": true, "#00ff00": true, "#b00020": false, "#808080": false} {
		if strings.Contains(accentStyle(colour), "{background:"+colour) != bright {
			t.Errorf("accentStyle(%s) = %s", colour, accentStyle(colour))
		}
	}
	if rule := accentStyle("red"); rule != "" {
		t.Errorf("accentStyle(red) = %s", rule)
	}
	if got := luminance(parseColour(t, "#16181c")); math.Abs(got-darkPaper) > .0005 {
		t.Errorf("darkPaper is %.4f, and the style's paper %.4f", darkPaper, got)
	}
}

func parseColour(t *testing.T, s string) (rgb [3]float64) {
	t.Helper()
	for i := range rgb {
		for _, digit := range s[1+2*i : 3+2*i] {
			rgb[i] = rgb[i]*16 + float64(strings.IndexRune("0123456789abcdef", digit))
		}
	}
	return rgb
}

// TestWords holds every language to the keys of English, and every text to
// the names that its English one puts in.
func TestWords(t *testing.T) {
	langs, err := languages()
	if err != nil {
		t.Fatal(err)
	}
	if len(langs) < 9 {
		t.Errorf("%d languages, want at least 9", len(langs))
	}
	en, err := readWords("en", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range langs {
		w, err := readWords(lang.String(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(bases(en), bases(w)); diff != "" {
			t.Errorf("%s (-en +%[1]s):\n%s", lang, diff)
		}
		for key, text := range w.texts {
			base, _, _ := strings.Cut(key, ".")
			if strings.Contains(en.texts[base]+en.texts[base+".other"], "{q}") != strings.Contains(text, "{q}") {
				t.Errorf("%s: %s = %q: {q} is missing or too much", lang, key, text)
			}
		}
		for n := range 120 {
			if got, err := w.count("questions", n); err != nil || strings.Contains(got, "{") {
				t.Errorf("%s: %d questions is %q, %v", lang, n, got, err)
			}
		}
	}
}

// bases returns the keys without plural forms.
func bases(w words) []string {
	seen := map[string]bool{}
	for key := range w.texts {
		base, form, _ := strings.Cut(key, ".")
		if !slices.Contains(forms[:], form) {
			base = key
		}
		seen[base] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

func TestNearest(t *testing.T) {
	for lang, want := range map[string]string{
		"de-AT": "de", "pt-BR": "pt", "zh-Hans-CN": "zh", "en-GB": "en", "ar-EG": "ar",
	} {
		if tag, near := nearest(lang); tag.String() != want || !near {
			t.Errorf("nearest(%s) = %s, %v, want %s", lang, tag, near, want)
		}
	}
	if tag, near := nearest("sw"); near {
		t.Errorf("nearest(sw) = %s", tag)
	}
	for lang, want := range map[string]string{"ar": "rtl", "he": "rtl", "fa-IR": "rtl", "en": "ltr", "": "ltr", "ur": "rtl", "az-Arab": "rtl"} {
		if got := direction(lang); got != want {
			t.Errorf("direction(%s) = %s, want %s", lang, got, want)
		}
	}
}

func TestNarrow(t *testing.T) {
	var sections []search.Count
	for i := range 100 {
		sections = append(sections, search.Count{Value: "S", Slug: strconv.Itoa(i), Count: 100 - i})
	}
	for _, test := range []struct {
		counted int    // sections with hits
		chosen  string // the section searched
		want    string // what is in sight, the chosen one with a star
		more    int    // what unfolds
	}{
		{0, "", "", 0},
		{0, "none", " none*", 0},
		{2, "", "* 0 1", 0},
		{2, "1", " 0 1*", 0},
		{6, "", "* 0 1 2 3 4 5", 0},
		{7, "", "* 0 1 2 3 4 5", 1},
		{20, "17", " 0 1 2 3 4 5 17*", 13},
		{20, "none", " 0 1 2 3 4 5 none*", 14},
		{100, "", "* 0 1 2 3 4 5", maxMore},
		{100, "99", " 0 1 2 3 4 5 99*", maxMore},
	} {
		v := &searchView{page: &page{Section: test.chosen}, In: index.Section{Path: []string{"Outer", "None"}}}
		v.narrow(sections[:test.counted], func(section string) string { return section })
		var got []string
		for _, f := range v.Facets {
			if f.Current {
				f.URL += "*"
			}
			got = append(got, f.URL)
		}
		if got := strings.Join(got, " "); got != test.want || len(v.More) != test.more {
			t.Errorf("narrow(%d sections, %q) = %q and %d more, want %q and %d", test.counted, test.chosen, got, len(v.More), test.want, test.more)
		}
	}
}
