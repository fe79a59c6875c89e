package index

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kb/content"
	"kb/index/embed"
)

func TestEntriesComeBack(t *testing.T) {
	c := passkeys()
	dir := t.TempDir()
	info := mustBuild(t, dir, c)
	s := mustOpen(t, dir)

	want := make([]*content.Entry, len(c.Entries))
	for i, e := range c.Entries {
		w := *e
		w.Pos, w.Updated = content.Pos{}, w.Updated.UTC().Truncate(time.Second)
		want[i] = &w
	}
	want[2].Section = []string{"Trouble"} // it has none of its own
	got, err := s.Entries()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("entries (-want +got):\n" + diff)
	}
	for i, e := range want {
		byID, err := s.Entry(e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want[i], byID); diff != "" {
			t.Error("entry by id (-want +got):\n" + diff)
		}
	}
	wantInfo := Info{
		Format: Format, Version: version(), Fingerprint: c.Fingerprint(), Model: embed.ShippedDigest, Entries: 5, Answered: 4, Languages: []string{"en", "de"},
		Tokens: map[string]uint64{Question: 25, Alias: 4, Answer: 15, Headings: 8},
		Site:   c.Site,
	}
	if diff := cmp.Diff(wantInfo, s.Info()); diff != "" {
		t.Error("info (-want +got):\n" + diff)
	}
	if diff := cmp.Diff(info, s.Info()); diff != "" {
		t.Error("info that Build returned (-build +open):\n" + diff)
	}
}

func TestNoEntry(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, passkeys())
	s := mustOpen(t, dir)
	for _, id := range []string{"", "nothing", "what-is-a-passkey\x00"} {
		if _, err := s.Entry(id); !errors.Is(err, ErrNoEntry) {
			t.Errorf("entry %q: %v", id, err)
		}
	}
	if _, err := s.EntryAt(5); !errors.Is(err, ErrNoEntry) {
		t.Error(err)
	}
}

func TestSections(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, passkeys())
	got, err := mustOpen(t, dir).Sections()
	if err != nil {
		t.Fatal(err)
	}
	want := []Section{
		{"basics", []string{"Basics"}, 3},
		{"basics-kinds", []string{"Basics", "Kinds"}, 2},
		{"trouble", []string{"Trouble"}, 1},
		{"auf-deutsch", []string{"Auf Deutsch"}, 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

func TestSectionSlugsAreUnique(t *testing.T) {
	long := strings.Repeat("very long heading ", 8)
	s := newSections()
	var got []string
	for _, path := range [][]string{{"A b"}, {"A, b!"}, {"A", "b"}, {long, "x"}, {long, "y"}, {"A b"}} {
		s.add(path)
		slugs := s.slugsOf(path)
		got = append(got, slugs[len(slugs)-1])
	}
	if got[0] != got[5] {
		t.Errorf("one section has the slugs %q and %q", got[0], got[5])
	}
	if slices.Sort(got[:5]); len(slices.Compact(got[:5])) != 5 {
		t.Errorf("slugs clash: %q", got)
	}
}

// TestKeywords asks the index for what search filters by.
func TestKeywords(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, passkeys())
	s := mustOpen(t, dir)
	for _, tt := range []struct {
		field, term string
		want        []int
	}{
		{InSection, "basics", []int{0, 1, 4}},
		{InSection, "basics-kinds", []int{1, 4}},
		{InSection, "trouble", []int{2}},
		{Lang, "en", []int{0, 1, 2, 4}},
		{Lang, "de", []int{3}},
		{Lang, "de-at", []int{3}},
		{Tag, "intro", []int{0}},
		{Question, "devic", []int{1}},
		{Question, "what", []int{0, 1}},
		{Question, "cafe", []int{4}},
		{Alias, "passkey", []int{0}},
		{Answer, "naiv", []int{4}},
		{Headings, "kind", []int{1, 4}},
	} {
		if diff := cmp.Diff(tt.want, docs(t, s, tt.field, tt.term)); diff != "" {
			t.Errorf("%s:%s (-want +got):\n%s", tt.field, tt.term, diff)
		}
	}
}

func TestWords(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, passkeys())
	s := mustOpen(t, dir)
	for word, want := range map[string]uint64{
		"kinds": 2, "naively": 1, "schlussel": 1, "passkey": 2, "a": 2, "what": 2, "defin": 0, "kind": 0, "what's": 0,
	} {
		got, _, err := s.Words().Get([]byte(word))
		if err != nil || got != want {
			t.Errorf("%s is in %d entries, want %d; %v", word, got, want, err)
		}
	}
}

func docs(t *testing.T, s *Snapshot, field, term string) []int {
	t.Helper()
	d, err := s.Segment().Dictionary(field)
	if err != nil {
		t.Fatal(err)
	}
	list, err := d.PostingsList([]byte(term), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for it := list.Iterator(false, false, false, nil); ; {
		p, err := it.Next()
		if err != nil {
			t.Fatal(err)
		}
		if p == nil {
			return got
		}
		got = append(got, int(p.Number()))
	}
}

func TestSameCorpusBuildsNothing(t *testing.T) {
	dir := t.TempDir()
	first := mustBuild(t, dir, passkeys())
	before := tree(t, dir)
	info, built, err := Build(t.Context(), dir, passkeys())
	if err != nil || built {
		t.Fatalf("built %v, %v", built, err)
	}
	if diff := cmp.Diff(first, info); diff != "" {
		t.Error("info (-first +second):\n" + diff)
	}
	if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
		t.Error("files (-before +after):\n" + diff)
	}
}

func TestEmptyCorpus(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "x")
	_, _, err := Build(t.Context(), dir, content.NewCorpus(content.Site{}, nil))
	if !errors.Is(err, ErrEmpty) {
		t.Error(err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("it made the folder all the same")
	}
}

// tree returns the content of every file below dir, by its path.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
