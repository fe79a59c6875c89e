package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkStart measures whole processes, one of each after the other so that
// a busy machine slows all alike: a program that does nothing but link bleve,
// and kb. It reports the median of each in milliseconds. To see what a start
// is made of:
//
//	go build -o /tmp/kb . && GODEBUG=inittrace=1 /tmp/kb version
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	kb := filepath.Join(dir, "kb")
	bleve := filepath.Join(dir, "bleve")
	runs(b, nil, "go", "build", "-o", kb, ".")
	runs(b, nil, "go", "build", "-o", bleve, "./testdata/bleve")
	env := append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
	contestants := []struct {
		name string
		args []string
	}{
		{"bleve", []string{bleve}},
		{"version", []string{kb, "version"}},
		{"search-1k", []string{kb, "search", "--content", corpus(b, dir, 1_000), "how to reset a lost key"}},
		{"search-10k", []string{kb, "search", "--content", corpus(b, dir, 10_000), "how to reset a lost key"}},
	}
	for _, c := range contestants {
		runs(b, env, c.args...)
	}
	took := map[string][]time.Duration{}
	for b.Loop() {
		for _, c := range contestants {
			start := time.Now()
			runs(b, env, c.args...)
			took[c.name] = append(took[c.name], time.Since(start))
		}
	}
	for _, c := range contestants {
		slices.Sort(took[c.name])
		median := took[c.name][len(took[c.name])/2]
		b.ReportMetric(float64(median.Microseconds())/1000, c.name+"-ms")
	}
}

func runs(b *testing.B, env []string, args ...string) {
	b.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = env
	if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != 1 {
		b.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// corpus writes n questions to a folder below dir, a hundred a file.
func corpus(b *testing.B, dir string, n int) string {
	b.Helper()
	words := strings.Fields("key phone account backup reset lost sign sync device browser password recovery admin token screen cloud code letter user site")
	root := filepath.Join(dir, fmt.Sprint(n))
	if err := os.Mkdir(root, 0o755); err != nil {
		b.Fatal(err)
	}
	for file := range n / 100 {
		var text strings.Builder
		for i := range 100 {
			k := file*100 + i
			w := func(step int) string { return words[k/step%len(words)] }
			fmt.Fprintf(&text, "## How do I use the %s of a %s with the %s of case %d?\n\n", w(1), w(20), w(400), k)
			fmt.Fprintf(&text, "Open the %s, choose %s, and wait until the %s of %s has answered. Then close it.\n\n", w(7), w(3), w(31), w(90))
		}
		if err := os.WriteFile(filepath.Join(root, fmt.Sprintf("%04d.md", file)), []byte(text.String()), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return root
}
