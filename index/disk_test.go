//go:build linux

package index

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// disk mounts a file system of that size in bytes until the test ends. Where
// that is not allowed, it skips the test.
func disk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("kb-test", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("mount a small disk: %v; run as root to test a full and a read-only one", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// TestFullDisk leaves ever more room on a full disk until a build fits.
func TestFullDisk(t *testing.T) {
	dir := disk(t, "2m")
	mustBuild(t, dir, edition(1))
	wantNames(t, dir, "current", "gen", "lock")
	before := tree(t, dir)
	const step = 8 << 10
	failed := 0
	for room := 0; ; room += step {
		fill(t, dir, room)
		_, built, err := Build(t.Context(), dir, edition(2))
		remove(t, filepath.Join(dir, "filler"))
		if err == nil {
			break
		}
		failed++
		if built || !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), dir) {
			t.Errorf("room for %d bytes: built %v, %v", room, built, err)
		}
		sameTree(t, before, tree(t, dir))
		wantLive(t, dir, 1)
	}
	if failed == 0 {
		t.Error("the disk was never full")
	}
	t.Logf("%d builds found the disk full", failed)
	wantLive(t, dir, 2)
}

// fill leaves room for that many bytes on the disk.
func fill(t *testing.T, dir string, room int) {
	t.Helper()
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		t.Fatal(err)
	}
	size := int(fs.Bavail)*int(fs.Bsize) - room
	if err := os.WriteFile(filepath.Join(dir, "filler"), make([]byte, max(size, 0)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, name string) {
	t.Helper()
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
}

func TestReadOnlyDisk(t *testing.T) {
	dir := disk(t, "4m")
	mustBuild(t, dir, edition(1))
	mustBuild(t, dir, edition(2))
	const readOnly = syscall.MS_REMOUNT | syscall.MS_RDONLY
	if err := syscall.Mount("kb-test", dir, "tmpfs", readOnly, ""); err != nil {
		t.Fatal(err)
	}
	before := tree(t, dir)
	_, _, err := Build(t.Context(), dir, edition(3))
	if !errors.Is(err, syscall.EROFS) || !strings.Contains(err.Error(), dir) {
		t.Errorf("build: %v", err)
	}
	if _, err := Rollback(dir); !errors.Is(err, syscall.EROFS) {
		t.Errorf("roll back: %v", err)
	}
	if _, built, err := Build(t.Context(), dir, edition(2)); built || err != nil {
		t.Errorf("build with nothing to do: built %v, %v", built, err)
	}
	wantLive(t, dir, 2)
	sameTree(t, before, tree(t, dir))
}

func TestUnwritableFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	mustBuild(t, dir, edition(1))
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	if _, _, err := Build(t.Context(), dir, edition(2)); !errors.Is(err, os.ErrPermission) {
		t.Error(err)
	}
	wantLive(t, dir, 1)
}

// TestFolderIsAFile holds that the error says what is in the way.
func TestFolderIsAFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(dir, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{dir, filepath.Join(dir, "below")} {
		if _, _, err := Build(t.Context(), d, edition(1)); !errors.Is(err, syscall.ENOTDIR) {
			t.Error(err)
		}
		if _, err := Open(d); err == nil {
			t.Errorf("opened %s", d)
		}
	}
}

// TestNothingLeaks opens and closes good and damaged indexes many times.
func TestNothingLeaks(t *testing.T) {
	good, bad := t.TempDir(), t.TempDir()
	for _, dir := range []string{good, bad} {
		mustBuild(t, dir, edition(1))
	}
	gen, err := liveGeneration(bad)
	if err != nil {
		t.Fatal(err)
	}
	flip(t, filepath.Join(string(gen), storeDir, rootFile), 9)
	var before []string
	for n := range 40 {
		liveEdition(t, good)
		if _, err := Open(bad); !errors.Is(err, ErrCorrupt) {
			t.Fatal(err)
		}
		if n == 2 {
			before = openFiles(t)
		}
	}
	if after := openFiles(t); !slices.Equal(before, after) {
		t.Errorf("open files: %q, then %q", before, after)
	}
}

// openFiles returns the open and mapped files of this process in temporary
// folders, where all of the test's are.
func openFiles(t *testing.T) []string {
	t.Helper()
	var open []string
	fds, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	for _, fd := range fds {
		if name, err := os.Readlink("/proc/self/fd/" + fd.Name()); err == nil && strings.HasPrefix(name, os.TempDir()) {
			open = append(open, name)
		}
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(maps)) {
		if strings.Contains(line, "gen-") {
			open = append(open, line)
		}
	}
	return open
}
