package index

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kb/content"
)

// TestStoredEntry holds that an entry comes back as it was stored, and that a
// part of what is stored is damage.
func TestStoredEntry(t *testing.T) {
	for _, e := range []*content.Entry{
		{ID: "a"},
		{
			ID: "b", Anchor: "anchor", Source: "https://example.org/#b", Question: "What is b?", Aliases: []string{"b", ""},
			Answer:  content.Answer{HTML: "<p>B “is” b.</p>", Text: "B “is” b."},
			Section: []string{"One", "Two"}, Tags: []string{"tag"}, Lang: "de-AT",
			Updated: time.Date(1969, 1, 2, 3, 4, 5, 0, time.UTC), Hidden: true,
		},
	} {
		stored := string(appendEntry(nil, e))
		got, err := decodeEntry(e.ID, []byte(stored))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(e, got); diff != "" {
			t.Errorf("%s (-stored +read):\n%s", e.ID, diff)
		}
		for i := range stored {
			if _, err := decodeEntry(e.ID, []byte(stored[:i])); !errors.Is(err, ErrCorrupt) {
				t.Errorf("%s: %d of %d bytes: %v", e.ID, i, len(stored), err)
			}
		}
		if _, err := decodeEntry(e.ID, []byte(stored+"x")); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s and a byte: %v", e.ID, err)
		}
	}
}
