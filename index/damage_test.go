package index

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content"
)

var damages = flag.Int("damages", 300, "number of random damages to do to an index")

// TestDamage damages one file of a generation at a time, and holds that the
// index is refused, or is as it was. One index is all small files, which are
// always read; the other has large ones.
func TestDamage(t *testing.T) {
	for name, c := range map[string]*content.Corpus{"small": passkeys(), "large": generated(300)} {
		t.Run(name, func(t *testing.T) { testDamage(t, c) })
	}
}

func testDamage(t *testing.T, c *content.Corpus) {
	dir := t.TempDir()
	mustBuild(t, dir, c)
	want := everything(t, dir)
	original := tree(t, dir)
	targets := slices.DeleteFunc(slices.Sorted(maps.Keys(original)), func(name string) bool { return name == lockFile })
	refused := 0
	for n := range *damages {
		r := rand.New(rand.NewPCG(1, uint64(n)))
		name := targets[r.IntN(len(targets))]
		damaged, what := damage(r, original[name])
		full := filepath.Join(dir, name)
		rewrite(t, full, damaged)
		for verb, open := range map[string]func(string) (*Snapshot, error){"open": Open, "verify": OpenVerified} {
			s, err := open(dir)
			if err != nil {
				refused++
				if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrFormat) && !errors.Is(err, ErrNoIndex) {
					t.Errorf("%d: %s, %s: %s: %v", n, name, what, verb, err)
				}
				continue
			}
			if diff := cmp.Diff(want, contents(t, s)); diff != "" {
				t.Errorf("%d: %s, %s: %s (-want +got):\n%s", n, name, what, verb, diff)
			}
			s.Close()
		}
		rewrite(t, full, &[]string{original[name]}[0])
	}
	t.Logf("%d of %d openings refused", refused, 2**damages)
	if diff := cmp.Diff(want, everything(t, dir)); diff != "" {
		t.Error("after all damage was undone (-want +got):\n" + diff)
	}
}

// damage returns a damaged copy of a file, or nil for none at all.
func damage(r *rand.Rand, data string) (damaged *string, what string) {
	b := []byte(data)
	at := r.IntN(len(b))
	switch r.IntN(10) {
	case 0:
		return nil, "missing"
	case 1:
		b, what = b[:at], "cut"
	case 2:
		clear(b[at:min(at+4096, len(b))])
		what = "zeroed"
	case 3:
		b, what = append(b, b[at:]...), "too long"
	default:
		b[at] ^= 1 << r.IntN(8)
		what = "bit flipped"
	}
	s := string(b)
	return &s, fmt.Sprintf("%s at byte %d of %d", what, at, len(data))
}

func rewrite(t *testing.T, name string, data *string) {
	t.Helper()
	err := os.Remove(name)
	if data != nil {
		err = os.WriteFile(name, []byte(*data), 0o644)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
}

func everything(t *testing.T, dir string) []string {
	t.Helper()
	s, err := OpenVerified(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	return contents(t, s)
}

// contents returns all that a snapshot can be asked.
func contents(t *testing.T, s *Snapshot) []string {
	t.Helper()
	entries, err := s.Entries()
	if err != nil {
		t.Fatal(err)
	}
	secs, err := s.Sections()
	if err != nil {
		t.Fatal(err)
	}
	got := []string{fmt.Sprintf("%+v", s.Info()), fmt.Sprint(secs)}
	for _, e := range entries {
		got = append(got, fmt.Sprintf("%+v", *e))
	}
	for _, field := range []string{Question, Alias, Answer, Headings, InSection, Lang, Tag} {
		got = append(got, field, fmt.Sprint(postings(t, s.Segment(), field)))
	}
	return got
}

// TestDamageInPlace holds that Open sees a change to a large file by its time
// alone.
func TestDamageInPlace(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, generated(200))
	gen, err := liveGeneration(dir)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(string(gen), storeDir, segmentFile)
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() <= smallFile {
		t.Fatalf("%d bytes are no large file", info.Size())
	}
	flip(t, name, 80_001)
	if _, err := Open(dir); !errors.Is(err, ErrCorrupt) {
		t.Errorf("flipped bit: %v", err)
	}
	flip(t, name, 80_001)
	s, err := Open(dir)
	if err != nil {
		t.Fatalf("flipped back, and so intact but without its time: %v", err)
	}
	s.Close()
}
