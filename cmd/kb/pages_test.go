package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kb/content"
)

// TestPagesComeBack encodes a page with something in every field, whatever
// fields there are.
func TestPagesComeBack(t *testing.T) {
	want := new(content.Page)
	n := 0
	fill(reflect.ValueOf(want).Elem(), &n)
	want.Meta, want.Outline = nil, nil // an index has no use for them
	for _, p := range []*content.Page{want, {Entries: []*content.Entry{{Tags: []string{}}}}, {}} {
		if diff := cmp.Diff(p, decodePage(encodePage(p))); diff != "" {
			t.Error("(-want +got):\n" + diff)
		}
	}
}

// TestDamagedPages holds that a record whose size is not one is not there.
func TestDamagedPages(t *testing.T) {
	digests := strings.Repeat("x", recordHead-8)
	for size, want := range map[string]int{
		"00000004": 1, "00000005": 0, "-0000001": 0, "+0000004": 0, "ffffffff": 0, "0x000004": 0, "  000004": 0,
	} {
		if got := readPages([]byte(digests + size + "page")); len(got) != want {
			t.Errorf("size %q: %d records, want %d", size, len(got), want)
		}
	}
}

// TestSourceIsKeptOnce holds that no text of an entry is written twice.
func TestSourceIsKeptOnce(t *testing.T) {
	const text = "## What is it?"
	if n := strings.Count(string(encodePage(&content.Page{Entries: []*content.Entry{{Source: text}}})), text); n != 1 {
		t.Errorf("the source is there %d times", n)
	}
}

// fill gives every field below v a value of its own.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("text ", *n))
	case reflect.Int:
		v.SetInt(int64(*n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2020, 1, *n%28+1, 2, 3, 4, 5, time.UTC)))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), n)
			}
		}
	}
}

func TestDamagedPageIsNotThere(t *testing.T) {
	page := &content.Page{Path: "a.md", Entries: []*content.Entry{{Question: "Why?", Section: []string{"One", "Two"}}}}
	data := encodePage(page)
	for i := range data {
		for _, changed := range [][]byte{data[:i], slices.Concat(data[:i], []byte{data[i] ^ 0xff}, data[i+1:])} {
			decodePage(changed) // which may be another page, and must end
		}
	}
	if decodePage(append(data, 0)) != nil {
		t.Error("a page with something after it was read")
	}
}

// A writer is somebody who works on a folder of content.
type writer struct {
	*rand.Rand
	dir string
}

func (w *writer) write(t *testing.T, name, text string) {
	t.Helper()
	name = filepath.Join(w.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (w *writer) page(title int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Topic %d\n\n", title)
	for range w.IntN(12) + 1 {
		n := w.IntN(2000)
		fmt.Fprintf(&b, "## How is part %d set up%s?\n\nOpen **settings** %d, see [the next](#how-is-part-%d-set-up).\n\n",
			n, strings.Repeat(" again", n%3), w.IntN(50), w.IntN(2000))
	}
	return b.String()
}

func (w *writer) name() string { return fmt.Sprintf("p%02d.md", w.IntN(40)) }

// edit changes the folder in one of the ways that people do.
func (w *writer) edit(t *testing.T) {
	name := w.name()
	switch w.IntN(6) {
	case 0:
		if err := os.Remove(filepath.Join(w.dir, name)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	case 1:
		if err := os.Rename(filepath.Join(w.dir, name), filepath.Join(w.dir, w.name())); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	case 2:
		w.write(t, content.SiteFile, fmt.Sprintf("title: Parts %d\nbase_url: https://example.org/%d/\n", w.IntN(3), w.IntN(3)))
	case 3:
		w.write(t, name, strings.Replace(w.page(1), "**", "~~", 2))
	default:
		w.write(t, name, w.page(w.IntN(5)))
	}
}

// TestEditsBuildTheSameIndex edits files at random, and builds each time into a
// folder with what builds before left there, which is sometimes damaged, and
// into an empty one.
func TestEditsBuildTheSameIndex(t *testing.T) {
	dir := t.TempDir()
	w := &writer{rand.New(rand.NewPCG(1, 2)), filepath.Join(dir, "faq")}
	w.write(t, content.SiteFile, "title: Parts\n")
	for range 30 {
		w.write(t, w.name(), w.page(w.IntN(5)))
	}
	again := filepath.Join(dir, "again")
	for n := range 15 {
		if n%5 == 4 {
			spoil(t, w.Rand, filepath.Join(again, pagesFile))
		}
		got, want := indexed(t, w.dir, again), indexed(t, w.dir, filepath.Join(dir, fmt.Sprint(n)))
		if got.Digest != want.Digest || got.Problems != want.Problems || got.Fingerprint != want.Fingerprint {
			t.Fatalf("after %d edits: %+v, want %+v", n, got, want)
		}
		w.edit(t)
	}
}

func indexed(t *testing.T, faq, dir string) (b built) {
	t.Helper()
	var stdout, stderr strings.Builder
	if status := run(t.Context(), []string{"index", faq, "-o", dir, "--json"}, stdio{nil, &stdout, &stderr}); status != 0 {
		t.Fatal(stderr.String())
	}
	if err := json.Unmarshal([]byte(stdout.String()), &b); err != nil {
		t.Fatal(err)
	}
	return b
}

// spoil turns bytes of a file over.
func spoil(t *testing.T, r *rand.Rand, name string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		data[r.IntN(len(data))] ^= byte(1 + r.IntN(255))
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestPagesAreParsedOnce counts what is parsed.
func TestPagesAreParsedOnce(t *testing.T) {
	dir := t.TempDir()
	parsed := 0
	parsers := map[string]content.Parser{".md": func(name string, src []byte) (*content.Page, error) {
		parsed++
		return &content.Page{Path: name, Title: string(src)}, nil
	}}
	read := func(program string, site content.Site, name, text string) string {
		p := openPages(dir, program)
		page, err := p.parsers(parsers, site)[".md"](name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		p.save()
		return page.Title
	}
	for _, tt := range []struct {
		program, title, name, text string
		want                       int // parsed in all
	}{
		{"me", "", "a.md", "one", 1},
		{"me", "", "a.md", "one", 1},
		{"me", "", "a.md", "two", 2},
		{"me", "", "b.md", "two", 3},
		{"you", "", "b.md", "two", 4},
		{"you", "Site", "b.md", "two", 5},
		{"you", "Site", "b.md", "two", 5},
		{"", "Site", "b.md", "two", 6},
	} {
		if got := read(tt.program, content.Site{Title: tt.title}, tt.name, tt.text); got != tt.text || parsed != tt.want {
			t.Errorf("%+v: %q, %d parsed", tt, got, parsed)
		}
	}
}
