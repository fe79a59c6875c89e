package content_test

import (
	"errors"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"kb/content"
)

// lines is a parser: every line is a question, and "bad" is none.
func lines(path string, src []byte) (*content.Page, error) {
	if string(src) == "bad" {
		return nil, &content.SyntaxError{Line: 7, Msg: "it is bad"}
	}
	return &content.Page{Path: path, Entries: []*content.Entry{{Question: string(src), Pos: content.Pos{Path: path, Line: 1}}}}, nil
}

func TestLoad(t *testing.T) {
	fsys := fstest.MapFS{
		"b.md":              {Data: []byte("Second?")},
		"a/z.md":            {Data: []byte("First?")},
		"a/broken.md":       {Data: []byte("bad")},
		"a/notes.txt":       {Data: []byte("no")},
		".git/c.md":         {Data: []byte("no")},
		"node_modules/d.md": {Data: []byte("no")},
		"kb.yaml":           {Data: []byte("no")},
	}
	c, err := content.Load(content.Site{}, map[string]content.Parser{".md": lines, ".yaml": lines},
		content.Source{FS: fsys, Name: "docs", Path: "."})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range c.Entries {
		got = append(got, e.Pos.String()+" "+e.Question+" "+e.ID)
	}
	for _, p := range c.Problems {
		got = append(got, p.String())
	}
	want := []string{"docs/a/z.md:1 First? first", "docs/b.md:1 Second? second", "docs/a/broken.md:7: it is bad (unreadable)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestLoadOne fails where a folder would only note it: the file was asked for.
func TestLoadOne(t *testing.T) {
	fsys := fstest.MapFS{
		"broken.md": {Data: []byte("bad")},
		"huge.md":   {Data: make([]byte, content.MaxFile+1)},
		"notes.txt": {Data: []byte("no")},
	}
	parsers := map[string]content.Parser{".md": lines}
	for path, want := range map[string]string{
		"broken.md": "docs/broken.md:7: it is bad",
		"huge.md":   "read docs/huge.md: 16777217 bytes, more than the limit of 16777216",
		"notes.txt": `read docs/notes.txt: no reader for files of type ".txt"`,
		"gone.md":   "read docs/gone.md: file does not exist",
	} {
		_, err := content.Load(content.Site{}, parsers, content.Source{FS: fsys, Name: "docs", Path: path})
		if err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", path, err, want)
		}
	}
	_, err := content.Load(content.Site{}, parsers, content.Source{FS: fsys, Path: "broken.md"})
	if se := (*content.SyntaxError)(nil); !errors.As(err, &se) || se.Line != 7 {
		t.Errorf("got %v, want a SyntaxError for line 7", err)
	}
}

func TestHint(t *testing.T) {
	site := content.Site{Files: []content.FileHint{
		{Match: "old/", Form: "off"}, {Match: "*.md", Form: "qa"}, {Match: "a/*.md", Form: "bold"},
	}}
	for path, want := range map[string]string{"old/x/y.md": "off", "x.md": "qa", "a/b.md": "bold", "a/b/c.md": "", "older.yaml": ""} {
		if got := site.Hint(path).Form; got != want {
			t.Errorf("%s: form %q, want %q", path, got, want)
		}
	}
}
