package index

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestProgress holds that all work is told of in steps, of a build from nothing
// and of one from the generation before.
func TestProgress(t *testing.T) {
	dir, c := t.TempDir(), generated(500)
	for range 2 {
		var told []int
		mustBuild(t, dir, c, Again("me"), withChunk(100), Progress(func(done, total int) {
			if total != 500 {
				t.Errorf("%d of %d", done, total)
			}
			told = append(told, done)
		}))
		if !slices.IsSorted(told) || len(told) < 4 || told[0] > 400 {
			t.Errorf("told of %v", told)
		}
		if diff := cmp.Diff([]int{500}, slices.DeleteFunc(told, func(n int) bool { return n < 500 })); diff != "" {
			t.Error("the end (-want +got):\n" + diff)
		}
		c = generated(500)
		c.Entries[77].Question += " Or not?"
	}
}
