package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// What packages allocate before main begins, in bytes. It stands for the time
// that they take, which no test can hold; and a start that gets to 4 MB in all
// collects garbage too.
const (
	mostInit    = 150_000   // one package, unless it is heavy
	mostAllInit = 2_800_000 // all packages; of them 600_000 are of the AWS SDK, .7 milliseconds
)

// heavy lists the packages that do much whenever kb starts, and why they may.
var heavy = map[string]string{
	"github.com/yuin/goldmark/extension":     "it compiles expressions that count to 256, for links without a tag",
	"github.com/microcosm-cc/bluemonday":     "it compiles the expressions of its ready-made policies; nobody who links the sanitizer gets around them",
	"github.com/microcosm-cc/bluemonday/css": "it compiles the expressions for styles, which no answer holds, and bluemonday imports it",
	"github.com/gorilla/css/scanner":         "it compiles the tokens of CSS, for bluemonday's styles",
}

// TestInit holds how much is done whenever kb starts, whatever for.
func TestInit(t *testing.T) {
	sizes := initSizes(t)
	all := 0
	for pkg, size := range sizes {
		all += size
		if size > mostInit && heavy[pkg] == "" {
			t.Errorf("%s allocates %d bytes whenever kb starts, which costs kb search time; %d is much", pkg, size, mostInit)
		}
	}
	for pkg := range heavy {
		if sizes[pkg] <= mostInit {
			t.Errorf("%s is no longer heavy", pkg)
		}
	}
	if all > mostAllInit {
		t.Errorf("%d bytes are allocated whenever kb starts; %d is much", all, mostAllInit)
	}
}

// initSizes returns how many bytes each package allocates before main begins.
func initSizes(t *testing.T) map[string]int {
	kb := filepath.Join(t.TempDir(), "kb")
	if out, err := exec.Command("go", "build", "-o", kb, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	cmd := exec.Command(kb, "version")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	trace, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("kb version: %v\n%s", err, trace)
	}
	sizes := make(map[string]int)
	for _, line := range regexp.MustCompile(`(?m)^init (\S+) .* (\d+) bytes, `).FindAllStringSubmatch(string(trace), -1) {
		if sizes[line[1]], err = strconv.Atoi(line[2]); err != nil {
			t.Fatal(err)
		}
	}
	return sizes
}
