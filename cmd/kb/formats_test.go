package main

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content"
)

func TestEveryFormatIsSeenToChange(t *testing.T) {
	parsed := slices.Sorted(maps.Keys(reading{}.parsers(content.Site{})))
	if diff := cmp.Diff(slices.Sorted(slices.Values(extensions)), parsed); diff != "" {
		t.Error(diff)
	}
}
