package spell

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/vellum"
	"github.com/google/go-cmp/cmp"
)

func dictionary(t testing.TB, words ...string) *vellum.FST {
	t.Helper()
	words = slices.Sorted(slices.Values(words))
	var b bytes.Buffer
	w, err := vellum.New(&b, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, word := range slices.Compact(words) {
		if err := w.Insert([]byte(word), uint64(i+1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	dict, err := vellum.Load(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return dict
}

// distance is the optimal string alignment distance by its definition.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			if i == 0 || j == 0 {
				d[i][j] = i + j
				continue
			}
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestNearIsExact(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	letters := []rune("abcéжд語😀")
	random := func() string {
		w := make([]rune, 1+rnd.IntN(7))
		for i := range w {
			w[i] = letters[rnd.IntN(len(letters))]
		}
		return string(w)
	}
	var words []string
	for range 3000 {
		words = append(words, random())
	}
	dict := dictionary(t, words...)
	words = slices.Sorted(slices.Values(words))
	words = slices.Compact(words)
	for range 300 {
		query := random()
		for edits := range MaxEdits + 1 {
			start := ""
			if rnd.IntN(3) == 0 {
				start = string([]rune(query)[0])
			}
			var want []string
			for _, w := range words {
				if d := distance([]rune(w), []rune(query)); d <= edits && strings.HasPrefix(w, start) {
					want = append(want, fmt.Sprint(w, d))
				}
			}
			found, err := Near(dict, query, start, edits)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, w := range found {
				got = append(got, fmt.Sprint(w.Text, w.Edits))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("within %d of %q (-want +got):\n%s", edits, query, diff)
			}
		}
	}
}

func TestNearLimits(t *testing.T) {
	long := strings.Repeat("ab", MaxLength/2)
	dict := dictionary(t, long, long+"c", long+"cd", long+"cde", "x")
	for word, want := range map[string]int{long: 3, long + "c": 0, "": 1, "\xff": 0} {
		found, err := Near(dict, word, "", MaxEdits)
		if err != nil || len(found) != want {
			t.Errorf("near %q: %v %v, want %d", word, found, err, want)
		}
	}
}

func TestCompletions(t *testing.T) {
	dict := dictionary(t, "a", "pass", "passes", "passkey", "pat", "être", "\xff\xff")
	for prefix, want := range map[string][]string{
		"pass": {"passes", "passkey"},
		"pa":   {"pass", "passes", "passkey", "pat"},
		"ê":    {"être"},
		"\xff": {"\xff\xff"},
		"zz":   nil,
		"":     {"a", "pass", "passes", "passkey", "pat", "être", "\xff\xff"},
	} {
		found, err := Completions(dict, prefix)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range found {
			got = append(got, w.Text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", prefix, diff)
		}
	}
}

func TestCount(t *testing.T) {
	dict, err := dictionary(t, "a", "b").Reader()
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]int{"a": 1, "b": 2, "c": 0, "": 0} {
		if n, err := Count(dict, word); n != want || err != nil {
			t.Errorf("count of %q: %d %v, want %d", word, n, err, want)
		}
	}
}

func BenchmarkNear(b *testing.B) {
	rnd := rand.New(rand.NewPCG(5, 6))
	var words []string
	for range 50_000 {
		w := make([]byte, 3+rnd.IntN(9))
		for i := range w {
			w[i] = "etaoinshrdlu"[rnd.IntN(12)]
		}
		words = append(words, string(w))
	}
	dict := dictionary(b, words...)
	for edits := 1; edits <= MaxEdits; edits++ {
		b.Run(fmt.Sprint(edits), func(b *testing.B) {
			for b.Loop() {
				if _, err := Near(dict, "shorneldit", "", edits); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
