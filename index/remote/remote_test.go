package remote_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content"
	"kb/index"
	"kb/index/remote"
)

// edition returns the folder of an index whose title says which edition it is.
// Every edition has another number of questions, and so other files.
func edition(t *testing.T, n int) string {
	t.Helper()
	page := &content.Page{Path: "faq.md"}
	for i := range 20 + n {
		text := fmt.Sprintf("It is the answer to question %d of all.", i)
		page.Entries = append(page.Entries, &content.Entry{
			Question: fmt.Sprintf("What is question %d?", i),
			Answer:   content.Answer{Text: text, HTML: template.HTML("<p>" + text + "</p>")},
		})
	}
	dir := t.TempDir()
	c := content.NewCorpus(content.Site{Title: fmt.Sprint("edition ", n)}, []*content.Page{page})
	if _, _, err := index.Build(t.Context(), dir, c); err != nil {
		t.Fatal(err)
	}
	return dir
}

// title opens the live index with every byte checked and returns its title.
func title(t *testing.T, dir string) string {
	t.Helper()
	s, err := index.OpenVerified(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Entries(); err != nil {
		t.Fatal(err)
	}
	return s.Info().Site.Title
}

func wantTitle(t *testing.T, dir string, n int) {
	t.Helper()
	if got, want := title(t, dir), fmt.Sprint("edition ", n); got != want {
		t.Errorf("live is %s, want %s", got, want)
	}
}

func at(t *testing.T, address string) *remote.Place {
	t.Helper()
	p, err := remote.At(address)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func publish(t *testing.T, p *remote.Place, dir string) remote.Report {
	t.Helper()
	r, err := p.Publish(t.Context(), dir, remote.Options{Keep: remote.Kept})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func pull(t *testing.T, p *remote.Place, dir string) remote.Report {
	t.Helper()
	r, err := p.Pull(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// live returns the files of the live generation, by their path.
func live(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	name, err := index.Current(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	err = filepath.WalkDir(filepath.Join(dir, name), func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			all[strings.TrimPrefix(path, dir)], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestPublishAndPull(t *testing.T) {
	t.Parallel()
	one, two := edition(t, 1), edition(t, 2)
	all := len(live(t, one))
	for _, h := range hosts(t) {
		t.Run(h.name, func(t *testing.T) {
			p, dir := at(t, h.address), t.TempDir()
			if _, err := p.Current(t.Context(), nil); !errors.Is(err, remote.ErrNothing) {
				t.Errorf("of nothing: %v", err)
			}
			if _, err := p.Pull(t.Context(), dir, nil); !errors.Is(err, remote.ErrNothing) {
				t.Errorf("pull of nothing: %v", err)
			}
			first := publish(t, p, one)
			if !first.Changed || first.Moved != all {
				t.Errorf("first: %+v", first)
			}
			got := pull(t, p, dir)
			if !got.Changed || got.Digest != first.Digest || got.Info.Site.Title != "edition 1" {
				t.Errorf("pulled %+v", got)
			}
			if diff := cmp.Diff(live(t, one), live(t, dir)); diff != "" {
				t.Error("what is pulled is not what was published:\n" + diff)
			}
			if r := publish(t, p, one); r.Changed || r.Moved != 0 {
				t.Errorf("published again: %+v", r)
			}
			if r, err := p.Publish(t.Context(), one, remote.Options{Again: true}); err != nil || r.Changed || r.Moved != all {
				t.Errorf("sent again: %+v, %v", r, err)
			}
			if r := pull(t, p, dir); r.Changed || r.Moved != 0 {
				t.Errorf("pulled again: %+v", r)
			}
			if r := publish(t, p, two); !r.Changed || r.Moved == 0 || r.Moved == all {
				t.Errorf("another: %+v", r)
			}
			if r := pull(t, p, dir); !r.Changed || r.Moved == 0 || r.Moved >= all-1 {
				t.Errorf("pulled another: %+v", r)
			}
			wantTitle(t, dir, 2)
			if r := publish(t, p, one); !r.Changed || r.Moved != 0 {
				t.Errorf("back: %+v", r)
			}
			if now, err := p.Current(t.Context(), nil); err != nil || now != first.Digest {
				t.Errorf("now %s, %v", now, err)
			}
			pull(t, p, dir)
			wantTitle(t, dir, 1)
		})
	}
}

func TestSigned(t *testing.T) {
	t.Parallel()
	dir := edition(t, 1)
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hosts(t) {
		t.Run(h.name, func(t *testing.T) {
			p := at(t, h.address)
			publish(t, p, dir)
			if _, err := p.Pull(t.Context(), t.TempDir(), public); !errors.Is(err, remote.ErrUnsigned) {
				t.Errorf("unsigned: %v", err)
			}
			if r, err := p.Publish(t.Context(), dir, remote.Options{Key: private, Keep: remote.Kept}); err != nil || !r.Changed || r.Moved != 0 {
				t.Fatalf("signed: %+v, %v", r, err)
			}
			if _, err := p.Pull(t.Context(), t.TempDir(), public); err != nil {
				t.Error(err)
			}
			if _, err := p.Current(t.Context(), other); !errors.Is(err, remote.ErrUnsigned) {
				t.Errorf("with another key: %v", err)
			}
			pull(t, p, t.TempDir())
		})
	}
}

// TestTenPublishers holds that of ten that publish at once those who are told
// so have published, and that what is there at the end is whole, and by one of
// them.
func TestTenPublishers(t *testing.T) {
	t.Parallel()
	const publishers = 10
	var dirs []string
	for n := range publishers + 1 {
		dirs = append(dirs, edition(t, n))
	}
	for _, h := range hosts(t) {
		t.Run(h.name, func(t *testing.T) {
			publish(t, at(t, h.address), dirs[publishers])
			errs := make([]error, publishers)
			digests := make([]string, publishers)
			var running sync.WaitGroup
			for n := range publishers {
				running.Go(func() {
					var r remote.Report
					r, errs[n] = at(t, h.address).Publish(t.Context(), dirs[n], remote.Options{Keep: n % 2 * remote.Kept})
					digests[n] = r.Digest
				})
			}
			running.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				}
				if err != nil && !(h.moves && errors.Is(err, remote.ErrMoved)) {
					t.Error(err)
				}
			}
			t.Logf("%d of %d moved the pointer", won, publishers)
			dir := t.TempDir()
			r := pull(t, at(t, h.address), dir)
			winner := -1
			for n, d := range digests {
				if errs[n] == nil && d == r.Digest {
					winner = n
				}
			}
			if winner < 0 {
				t.Fatalf("%s was published by nobody that was told so", r.Digest)
			}
			wantTitle(t, dir, winner)
		})
	}
}

func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"":                                 "it is empty",
		"s3:/bucket":                       "not of the form s3://",
		"s3://bucket/a b":                  "not of the form s3://",
		"s3://bucket/x?secret=1":           `unknown parameter "secret"`,
		"s3://bucket/x?endpoint=host:1":    "its endpoint is not of the form",
		"s3://key:secretly@bucket/x":       "credentials do not belong there",
		"oci://ghcr.io":                    "not of the form oci://",
		"oci://ghcr.io/a/b?x=1":            "not of the form oci://",
		"https://key:secretly@example/x":   "credentials do not belong there",
		"https://example/x?token=secretly": "not of the form https://",
		"ftp://example/x":                  `no scheme "ftp" is known`,
		"s3://a b:secretly@":               "cannot be parsed",
		"s3://bucket/a/../b":               "not of the form s3://",
		"s3://bucket/a//b":                 "not of the form s3://",
		"s3://bucket/./b":                  "not of the form s3://",
		"s3://../b":                        "not of the form s3://",
		"s3://./b":                         "not of the form s3://",
		"s3://bucket/x#y":                  "not of the form s3://",
		"oci://ghcr.io/a/b#x":              "not of the form oci://",
		"file://host/srv/kb":               "not of the form file:FOLDER",
		"file:/srv/kb?x=1":                 "not of the form file:FOLDER",
		"file:/srv/kb#x":                   "not of the form file:FOLDER",
		"file:":                            "not of the form file:FOLDER",
	} {
		_, err := remote.At(address)
		if err == nil || !errors.Is(err, remote.ErrBadAddress) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secretly") {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, address := range []string{"/srv/kb", "file:/srv/kb", "file:///srv/kb", "file://localhost/srv/kb", "kb", "s3://bucket/x/", "s3://bucket", "s3://bucket/x/y?endpoint=http://localhost:9&region=eu-west-1", "oci://ghcr.io/a/b", "oci://localhost:5000/a:b", "oci+http://registry:5000/a:b", "https://example.org/kb"} {
		if p, err := remote.At(address); err != nil || p.String() != address {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestNoSecretIsTold holds that no error quotes what is secret, whatever a
// server answers.
func TestNoSecretIsTold(t *testing.T) {
	dir := edition(t, 1)
	faults := map[string]fault{
		"denied":   answer(403),
		"basic":    answer(401, "Www-Authenticate", `Basic realm="x"`),
		"bearer":   answer(401, "Www-Authenticate", `Bearer realm="http://127.0.0.1:1/token",service="x"`),
		"redirect": answer(307, "Location", "http://127.0.0.1:1/x?X-Amz-Signature="+secretKey),
		"missing":  answer(404),
	}
	var all []host
	var logins []string
	for name, f := range faults {
		for _, h := range disturbed(t) {
			h.name += " " + name
			h.link.disturb(f)
			all = append(all, h)
			logins = append(logins, fmt.Sprintf(`%q: {"username": "me", "password": %q}`, strings.Split(h.address, "/")[2], secretKey))
		}
	}
	t.Setenv("DOCKER_AUTH_CONFIG", `{"auths": {`+strings.Join(logins, ",")+`}}`)
	var running sync.WaitGroup
	for _, h := range all {
		running.Go(func() {
			_, pubErr := at(t, h.address).Publish(t.Context(), dir, remote.Options{Keep: remote.Kept})
			_, pullErr := at(t, h.address).Pull(t.Context(), t.TempDir(), nil)
			if pubErr == nil || pullErr == nil {
				t.Errorf("%s: %v, %v", h.name, pubErr, pullErr)
			}
			text := fmt.Sprint(pubErr, pullErr)
			if strings.Contains(text, secretKey) || strings.Contains(text, accessKey) {
				t.Errorf("%s: a secret is told: %s", h.name, text)
			}
		})
	}
	running.Wait()
}

func TestKeys(t *testing.T) {
	name := filepath.Join(t.TempDir(), "key")
	for _, text := range []string{"", "not a key", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0bHk=\n-----END PRIVATE KEY-----\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := remote.ReadPrivateKey(name); err == nil || bytes.Contains([]byte(err.Error()), []byte("c2Vj")) {
			t.Errorf("%q: %v", text, err)
		}
		if _, err := remote.ReadPublicKey(name); err == nil {
			t.Errorf("%q is a key", text)
		}
	}
}
