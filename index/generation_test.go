package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content"
)

// edition returns a small corpus that says which edition it is.
func edition(n int) *content.Corpus {
	c := generated(3)
	c.Site.Title = fmt.Sprint("edition ", n)
	return c
}

// liveEdition opens the live index with every byte checked, reads all its
// entries, and returns its title.
func liveEdition(t *testing.T, dir string) string {
	t.Helper()
	s, err := OpenVerified(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	got, err := s.Entries()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(edition(1).Entries, got); diff != "" {
		t.Fatal("entries (-want +got):\n" + diff)
	}
	return s.Info().Site.Title
}

func wantLive(t *testing.T, dir string, edition int) {
	t.Helper()
	if got, want := liveEdition(t, dir), fmt.Sprint("edition ", edition); got != want {
		t.Errorf("live is %s, want %s", got, want)
	}
}

// names returns what is in the folder, each generation as gen, but for the
// makerFile.
func names(t *testing.T, dir string) []string {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range files {
		name := f.Name()
		if name == makerFile {
			continue
		}
		if !notAGeneration(name) {
			name = "gen"
		}
		got = append(got, name)
	}
	slices.Sort(got)
	return got
}

func wantNames(t *testing.T, dir string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, names(t, dir)); diff != "" {
		t.Errorf("files in %s (-want +got):\n%s", dir, diff)
	}
}

func TestKeepsThreeGenerations(t *testing.T) {
	dir := t.TempDir()
	for n := range 5 {
		mustBuild(t, dir, edition(n))
		wantLive(t, dir, n)
	}
	wantNames(t, dir, "current", "gen", "gen", "gen", "lock")
}

func TestKeepsAsManyAsItIsTold(t *testing.T) {
	dir := t.TempDir()
	for n := range 5 {
		mustBuild(t, dir, edition(n), Keep(3))
	}
	if got, err := History(dir); err != nil || len(got) != 4 {
		t.Errorf("%d generations, want 4; %v", len(got), err)
	}
	mustBuild(t, dir, edition(5), Keep(0))
	wantLive(t, dir, 5)
	wantNames(t, dir, "current", "gen", "lock")
}

func TestRollback(t *testing.T) {
	dir := t.TempDir()
	for n := range 4 {
		mustBuild(t, dir, edition(n))
	}
	for _, want := range []int{2, 1} {
		info, err := Rollback(dir)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint("edition ", want); info.Site.Title != got {
			t.Errorf("rolled back to %s, want %s", info.Site.Title, got)
		}
		wantLive(t, dir, want)
	}
	if _, err := Rollback(dir); !errors.Is(err, ErrOldest) {
		t.Errorf("rollback to nothing: %v", err)
	}
	wantLive(t, dir, 1)
	mustBuild(t, dir, edition(3))
	wantLive(t, dir, 3)
	if _, err := Rollback(t.TempDir()); !errors.Is(err, ErrNoIndex) {
		t.Errorf("rollback without an index: %v", err)
	}
}

func TestRollbackPassesOverDamage(t *testing.T) {
	dir := t.TempDir()
	for n := range 3 {
		mustBuild(t, dir, edition(n))
	}
	past, err := history(dir)
	if err != nil {
		t.Fatal(err)
	}
	flip(t, filepath.Join(dir, past[1], storeDir, segmentFile), 100)
	if _, err := Rollback(dir); err != nil {
		t.Fatal(err)
	}
	wantLive(t, dir, 0)
}

func TestFormerContentIsLiveAgain(t *testing.T) {
	dir := t.TempDir()
	for _, n := range []int{1, 2, 1} {
		mustBuild(t, dir, edition(n))
		wantLive(t, dir, n)
	}
	wantNames(t, dir, "current", "gen", "gen", "lock")
}

func TestDamagedLiveIsBuiltAnew(t *testing.T) {
	for _, name := range append(files(), manifestFile, "../"+currentFile) {
		dir := t.TempDir()
		mustBuild(t, dir, edition(1))
		want := tree(t, dir)
		gen, err := liveGeneration(dir)
		if err != nil {
			t.Fatal(err)
		}
		flip(t, filepath.Join(string(gen), name), 5)
		if _, err := Open(dir); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
		mustBuild(t, dir, edition(1))
		sameTree(t, want, tree(t, dir))
	}
}

func TestOtherFilesAreKept(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"tmp-notes", "gen-era", "README"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mustBuild(t, dir, edition(1))
	mustBuild(t, dir, edition(2))
	for _, name := range []string{"tmp-notes", "gen-era", "README"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestLeftoversAreRemoved(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{tmpPrefix + "1/store/x", tmpPrefix + "2-damaged/kb.json", tmpPrefix + "current3"} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mustBuild(t, dir, edition(1))
	wantNames(t, dir, "current", "gen", "lock")
}

func TestSecondBuilderIsRefused(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, edition(1))
	mustBuild(t, dir, edition(2), withFault(func(stage string) error {
		if stage != "merge" {
			return nil
		}
		if _, _, err := Build(t.Context(), dir, edition(3)); !errors.Is(err, ErrBusy) {
			t.Errorf("second builder: %v", err)
		}
		if _, err := Rollback(dir); !errors.Is(err, ErrBusy) {
			t.Errorf("rollback beside a builder: %v", err)
		}
		if _, built, err := Build(t.Context(), dir, edition(1)); built || err != nil {
			t.Errorf("a builder with nothing to do: built %v, %v", built, err)
		}
		wantLive(t, dir, 1)
		return nil
	}))
	wantLive(t, dir, 2)
}

// TestReadersBesideBuilders opens the index all the time while generations
// come and go.
func TestReadersBesideBuilders(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, edition(0))
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				s, err := Open(dir)
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := s.Entries(); err != nil {
					t.Error(err)
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for n := range 15 {
		mustBuild(t, dir, edition(n+1))
	}
	close(done)
	readers.Wait()
	wantLive(t, dir, 15)
}

func TestModes(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, edition(1))
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		want := os.FileMode(0o644)
		if info.IsDir() {
			want = 0o755
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o", path, got)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNoIndex(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{dir, filepath.Join(dir, "none")} {
		_, err := Open(d)
		if !errors.Is(err, ErrNoIndex) || !strings.Contains(err.Error(), d) {
			t.Error(err)
		}
		if _, err := Current(d); !errors.Is(err, ErrNoIndex) {
			t.Error(err)
		}
	}
}

func TestOtherFormat(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, edition(1))
	gen, err := liveGeneration(dir)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(string(gen), manifestFile)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	other := strings.Replace(string(data), fmt.Sprintf(`"format": %d`, Format), `"format": 999`, 1)
	if err := os.WriteFile(name, []byte(other), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "999") {
		t.Error(err)
	}
	mustBuild(t, dir, edition(1))
	wantLive(t, dir, 1)
}

// flip turns one bit of a file.
func flip(t testing.TB, name string, bit int) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b := make([]byte, 1)
	if _, err := f.ReadAt(b, int64(bit/8)); err != nil {
		t.Fatal(err)
	}
	b[0] ^= 1 << (bit % 8)
	if _, err := f.WriteAt(b, int64(bit/8)); err != nil {
		t.Fatal(err)
	}
}
