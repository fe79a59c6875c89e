package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// A served is the kb serve that a script has started.
type served struct {
	cmd  *exec.Cmd
	url  string
	told *bufio.Reader // its standard error
}

type servedKey struct{}

// maxSilence is how long a script waits for kb serve to say something before
// it is ended, so that the script fails and shows what was said instead.
const maxSilence = time.Minute

// serves starts kb serve at a free port and waits for its address:
// serves [ARG…]
func serves(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: serves [ARG…]")
	}
	sv := ts.Value(servedKey{}).(*served)
	sv.cmd = exec.Command("kb", append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	sv.cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "XDG_CACHE_HOME", "KB_INDEX", "KB_CONTENT", "GOCOVERDIR", "TMPDIR"} {
		if v := ts.Getenv(name); v != "" {
			sv.cmd.Env = append(sv.cmd.Env, name+"="+v)
		}
	}
	out, err := sv.cmd.StdoutPipe()
	ts.Check(err)
	told, err := sv.cmd.StderrPipe()
	ts.Check(err)
	ts.Check(sv.cmd.Start())
	ts.Defer(func() { sv.cmd.Process.Kill() })
	sv.told = bufio.NewReader(told)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		rest, _ := io.ReadAll(sv.told)
		ts.Fatalf("kb serve printed no address: %v\n%s", err, rest)
	}
	sv.url = strings.TrimSpace(line)
	ts.Setenv("URL", sv.url)
	ts.Setenv("ADDR", strings.TrimSuffix(strings.TrimPrefix(sv.url, "http://"), "/"))
}

// tells waits until kb serve says something on standard error: tells PATTERN
func tells(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: tells PATTERN")
	}
	pattern, err := regexp.Compile(args[0])
	ts.Check(err)
	sv := ts.Value(servedKey{}).(*served)
	silence := time.AfterFunc(maxSilence, func() { sv.cmd.Process.Kill() })
	defer silence.Stop()
	for {
		line, err := sv.told.ReadString('\n')
		line = strings.TrimSpace(line)
		ts.Logf("[kb serve] %s", line)
		if pattern.MatchString(line) {
			return
		}
		if err != nil {
			ts.Fatalf("kb serve ended without saying %s", args[0])
		}
	}
}

// gets asks kb serve and compares the status: gets STATUS PATH [PATTERN]
func gets(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: gets STATUS PATH [PATTERN]")
	}
	url := strings.TrimSuffix(ts.Getenv("URL"), "/") + args[1]
	if strings.HasPrefix(args[1], "http:") {
		url = args[1]
	}
	r, err := http.Get(url)
	ts.Check(err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	ts.Check(err)
	if got := fmt.Sprint(r.StatusCode); got != args[0] {
		ts.Fatalf("%s: status %s, want %s\n%s", args[1], got, args[0], body)
	}
	if len(args) == 3 && !regexp.MustCompile(args[2]).Match(body) {
		ts.Fatalf("%s: no match for %s\n%s", args[1], args[2], body)
	}
}

// stops sends SIGTERM to kb serve, which must end with status 0.
func stops(ts *testscript.TestScript, neg bool, args []string) {
	sv := ts.Value(servedKey{}).(*served)
	ts.Check(sv.cmd.Process.Signal(syscall.SIGTERM))
	rest, _ := io.ReadAll(sv.told)
	if err := sv.cmd.Wait(); err != nil {
		ts.Fatalf("kb serve: %v\n%s", err, rest)
	}
}

// writes replaces a file as an editor does, at once: writes FILE FROM
func writes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: writes FILE FROM")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".new"), []byte(ts.ReadFile(args[1])), 0o644))
	ts.Check(os.Rename(ts.MkAbs(args[0]+".new"), ts.MkAbs(args[0])))
}
