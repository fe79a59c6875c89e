package main

import (
	"fmt"
	"math/rand/v2"
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
// and kb, both built as README.md says: without cgo, whose libraries take 1.5 ms
// to load. It reports the least and the median of each in milliseconds; the
// least is what a busy machine changes least. To see what a start is made of:
//
//	go build -o /tmp/kb . && GODEBUG=inittrace=1 /tmp/kb version
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	kb := filepath.Join(dir, "kb")
	bleve := filepath.Join(dir, "bleve")
	static := append(os.Environ(), "CGO_ENABLED=0")
	runs(b, static, "go", "build", "-o", kb, ".")
	runs(b, static, "go", "build", "-o", bleve, "./testdata/bleve")
	env := append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
	contestants := []struct {
		name string
		args []string
	}{
		{"bleve", []string{bleve}},
		{"version", []string{kb, "version"}},
		{"search-1k", []string{kb, "search", "--content", corpus(b, dir, 1_000), "how do I " + pseudoword(40) + " a " + pseudoword(300)}},
		{"search-10k", []string{kb, "search", "--content", corpus(b, dir, 10_000), "how do I " + pseudoword(40) + " a " + pseudoword(300)}},
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
		least, median := took[c.name][0], took[c.name][len(took[c.name])/2]
		b.ReportMetric(least.Seconds()*1000, c.name+"-min-ms")
		b.ReportMetric(median.Seconds()*1000, c.name+"-ms")
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

// corpus writes n questions to a folder below dir, a hundred a file. Words are
// as frequent as they are in English: the n-th in proportion to 1/n.
func corpus(b *testing.B, dir string, n int) string {
	b.Helper()
	root := filepath.Join(dir, fmt.Sprint(n))
	if err := os.Mkdir(root, 0o755); err != nil {
		b.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(random, 1.07, 2, 20_000)
	words := func(count int) string {
		var text strings.Builder
		for range count {
			text.WriteString(" " + pseudoword(zipf.Uint64()))
		}
		return text.String()
	}
	for file := range n / 100 {
		var text strings.Builder
		for range 100 {
			fmt.Fprintf(&text, "## How do I%s?\n\n%s.\n\n", words(7), words(60))
		}
		if err := os.WriteFile(filepath.Join(root, fmt.Sprintf("%04d.md", file)), []byte(text.String()), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return root
}

// pseudoword returns a word that can be said, another for every n.
func pseudoword(n uint64) string {
	syllables := strings.Fields("ba ce di fo gu la me ni po ru sa te vi xo zu")
	var word strings.Builder
	for n += 15; n > 0; n /= 15 {
		word.WriteString(syllables[n%15])
	}
	return word.String()
}
