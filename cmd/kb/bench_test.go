//go:build unix

package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"kb/content"
	"kb/content/faq"
	"kb/index"
)

// benchEntries is how many entries a benchmark reads and indexes, at least.
const benchEntries = 10_000

// BenchmarkReadAndBuild reads and renders ten thousand entries at least, and
// builds their index, in CPU seconds of the whole process and in seconds. Of
// what people wrote, reading takes less than building; questions that are all
// of the same words have little to index.
func BenchmarkReadAndBuild(b *testing.B) {
	for name, from := range map[string]func(*testing.B) fstest.MapFS{"public": public, "shipped": shippedOften, "forms": inForms} {
		b.Run(name, func(b *testing.B) {
			files := from(b)
			var read, build, readWall, buildWall time.Duration
			entries := 0
			for b.Loop() {
				start, began := cpuTime(), time.Now()
				c, err := reading{}.load(content.Site{}, content.Source{FS: files, Path: "."})
				if err != nil {
					b.Fatal(err)
				}
				read += cpuTime() - start
				readWall += time.Since(began)
				if entries = len(c.Entries); entries < benchEntries {
					b.Fatalf("%d entries, want %d", entries, benchEntries)
				}
				start, began = cpuTime(), time.Now()
				if _, _, err := index.Build(b.Context(), b.TempDir(), c); err != nil {
					b.Fatal(err)
				}
				build += cpuTime() - start
				buildWall += time.Since(began)
			}
			size := 0
			for _, f := range files {
				size += len(f.Data)
			}
			b.ReportMetric(read.Seconds()/float64(b.N), "read-cpu-s/op")
			b.ReportMetric(build.Seconds()/float64(b.N), "build-cpu-s/op")
			b.ReportMetric(readWall.Seconds()/float64(b.N), "read-s/op")
			b.ReportMetric(buildWall.Seconds()/float64(b.N), "build-s/op")
			b.ReportMetric(float64(entries*b.N)/read.Seconds(), "entries/cpu-s")
			b.ReportMetric(float64(size*b.N)/read.Seconds()/1e6, "MB/cpu-s")
		})
	}
}

// collections is where public FAQs are, a folder each.
const collections = "../../../shared/relevance"

// public is the files of the public FAQs, if they are there.
func public(b *testing.B) fstest.MapFS {
	names, err := filepath.Glob(filepath.Join(collections, "*", "faq", "*.md"))
	if err != nil {
		b.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		files[strings.TrimPrefix(name, collections+"/")] = &fstest.MapFile{Data: text}
	}
	if len(files) == 0 {
		b.Skipf("no public collections in %s", collections)
	}
	return files
}

// shippedOften is the FAQ that ships with kb, as often as it takes.
func shippedOften(b *testing.B) fstest.MapFS {
	once, err := library{}.load(reading{})
	if err != nil {
		b.Fatal(err)
	}
	files := fstest.MapFS{}
	for i := range benchEntries/len(once.Entries) + 1 {
		for _, p := range once.Pages {
			text, err := fs.ReadFile(faq.FS, p.Path)
			if err != nil {
				b.Fatal(err)
			}
			files[fmt.Sprintf("faq/%d/%s", i, p.Path)] = &fstest.MapFile{Data: text}
		}
	}
	return files
}

// inForms is files of a hundred short questions each, in turn in the common
// forms.
func inForms(*testing.B) fstest.MapFS {
	forms := []string{
		"### How do I set up part %d? {#part-%[1]d}\n\nOpen the *settings*, choose **part %[1]d** and follow [the guide](guide.md).\n\n1. Click `Next`.\n2. Wait a minute.\n\nSee also the notes below the table.\n\n",
		"<details id=\"part-%d\">\n<summary>How do I set up part %[1]d?</summary>\n\nOpen the *settings*, choose **part %[1]d** and follow [the guide](guide.md).\n\n- Click `Next`.\n- Wait a minute.\n\n</details>\n\n",
		"**Q: How do I set up part %d?**\n**A:** Open the *settings*, choose **part %[1]d** and follow [the guide](guide.md).\n\n```sh\nset-up --part %[1]d\n```\n\n",
	}
	files := fstest.MapFS{}
	for page := range benchEntries / 100 {
		var s strings.Builder
		s.WriteString("---\ntitle: FAQ\n---\n\n## Setting up\n\n")
		for i := range 100 {
			fmt.Fprintf(&s, forms[page%len(forms)], 100*page+i)
		}
		files[fmt.Sprintf("faq/%d.md", page)] = &fstest.MapFile{Data: []byte(s.String())}
	}
	return files
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(os.NewSyscallError("getrusage", err)) // it cannot fail for the process itself
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
