package sanitize

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// soups is how many random fragments TestSoup makes.
const soups = 10_000

// TestSoup makes fragments of nothing but tags in any order, which is where
// parsers of HTML disagree.
func TestSoup(t *testing.T) {
	names := slices.Sorted(maps.Keys(elements))
	names = append(names, "body", "html", "b", "b", "a", "a", "p", "p", "table", "td", "li", "unknown", "h1", "colgroup", "col")
	p := New(nil)
	r := rand.New(rand.NewPCG(1, 2))
	for range soups {
		soup := makeSoup(r, names)
		checkAnswer(t, p, soup, "")
		if t.Failed() {
			return
		}
	}
}

func makeSoup(r *rand.Rand, names []string) string {
	var b strings.Builder
	for range 1 + r.IntN(24) {
		name := names[r.IntN(len(names))]
		switch r.IntN(8) {
		case 0, 1:
			b.WriteString("</" + name + ">")
		case 2:
			b.WriteString("text")
		case 3:
			b.WriteString("<" + name + " id=x href=#x src=/y class=language-go style='text-align:left'>")
		case 4:
			b.WriteString(" \n")
		default:
			b.WriteString("<" + name + ">")
		}
	}
	return b.String()
}
