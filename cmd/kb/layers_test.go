package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The floors of the house, from the ground up. A package may import those
// before it, so that each can be understood without those after it.
var floors = []string{
	"content",
	"content/check",
	"content/sanitize",
	"content/accordion",
	"content/data",
	"content/markdown",
	"content/faq",
	"index/embed",
	"index/likeness",
	"index/lang",
	"index",
	"index/remote",
	"search/bm25",
	"search/spell",
	"search",
	"search/check",
	"search/eval",
	"web",
	"cmd/kb",
}

// A ban keeps what matches pattern out of all packages but those named.
type ban struct {
	pattern string // an import path, and all that is below it
	only    []string
	reason  string
}

var bans = []ban{
	{"github.com/blevesearch/bleve", []string{"index", "index/lang"},
		"the index is what index and search say it is; nobody else depends on how it is stored"},
	{"github.com/blevesearch/bleve_index_api", []string{"index"}, "nobody but index knows how an index is stored"},
	{"github.com/blevesearch/scorch_segment_api", []string{"index", "search/bm25"}, "nobody but index knows how an index is stored"},
	{"github.com/blevesearch/mmap-go", []string{"index"}, "nobody but index knows how an index is stored"},
	{"github.com/blevesearch/vellum", []string{"index", "search/spell", "search"}, "nobody but index knows how an index is stored"},
	{"github.com/blevesearch/zapx", []string{"index", "search"}, "nobody but index knows how an index is stored"},
	{"github.com/blevesearch/snowballstem", []string{"index/embed", "index", "search"}, "words are stemmed where they are indexed and asked for"},
	{"github.com/blevesearch/bleve/v2/config", nil,
		"it registers every language at start, which costs kb search 4 ms"},
	{"github.com/yuin/goldmark", []string{"content/markdown"},
		"Markdown ends at the parser: above it there are only entries"},
	{"github.com/yuin/goldmark-highlighting", nil,
		"it registers every lexer and style at start, which costs kb search 5 ms"},
	{"github.com/alecthomas/chroma", []string{"content/markdown", "content/sanitize"},
		"code is highlighted once, when it is read"},
	{"github.com/alecthomas/chroma/v2/lexers", nil,
		"it registers every lexer at start, which costs kb search 5 ms"},
	{"github.com/alecthomas/chroma/v2/styles", nil,
		"it registers every style at start, which costs kb search 5 ms"},
	{"github.com/microcosm-cc/bluemonday", []string{"content/sanitize"}, "one package decides what an answer may hold"},
	{"golang.org/x/net/html", []string{"content/accordion", "content/sanitize"},
		"HTML is taken apart when it is read, and never again"},
	{"github.com/PuerkitoBio/goquery", []string{"content/accordion", "content/sanitize"},
		"HTML is taken apart when it is read, and never again"},
	{"go.yaml.in/yaml", []string{"content/data"}, "there is one reading of YAML"},
	{"github.com/pelletier/go-toml", []string{"content/data"}, "there is one reading of TOML"},
	{"go.etcd.io/bbolt", []string{"index"}, "nobody but index knows how an index is stored"},
	{"github.com/RoaringBitmap/roaring", []string{"index", "search/bm25"}, "nobody but index knows how an index is stored, and who scores how postings are read"},
	{"github.com/gorilla/mux", []string{"web"}, "routes are the web's affair"},
	{"github.com/klauspost/compress", []string{"web"}, "only responses are compressed"},
	{"github.com/tdewolff/minify", []string{"web"}, "only style and script are minified"},
	{"github.com/JohannesKaufmann/html-to-markdown", []string{"web"}, "answers are given as Markdown on the web only"},
	{"github.com/agnivade/levenshtein", []string{"content/check", "content/data", "web", "cmd/kb"}, "a search spells from the index's own words"},
	{"github.com/google/renameio", []string{"cmd/kb"}, "index has stricter rules for replacing what it wrote"},
	{"github.com/spf13", []string{"cmd/kb"}, "flags are the program's affair; packages take values"},
	{"golang.org/x/term", []string{"cmd/kb"}, "packages return; the program prints"},
	{"github.com/mattn/go-runewidth", []string{"cmd/kb"}, "packages return; the program prints"},
	{"kb/content/markdown", []string{"cmd/kb"},
		"index, search and web take any content: the program alone hands Markdown to them"},
	{"kb/content/data", []string{"content/markdown", "cmd/kb"},
		"index, search and web take any content: the program alone hands files to them"},
	{"kb/content/faq", []string{"cmd/kb"}, "the FAQ that ships is content like any other"},
	{"kb/content/accordion", []string{"content/markdown"}, "HTML is read inside of Markdown only"},
	{"kb/content/sanitize", []string{"content/accordion", "content/data", "content/markdown", "web"},
		"answers are sanitized once, by who reads them; web only fits their headings into a page"},
	{"kb/search/bm25", []string{"search"}, "a score is a detail of ranking"},
	{"kb/index/remote", []string{"cmd/kb"}, "a search asks no network: the program alone pulls and publishes"},
	{"kb/index", []string{"index", "index/remote", "search", "search/bm25", "search/check", "search/eval", "web", "cmd/kb"}, "content does not know that it is indexed"},
	{"github.com/aws", []string{"index/remote"}, "one package knows where indexes are published"},
	{"cuelabs.dev/go/oci/ociregistry", []string{"index/remote"}, "one package knows where indexes are published"},
	{"github.com/opencontainers/image-spec", []string{"index/remote"}, "one package knows where indexes are published"},
	{"github.com/cenkalti/backoff", []string{"index/remote"}, "only what goes over a network is tried again"},
	{"net/http", []string{"index/remote", "web", "cmd/kb"}, "ranking is measured and tested without a network"},
}

// unlinked lists the packages that kb is built without, and why: no package of
// kb may import them, and none that it imports may.
var unlinked = map[string]string{
	"github.com/blevesearch/bleve/v2/index/scorch": "it makes the automata of misspellings at start, which costs kb search 3 ms; index opens the segment itself",
	"github.com/blevesearch/bleve/v2":              "it links scorch; what kb needs of it is in its packages below",
}

// anywhere may be imported by all: what it holds is as good as standard.
const anywhere = "golang.org/x/text"

type imports struct {
	ImportPath string
	Imports    []string
}

func TestLayers(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "kb/")
		floor := slices.Index(floors, name)
		if floor < 0 {
			t.Errorf("%s has no place: give it one in floors", name)
			continue
		}
		for _, imp := range p.Imports {
			if own, ok := strings.CutPrefix(imp, "kb/"); ok && !slices.Contains(floors[:floor], own) {
				t.Errorf("%s imports %s: a package imports only those below it, so that each can be read without those above", name, own)
			}
			for _, why := range banned(name, imp) {
				t.Errorf("%s imports %s: %s", name, imp, why)
			}
		}
	}
}

func TestUnlinked(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range strings.FieldsSeq(string(out)) {
		if why := unlinked[pkg]; why != "" {
			t.Errorf("kb links %s: %s", pkg, why)
		}
	}
}

// banned returns the reasons why pkg may not import imp.
func banned(pkg, imp string) []string {
	host, _, _ := strings.Cut(imp, "/")
	placed := !strings.Contains(host, ".") // the standard library, and kb's own
	var reasons []string
	for _, b := range bans {
		if !within(imp, b.pattern) {
			continue
		}
		placed = true
		if !slices.Contains(b.only, pkg) {
			reasons = append(reasons, b.reason)
		}
	}
	if !placed && !within(imp, anywhere) {
		reasons = append(reasons, "a module needs a place: say in bans who may import it, and why nobody else")
	}
	return reasons
}

// within reports whether an import path is that of a module or is in it. A
// module's later major versions are the same module.
func within(imp, module string) bool {
	return imp == module || strings.HasPrefix(imp, module+"/")
}

func TestBansAreOfUse(t *testing.T) {
	for imp, pkg := range map[string]string{
		"github.com/blevesearch/bleve/v2":          "web",
		"github.com/blevesearch/bleve/v2/config":   "index",
		"golang.org/x/net/html/atom":               "web",
		"kb/content/markdown":                      "index",
		"example.com/anything":                     "content",
		"github.com/yuin/goldmark-highlighting/v2": "content/markdown",
	} {
		if len(banned(pkg, imp)) == 0 {
			t.Errorf("%s may import %s", pkg, imp)
		}
	}
}

func packages(t *testing.T) []imports {
	t.Helper()
	out, err := exec.Command("go", "list", "-e", "-json=ImportPath,Imports", "kb/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []imports
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p imports
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}
