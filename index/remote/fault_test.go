package remote_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kb/index"
	"kb/index/remote"
)

// disturbed returns the hosts whose link can be disturbed.
func disturbed(t *testing.T) []host { return []host{s3Host(t), registryHost(t)} }

// again starts another host of the kind.
func (h host) again(t *testing.T) host {
	if h.name == "s3" {
		return s3Host(t)
	}
	return registryHost(t)
}

// segment returns the digest of the file of an index that differs between any
// two of them, and its size.
func segment(t *testing.T, dir string) (digest string, size int64) {
	t.Helper()
	p, err := index.Pack(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range p.Files {
		if strings.HasSuffix(f.Path, ".zap") {
			return f.SHA256, f.Size
		}
	}
	t.Fatal("no segment")
	return "", 0
}

// TestTroubleThatPasses holds that pulling goes on after what passes, without
// fetching again what it has.
func TestTroubleThatPasses(t *testing.T) {
	t.Parallel()
	dir := edition(t, 1)
	digest, size := segment(t, dir)
	for _, kind := range disturbed(t) {
		for _, c := range []struct {
			name  string
			fault fault
			seen  []string // parts of a request that follows
		}{
			{"cut", once(2, "GET", digest, cut), []string{digest, fmt.Sprintf("bytes=%d-", size/2)}},
			{"cut, and no parts", either(once(1, "GET", digest, cut), once(1, "GET", digest, wholly)), []string{digest, "bytes="}},
			{"corrupted once", once(1, "GET", digest, corrupt), []string{digest}},
			{"refused", once(2, "GET", digest, answer(500)), []string{digest}},
			{"too many", once(1, "GET", digest, answer(429, "Retry-After", "1")), []string{digest}},
			{"unavailable", once(1, "GET", digest, answer(503, "Retry-After", "Mon, 23 Nov 2026 10:00:01 GMT", "Date", "Mon, 23 Nov 2026 10:00:00 GMT")), []string{digest}},
		} {
			t.Run(kind.name+" "+c.name, func(t *testing.T) {
				t.Parallel()
				h := kind.again(t)
				publish(t, at(t, h.address), dir)
				h.link.disturb(c.fault)
				to := t.TempDir()
				if r := pull(t, at(t, h.address), to); r.Moved != len(live(t, dir))-1 {
					t.Errorf("%d files fetched", r.Moved)
				}
				wantTitle(t, to, 1)
				if h.link.count(c.seen...) == 0 || h.link.count("GET", digest) < 2 {
					t.Errorf("asked %q", h.link.asked)
				}
			})
		}
	}
}

// TestTroubleWhilePublishing holds that a half upload, a refusal and a lost
// answer are made up for.
func TestTroubleWhilePublishing(t *testing.T) {
	t.Parallel()
	dir := edition(t, 1)
	for _, kind := range disturbed(t) {
		for name, f := range map[string]fault{
			"half uploads":   once(3, "PUT", "", hangUp),
			"refused":        once(2, "PUT", "", answer(503)),
			"too many":       once(1, "PUT", "", answer(429, "Retry-After", "1")),
			"lost answers":   once(2, "PUT", "", loseAnswer),
			"pointer's lost": once(1, "PUT", "kb-current", loseAnswer),
			"tag's lost":     once(1, "PUT", "manifests", loseAnswer),
		} {
			t.Run(kind.name+" "+name, func(t *testing.T) {
				t.Parallel()
				h := kind.again(t)
				h.link.disturb(f)
				if r := publish(t, at(t, h.address), dir); !r.Changed {
					t.Errorf("%+v", r)
				}
				h.link.disturb(nil)
				to := t.TempDir()
				pull(t, at(t, h.address), to)
				wantTitle(t, to, 1)
			})
		}
	}
}

// TestTroubleThatStays holds that the live generation stays as it was, and that
// nothing that is wrong is left for the next pull.
func TestTroubleThatStays(t *testing.T) {
	t.Parallel()
	one, two := edition(t, 1), edition(t, 2)
	digest, _ := segment(t, two)
	for _, kind := range disturbed(t) {
		for _, c := range []struct {
			name  string
			fault fault
			want  error
		}{
			{"corrupted", once(always, "GET", digest, corrupt), index.ErrCorrupt},
			{"gone", once(always, "GET", digest, answer(404)), nil},
			{"denied", once(always, "GET", "", answer(403)), remote.ErrDenied},
			{"empty", once(always, "GET", "", answer(200)), nil},
			{"a loop", once(always, "GET", "", func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
				http.Redirect(w, r, r.URL.String(), http.StatusTemporaryRedirect)
				return true
			}), nil},
			{"a page", once(always, "GET", "", func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
				w.Write([]byte("<html>log in</html>"))
				return true
			}), nil},
			{"an error without end", once(always, "GET", "", func(w http.ResponseWriter, _ *http.Request, _ http.Handler) bool {
				w.WriteHeader(http.StatusForbidden)
				for {
					if _, err := w.Write(make([]byte, 1<<10)); err != nil {
						return true
					}
				}
			}), remote.ErrDenied},
			{"no end", once(always, "GET", "", func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
				for range 5 << 10 {
					if _, err := w.Write(make([]byte, 1<<10)); err != nil {
						break
					}
				}
				return true
			}), nil},
		} {
			t.Run(kind.name+" "+c.name, func(t *testing.T) {
				t.Parallel()
				h, dir := kind.again(t), t.TempDir()
				p := at(t, h.address)
				publish(t, p, one)
				pull(t, p, dir)
				publish(t, p, two)
				h.link.disturb(c.fault)
				_, err := p.Pull(t.Context(), dir, nil)
				if err == nil || c.want != nil && !errors.Is(err, c.want) {
					t.Errorf("got %v, want %v", err, c.want)
				}
				wantTitle(t, dir, 1)
				h.link.disturb(nil)
				pull(t, p, dir)
				wantTitle(t, dir, 2)
			})
		}
	}
}

// TestOtherClock holds that a server whose clock is years off is signed for by
// its own.
func TestOtherClock(t *testing.T) {
	t.Parallel()
	dir := edition(t, 1)
	for _, years := range []int{-10, 10} {
		theirs := func() time.Time { return time.Now().AddDate(years, 0, 0) }
		for _, h := range disturbed(t) {
			h.link.disturb(func(w http.ResponseWriter, r *http.Request, server http.Handler) bool {
				rec := httptest.NewRecorder()
				signed, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
				if off := theirs().Sub(signed).Abs(); h.name == "s3" && (err != nil || off > 15*time.Minute) {
					rec.WriteHeader(http.StatusForbidden)
					rec.WriteString("<Error><Code>RequestTimeTooSkewed</Code></Error>")
				} else {
					server.ServeHTTP(rec, r)
				}
				maps.Copy(w.Header(), rec.Header())
				w.Header().Set("Date", theirs().UTC().Format(http.TimeFormat))
				w.Header().Set("Last-Modified", theirs().AddDate(years, 0, 0).UTC().Format(http.TimeFormat))
				w.WriteHeader(rec.Code)
				w.Write(rec.Body.Bytes())
				return true
			})
			to := t.TempDir()
			publish(t, at(t, h.address), dir)
			pull(t, at(t, h.address), to)
			wantTitle(t, to, 1)
		}
	}
}

// TestPlainWebServer pulls from a folder that a web server shows.
func TestPlainWebServer(t *testing.T) {
	t.Parallel()
	dir, shown := edition(t, 1), t.TempDir()
	publish(t, at(t, shown), dir)
	l, addr := linked(t, http.FileServer(http.Dir(shown)))
	digest, size := segment(t, dir)
	l.disturb(once(1, "GET", digest, cut))
	p, to := at(t, "http://"+addr+"/"), t.TempDir()
	pull(t, p, to)
	wantTitle(t, to, 1)
	if l.count(digest, fmt.Sprintf("bytes=%d-", size/2)) != 1 {
		t.Errorf("asked %q", l.asked)
	}
	if _, err := p.Publish(t.Context(), dir, remote.Options{Keep: remote.Kept}); !errors.Is(err, remote.ErrReadOnly) {
		t.Error(err)
	}
}

// TestHalfUploadIsNotThere holds that a part that a dead publisher left in a
// folder is no blob.
func TestHalfUploadIsNotThere(t *testing.T) {
	t.Parallel()
	dir, place := edition(t, 1), t.TempDir()
	publish(t, at(t, place), dir)
	digest, size := segment(t, dir)
	blob := filepath.Join(place, "blobs/sha256", digest)
	if err := os.Truncate(blob, size/2); err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	if _, err := at(t, place).Pull(t.Context(), to, nil); err == nil {
		t.Error("half a file was pulled")
	}
	if r := publish(t, at(t, place), dir); r.Moved != 1 {
		t.Errorf("mended %+v", r)
	}
	pull(t, at(t, place), to)
	wantTitle(t, to, 1)
}

// TestFolderThatCannotBeOne holds that an error which is not that of an index
// is told as it is.
func TestFolderThatCannotBeOne(t *testing.T) {
	t.Parallel()
	dir := edition(t, 1)
	if _, err := at(t, dir).Publish(t.Context(), dir, remote.Options{}); !errors.Is(err, remote.ErrOccupied) {
		t.Errorf("in an index: %v", err)
	}
	if _, err := at(t, filepath.Join(dir, "current")).Publish(t.Context(), dir, remote.Options{}); err == nil || errors.Is(err, remote.ErrOccupied) {
		t.Errorf("below a file: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "current"), []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := at(t, dir).Publish(t.Context(), edition(t, 2), remote.Options{}); !errors.Is(err, remote.ErrOccupied) {
		t.Errorf("in a damaged index: %v", err)
	}
}

// Environment of a test binary that is to pull or to publish.
const (
	envTask  = "KB_TEST_TASK"
	envPlace = "KB_TEST_PLACE"
	envDir   = "KB_TEST_DIR"
)

func TestMain(m *testing.M) {
	if task := os.Getenv(envTask); task != "" {
		if err := perform(task); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	setCredentials()
	os.Exit(m.Run())
}

func perform(task string) error {
	p, err := remote.At(os.Getenv(envPlace))
	if err != nil {
		return err
	}
	if task == "publish" {
		_, err = p.Publish(context.Background(), os.Getenv(envDir), remote.Options{Keep: remote.Kept})
	} else {
		_, err = p.Pull(context.Background(), os.Getenv(envDir), nil)
	}
	return err
}

// performs does a task in a process of its own, which is killed when ctx ends.
func performs(ctx context.Context, t *testing.T, task, place, dir string) error {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, exe)
	cmd.Env = append(os.Environ(), envTask+"="+task, envPlace+"="+place, envDir+"="+dir)
	return cmd.Run()
}

// kills is how many processes are killed at random moments.
const kills = 15

// killed performs a task in a process that is killed at a random moment, if it
// has not ended by then.
func killed(t *testing.T, usual time.Duration, task, place, dir string) bool {
	ctx, cancel := context.WithTimeout(t.Context(), rand.N(2*usual))
	defer cancel()
	return performs(ctx, t, task, place, dir) != nil
}

// TestKilledWhilePublishing kills publishers at random moments: what is
// published is the old generation or the new one, and whole.
func TestKilledWhilePublishing(t *testing.T) {
	t.Parallel()
	one, two := edition(t, 1), edition(t, 2)
	for _, start := range []func(*testing.T) host{s3Host, registryHost, folderHost} {
		dead := 0
		begun := time.Now()
		if err := performs(t.Context(), t, "publish", start(t).address, one); err != nil {
			t.Fatal(err)
		}
		usual := time.Since(begun)
		name := ""
		for range kills {
			h := start(t)
			name = h.name
			p, dir := at(t, h.address), t.TempDir()
			publish(t, p, one)
			if killed(t, usual, "publish", h.address, two) {
				dead++
			}
			pull(t, p, dir)
			if got := title(t, dir); got != "edition 1" && got != "edition 2" {
				t.Errorf("%s: published is %s", h.name, got)
			}
			publish(t, p, two)
			pull(t, p, dir)
			wantTitle(t, dir, 2)
		}
		t.Logf("%s: %d of %d killed within %v", name, dead, kills, 2*usual)
	}
}

// TestKilledWhilePulling kills pullers at random moments: the live generation
// is the old one or the new one, and the next pull leaves nothing of them.
func TestKilledWhilePulling(t *testing.T) {
	t.Parallel()
	one, two := edition(t, 1), edition(t, 2)
	h := s3Host(t)
	p := at(t, h.address)
	publish(t, p, two)
	start := time.Now()
	if err := performs(t.Context(), t, "pull", h.address, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	usual := time.Since(start)
	dead := 0
	for range kills {
		dir := t.TempDir()
		old := filepath.Join(t.TempDir(), "old")
		publish(t, at(t, old), one)
		pull(t, at(t, old), dir)
		if killed(t, usual, "pull", h.address, dir) {
			dead++
		}
		if got := title(t, dir); got != "edition 1" && got != "edition 2" {
			t.Errorf("live is %s", got)
		}
		pull(t, p, dir)
		wantTitle(t, dir, 2)
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if strings.HasPrefix(f.Name(), ".") {
				t.Errorf("%s is left", f.Name())
			}
		}
	}
	t.Logf("%d of %d killed within %v", dead, kills, 2*usual)
}
