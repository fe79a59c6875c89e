package index

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content"
)

// packed returns an edition as a parcel.
func packed(t *testing.T, n int) *Parcel { return packedCorpus(t, edition(n)) }

func packedCorpus(t *testing.T, c *content.Corpus) *Parcel {
	t.Helper()
	dir := t.TempDir()
	mustBuild(t, dir, c)
	p, err := Pack(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// from returns a Fetch that goes on with what is there, and counts the files.
func from(p *Parcel, fetched *[]string) Fetch {
	return func(_ context.Context, f File, name string) error {
		*fetched = append(*fetched, f.Path)
		data, err := os.ReadFile(p.Name(f))
		if err != nil {
			return err
		}
		out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
		if err != nil {
			return err
		}
		defer out.Close()
		there, err := out.Seek(0, io.SeekEnd)
		if err != nil {
			return err
		}
		_, err = out.Write(data[there:])
		return err
	}
}

func TestInstall(t *testing.T) {
	one, two := packed(t, 1), packed(t, 2)
	dir := t.TempDir()
	var fetched []string
	info, installed, err := Install(t.Context(), dir, one.Manifest, from(one, &fetched))
	if err != nil || !installed {
		t.Fatalf("installed %v, %v", installed, err)
	}
	if diff := cmp.Diff(one.Info, info); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(files(), fetched); diff != "" {
		t.Error("fetched (-want +got):\n" + diff)
	}
	sameTree(t, tree(t, filepath.Dir(one.dir)), tree(t, dir))
	wantLive(t, dir, 1)

	fetched = nil
	if _, installed, err := Install(t.Context(), dir, one.Manifest, from(one, &fetched)); installed || err != nil || fetched != nil {
		t.Errorf("again: installed %v, fetched %v, %v", installed, fetched, err)
	}
	if _, _, err := Install(t.Context(), dir, two.Manifest, from(two, &fetched)); err != nil {
		t.Fatal(err)
	}
	if len(fetched) >= len(files()) {
		t.Errorf("fetched %v: the files of the live generation that are the same too", fetched)
	}
	wantLive(t, dir, 2)
	wantNames(t, dir, "current", "gen", "gen", "lock")
	if _, err := Rollback(dir); err != nil {
		t.Fatal(err)
	}
	wantLive(t, dir, 1)
}

func TestInstallGoesOn(t *testing.T) {
	p := packed(t, 1)
	dir := t.TempDir()
	errCut := errors.New("cut")
	cut := func(ctx context.Context, f File, name string) error {
		if f.Path == files()[3] {
			data, err := os.ReadFile(p.Name(f))
			if err != nil {
				return err
			}
			return errors.Join(errCut, os.WriteFile(name, data[:len(data)/2], 0o644))
		}
		return from(p, new([]string))(ctx, f, name)
	}
	if _, _, err := Install(t.Context(), dir, p.Manifest, cut); !errors.Is(err, errCut) {
		t.Fatal(err)
	}
	var fetched []string
	if _, _, err := Install(t.Context(), dir, p.Manifest, from(p, &fetched)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(files()[3:], fetched); diff != "" {
		t.Error("fetched (-want +got):\n" + diff)
	}
	wantLive(t, dir, 1)
	wantNames(t, dir, "current", "gen", "lock")
}

// TestInstallRefuses holds that files which are not what the manifest says, and
// manifests which say what cannot be, change nothing.
func TestInstallRefuses(t *testing.T) {
	one, two := packed(t, 1), packedCorpus(t, generated(5))
	segment := `"store/000000000002.zap"`
	for name, manifest := range map[string][]byte{
		"other bytes":  two.Manifest,
		"no manifest":  []byte("{"),
		"a path":       bytes.Replace(two.Manifest, []byte(segment), []byte(`"../../escaped"`), 1),
		"one too many": bytes.Replace(two.Manifest, []byte(segment), []byte(`"x": {"size": 1}, `+segment), 1),
		"a size":       bytes.Replace(two.Manifest, []byte(`"size": `), []byte(`"size": 9999999999999`), 1),
		"negative":     bytes.Replace(two.Manifest, []byte(`"size": `), []byte(`"size": -`), 1),
		"format":       bytes.Replace(two.Manifest, []byte(`"format": `), []byte(`"format": 9`), 1),
		"entries":      bytes.Replace(two.Manifest, []byte(`"entries": `), []byte(`"entries": 9`), 1),
	} {
		if bytes.Equal(manifest, two.Manifest) != (name == "other bytes") {
			t.Fatalf("%s: the manifest was not changed", name)
		}
		dir := t.TempDir()
		if _, _, err := Install(t.Context(), dir, one.Manifest, from(one, new([]string))); err != nil {
			t.Fatal(err)
		}
		calls := 0
		_, installed, err := Install(t.Context(), dir, manifest, func(ctx context.Context, f File, to string) error {
			calls++
			if name == "other bytes" {
				return os.WriteFile(to, []byte(strings.Repeat("x", int(f.Size))), 0o644)
			}
			return from(two, new([]string))(ctx, f, to)
		})
		if installed || err == nil {
			t.Errorf("%s: installed %v, %v", name, installed, err)
		}
		wantLive(t, dir, 1)
		mustBuild(t, dir, edition(3))
		wantNames(t, dir, "current", "gen", "gen", "lock")
		if _, err := os.Stat(filepath.Join(dir, "../escaped")); err == nil {
			t.Errorf("%s: a file was written outside", name)
		}
	}
}

func TestInstallBesideABuilder(t *testing.T) {
	p := packed(t, 1)
	dir := t.TempDir()
	mustBuild(t, dir, edition(2), withFault(func(stage string) error {
		if stage != "merge" {
			return nil
		}
		if _, _, err := Install(t.Context(), dir, p.Manifest, from(p, new([]string))); !errors.Is(err, ErrBusy) {
			t.Errorf("beside a builder: %v", err)
		}
		return nil
	}))
	wantLive(t, dir, 2)
}

func TestPackRefusesDamage(t *testing.T) {
	dir := t.TempDir()
	if _, err := Pack(dir); !errors.Is(err, ErrNoIndex) {
		t.Error(err)
	}
	mustBuild(t, dir, edition(1))
	gen, err := liveGeneration(dir)
	if err != nil {
		t.Fatal(err)
	}
	flip(t, filepath.Join(string(gen), storeDir, segmentFile), 100)
	if _, err := Pack(dir); !errors.Is(err, ErrCorrupt) {
		t.Error(err)
	}
}
