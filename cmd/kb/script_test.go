package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"kb": main})
}

func TestScripts(t *testing.T) {
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"serves":  serves,
			"tells":   tells,
			"gets":    gets,
			"stops":   stops,
			"writes":  writes,
			"future":  future,
			"damage":  damage,
			"tampers": tampers,
			"keys":    keys,
			"digest":  digest,
			"refuses": refuses,
		},
		Condition: func(name string) (bool, error) {
			if name != "root" {
				return false, fmt.Errorf("no condition %q", name)
			}
			return os.Getuid() == 0, nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/.cache")
			env.Setenv("REPO", filepath.Join(root, "../.."))
			env.Values[servedKey{}] = new(served)
			return nil
		},
	})
}

// refuses starts a server that may not be asked anything, at $REFUSES.
func refuses(ts *testscript.TestScript, _ bool, _ []string) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }))
	ts.Defer(s.Close)
	ts.Setenv("REFUSES", s.URL)
	ts.Setenv("REFUSES_HOST", s.Listener.Addr().String())
}

// exits runs a command that must end with a given status: exits 2 kb list nowhere
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS PROGRAM [ARG…]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit := (*exec.ExitError)(nil)
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// future makes the index in a folder one of a later format: future FOLDER
func future(ts *testscript.TestScript, neg bool, args []string) {
	edit(ts, neg, args, "gen-*/kb.json", func(text []byte) []byte {
		return bytes.Replace(text, []byte(`"format": `), []byte(`"format": 99`), 1)
	})
}

// digest sets a variable to what kb version says is the digest of the index in
// a folder: digest FOLDER NAME
func digest(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: digest FOLDER NAME")
	}
	ts.Check(ts.Exec("kb", "version", "--json", "--index", args[0]))
	var e edition
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &e))
	ts.Setenv(args[1], e.Digest)
}

// damage turns over one bit of the index in a folder: damage FOLDER
func damage(ts *testscript.TestScript, neg bool, args []string) {
	edit(ts, neg, args, "gen-*/store/*.zap", func(text []byte) []byte {
		text[len(text)/2] ^= 1
		return text
	})
}

// keys writes a pair of keys as openssl does, NAME.key and NAME.pub: keys NAME
func keys(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: keys NAME")
	}
	public, private, err := ed25519.GenerateKey(nil)
	ts.Check(err)
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	ts.Check(err)
	open, err := x509.MarshalPKIXPublicKey(public)
	ts.Check(err)
	name := ts.MkAbs(args[0])
	ts.Check(os.WriteFile(name+".key", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	ts.Check(os.WriteFile(name+".pub", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: open}), 0o644))
}

// tampers turns over one bit of the largest blob in a folder that was published
// to: tampers FOLDER
func tampers(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: tampers FOLDER")
	}
	names, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "blobs/sha256/*"))
	ts.Check(err)
	largest := []byte{}
	at := ""
	for _, name := range names {
		text, err := os.ReadFile(name)
		ts.Check(err)
		if len(text) > len(largest) {
			largest, at = text, name
		}
	}
	largest[len(largest)/2] ^= 1
	ts.Check(os.WriteFile(at, largest, 0o644))
}

func edit(ts *testscript.TestScript, neg bool, args []string, pattern string, change func([]byte) []byte) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: future FOLDER, damage FOLDER")
	}
	names, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), pattern))
	ts.Check(err)
	if len(names) != 1 {
		ts.Fatalf("%d files match %s", len(names), pattern)
	}
	text, err := os.ReadFile(names[0])
	ts.Check(err)
	ts.Check(os.Chmod(names[0], 0o644))
	ts.Check(os.WriteFile(names[0], change(text), 0o644))
}
