package remote_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"

	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"kb/index"
	"kb/index/remote"
)

// aDay is longer than anything stays that nobody keeps.
const aDay = 25 * time.Hour

// blobsOf returns the names of the blobs that some indexes consist of.
func blobsOf(t *testing.T, dirs ...string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, dir := range dirs {
		parcel, err := index.Pack(dir)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimPrefix(parcel.Digest, "sha256:")] = true
		for _, f := range parcel.Files {
			all[f.SHA256] = true
		}
	}
	return all
}

// wantBlobs holds that those of some indexes are in a folder, and no others.
func wantBlobs(t *testing.T, place string, dirs ...string) {
	t.Helper()
	blobs, err := os.ReadDir(filepath.Join(place, "blobs/sha256"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, b := range blobs {
		got[b.Name()] = true
	}
	if diff := cmp.Diff(blobsOf(t, dirs...), got); diff != "" {
		t.Error("blobs (-want +got):\n" + diff)
	}
}

func publishKeeping(t *testing.T, p *remote.Place, dir string, keep int) remote.Report {
	t.Helper()
	r, err := p.Publish(t.Context(), dir, remote.Options{Keep: keep})
	if err != nil || r.Left != nil {
		t.Fatal(err, r.Left)
	}
	return r
}

// TestOldOnesAreRemoved holds that what only older generations have goes a day
// after they are dropped, and that nothing goes which one that is kept has.
func TestOldOnesAreRemoved(t *testing.T) {
	t.Parallel()
	var dirs []string
	for n := range 5 {
		dirs = append(dirs, edition(t, n))
	}
	place, to := folderHost(t).address, t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		p := at(t, place)
		for _, dir := range dirs {
			publishKeeping(t, p, dir, 2)
		}
		wantBlobs(t, place, dirs...)
		time.Sleep(aDay)
		if r := publishKeeping(t, p, dirs[4], 2); r.Changed || r.Moved != 0 {
			t.Errorf("the same: %+v", r)
		}
		wantBlobs(t, place, dirs[2:]...)
		publishKeeping(t, p, dirs[4], 0)
		wantBlobs(t, place, dirs[2:]...)
		time.Sleep(aDay)
		publishKeeping(t, p, dirs[4], 0)
		wantBlobs(t, place, dirs[4])
		if r := publishKeeping(t, p, dirs[0], 0); r.Moved == 0 {
			t.Errorf("what was removed is published again: %+v", r)
		}
		pull(t, p, to)
	})
	wantTitle(t, to, 0)
}

// TestOneThatComesBackStays holds that a generation which was dropped is not
// removed once it is live again.
func TestOneThatComesBackStays(t *testing.T) {
	t.Parallel()
	one, two := edition(t, 1), edition(t, 2)
	place := folderHost(t).address
	synctest.Test(t, func(t *testing.T) {
		p := at(t, place)
		for _, dir := range []string{one, two, one} {
			publishKeeping(t, p, dir, 0)
		}
		time.Sleep(aDay)
		publishKeeping(t, p, one, 0)
		wantBlobs(t, place, one)
	})
}

// TestManifestsThatAreGone holds that a generation whose manifest is gone, or
// damaged, keeps nothing else from being removed.
func TestManifestsThatAreGone(t *testing.T) {
	t.Parallel()
	var dirs []string
	for n := range 4 {
		dirs = append(dirs, edition(t, n))
	}
	place := folderHost(t).address
	spoil := func(dir string, do func(name string) error) {
		parcel, err := index.Pack(dir)
		if err == nil {
			err = do(filepath.Join(place, "blobs/sha256", strings.TrimPrefix(parcel.Digest, "sha256:")))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		p := at(t, place)
		for _, dir := range dirs {
			publishKeeping(t, p, dir, 0)
		}
		spoil(dirs[0], os.Remove)
		spoil(dirs[1], func(name string) error { return os.WriteFile(name, []byte("{}"), 0o644) })
		time.Sleep(aDay)
		publishKeeping(t, p, dirs[3], 0)
		publishKeeping(t, p, dirs[3], 0)
	})
	blobs, err := os.ReadDir(filepath.Join(place, "blobs/sha256"))
	if err != nil {
		t.Fatal(err)
	}
	left, gone := blobsOf(t, dirs[3], dirs[0], dirs[1]), blobsOf(t, dirs[2])
	for _, b := range blobs {
		if gone[b.Name()] && !left[b.Name()] {
			t.Errorf("%s is there", b.Name())
		}
	}
}

// TestNothingIsKept publishes without keeping anything, to every kind of place.
func TestNothingIsKept(t *testing.T) {
	t.Parallel()
	one, two := edition(t, 1), edition(t, 2)
	for _, h := range hosts(t) {
		t.Run(h.name, func(t *testing.T) {
			p, dir := at(t, h.address), t.TempDir()
			for _, from := range []string{one, two, one} {
				publishKeeping(t, p, from, 0)
				pull(t, p, dir)
			}
			wantTitle(t, dir, 1)
		})
	}
	for _, keep := range []int{-1, remote.MostKept + 1} {
		if _, err := at(t, t.TempDir()).Publish(t.Context(), one, remote.Options{Keep: keep}); err == nil {
			t.Errorf("kept %d", keep)
		}
	}
}

// age makes all times in the pointer of a bucket be long ago.
func age(t *testing.T, h host) {
	t.Helper()
	const name = "/faq/some/where/kb-current.json"
	rec := httptest.NewRecorder()
	h.link.server.ServeHTTP(rec, httptest.NewRequest("GET", name, nil))
	old := regexp.MustCompile(`"(at|going)":"[^"]*"`).ReplaceAllString(rec.Body.String(), `"$1":"2020-01-01T00:00:00Z"`)
	overwrite(t, h, name, []byte(old))
}

// overwrite replaces an object behind the back of everybody.
func overwrite(t *testing.T, h host, name string, data []byte) {
	t.Helper()
	put := httptest.NewRequest("PUT", name, bytes.NewReader(data))
	put.Header.Set("Content-Length", strconv.Itoa(len(data)))
	rec := httptest.NewRecorder()
	if h.link.server.ServeHTTP(rec, put); rec.Code != http.StatusOK {
		t.Fatal(rec.Code, rec.Body)
	}
}

// dropping returns a bucket with edition 2 live, where the next publish removes
// edition 1.
func dropping(t *testing.T, one, two string) host {
	t.Helper()
	h := s3Host(t)
	publishKeeping(t, at(t, h.address), one, 0)
	publishKeeping(t, at(t, h.address), two, 0)
	age(t, h)
	return h
}

// TestPublishWhileAnotherRemoves publishes again what another publisher is
// removing: it ends up there whole.
func TestPublishWhileAnotherRemoves(t *testing.T) {
	t.Parallel()
	one, two, three := edition(t, 1), edition(t, 2), edition(t, 3)
	h := dropping(t, one, two)
	parcel, err := index.Pack(one)
	if err != nil {
		t.Fatal(err)
	}
	manifest := strings.TrimPrefix(parcel.Digest, "sha256:")
	looks, met, done := 0, make(chan bool), make(chan error, 1)
	other := func(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if strings.Contains(r.URL.Path, manifest) {
			looks++
		}
		if looks == 2 || r.Method == "PUT" { // it looks again, or it counts on what is there
			h.link.disturb(nil)
			close(met)
		}
		return false
	}
	h.link.disturb(once(1, "DELETE", "", func(http.ResponseWriter, *http.Request, http.Handler) bool {
		h.link.disturb(once(always, "", "", other))
		go func() {
			_, err := at(t, h.address).Publish(t.Context(), one, remote.Options{})
			done <- err
		}()
		<-met
		return false
	}))
	publishKeeping(t, at(t, h.address), three, 0)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	pull(t, at(t, h.address), dir)
	wantTitle(t, dir, 1)
}

// TestRemovalThatDies holds that nobody counts on what a publisher began to
// remove, and that another one removes it later.
func TestRemovalThatDies(t *testing.T) {
	t.Parallel()
	one, two, three := edition(t, 1), edition(t, 2), edition(t, 3)
	h := dropping(t, one, two)
	p := at(t, h.address)
	h.link.disturb(once(always, "DELETE", "", answer(http.StatusForbidden)))
	if r, err := p.Publish(t.Context(), three, remote.Options{}); err != nil || !errors.Is(r.Left, remote.ErrDenied) {
		t.Fatal(err, r.Left)
	}
	h.link.disturb(nil)
	if _, err := p.Publish(t.Context(), one, remote.Options{}); err == nil || !strings.Contains(err.Error(), "another publisher removes") {
		t.Errorf("what is being removed: %v", err)
	}
	publishKeeping(t, p, two, 0)
	if h.link.count("DELETE") != 0 {
		t.Errorf("what another publisher removes was removed: %q", h.link.asked)
	}
	age(t, h)
	publishKeeping(t, p, two, 0)
	if h.link.count("DELETE") == 0 {
		t.Error("nothing was removed")
	}
	if r := publishKeeping(t, p, one, 0); r.Moved == 0 {
		t.Errorf("what was removed: %+v", r)
	}
	dir := t.TempDir()
	pull(t, p, dir)
	wantTitle(t, dir, 1)
}

// TestSendAgain holds that a blob which is damaged at its place is mended: at
// once where the storage tells its digest, and else on demand.
func TestSendAgain(t *testing.T) {
	t.Parallel()
	dir := edition(t, 1)
	digest, size := segment(t, dir)
	for _, tells := range []bool{false, true} {
		h := s3Host(t)
		p := at(t, h.address)
		all := publish(t, p, dir).Moved
		overwrite(t, h, "/faq/some/where/blobs/sha256/"+digest, make([]byte, size))
		if _, err := p.Pull(t.Context(), t.TempDir(), nil); !errors.Is(err, index.ErrCorrupt) {
			t.Errorf("damaged: %v", err)
		}
		want := 0
		if tells {
			h.link.disturb(tellDigest)
			want = 1
		}
		if r := publish(t, p, dir); r.Moved != want {
			t.Errorf("sent %d of %d", r.Moved, want)
		}
		if r, err := p.Publish(t.Context(), dir, remote.Options{Again: true}); err != nil || r.Moved != all || r.Changed {
			t.Errorf("again: %+v, %v", r, err)
		}
		to := t.TempDir()
		pull(t, p, to)
		wantTitle(t, to, 1)
	}
}

// tellDigest answers HEAD as storage does that keeps a SHA-256: with that of
// the object.
func tellDigest(w http.ResponseWriter, r *http.Request, server http.Handler) bool {
	if r.Method != http.MethodHead {
		return false
	}
	get := r.Clone(r.Context())
	get.Method = http.MethodGet
	rec := httptest.NewRecorder()
	server.ServeHTTP(rec, get)
	sum := sha256.Sum256(rec.Body.Bytes())
	w.Header().Set("Content-Length", strconv.Itoa(rec.Body.Len()))
	w.Header().Set("X-Amz-Checksum-Sha256", base64.StdEncoding.EncodeToString(sum[:]))
	w.WriteHeader(rec.Code)
	return true
}
