package sanitize

import (
	"encoding/xml"
	"html"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/chroma/v2"
)

// TestLanguages holds that every definition can be read, is known by its own
// names, and is the only one with them.
func TestLanguages(t *testing.T) {
	files, err := fs.Glob(definitions, "lexers/*.xml")
	if err != nil || len(files) != len(languages) {
		t.Errorf("%d definitions for %d languages, %v", len(files), len(languages), err)
	}
	seen := make(map[string]string)
	for _, row := range languages {
		file := strings.Fields(row)[0]
		for name := range strings.FieldsSeq(row) {
			if seen[name] != "" {
				t.Errorf("%s is %s and %s", name, seen[name], file)
			}
			seen[name] = file
		}
	}
	for _, name := range files {
		file := strings.TrimSuffix(path.Base(name), ".xml")
		if seen[file] != file {
			t.Errorf("%s is not in the table", name)
			continue
		}
		for _, alias := range aliases(t, name) {
			if seen[alias] == "" {
				t.Errorf("%s is also %s, which is not in the table", file, alias)
			}
		}
		checkLexer(t, file)
	}
}

func aliases(t *testing.T, name string) []string {
	data, err := definitions.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var def struct {
		Config chroma.Config `xml:"config"`
	}
	if err := xml.Unmarshal(data, &def); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return def.Config.Aliases
}

// sample has something for every lexer to find.
const sample = `# comment // comment
name: "string" 'c' 1.5 true
<tag attr="value">text</tag> @x $var {"key": null}
if (x == 1) { return f(x); }
+ inserted
- deleted
GET / HTTP/1.1
`

func checkLexer(t *testing.T, file string) {
	lexer := new(lexers).lexer(file)
	if lexer == nil {
		t.Errorf("%s: no lexer", file)
		return
	}
	nodes := spans(lexer, sample, time.Now().Add(time.Hour))
	var text strings.Builder
	colored := false
	for _, n := range nodes {
		colored = colored || n.FirstChild != nil
		if n.FirstChild != nil {
			n = n.FirstChild
		}
		text.WriteString(n.Data)
	}
	if text.String() != sample || !colored {
		t.Errorf("%s: %d nodes (colored %t) of text\n%s", file, len(nodes), colored, text.String())
	}
}

// TestNested holds that code within code is read by its own lexer.
func TestNested(t *testing.T) {
	for _, c := range []struct{ lang, code, want string }{
		{"html", `<script>let x = 1</script>`, `<span class="hl-k">let</span>`},
		{"html", `<style>a { color: red }</style>`, `<span class="hl-k">color</span>`},
		{"dockerfile", "RUN echo hi\n", `<span class="hl-nb">echo</span>`},
		{"console", "$ echo hi\n", `<span class="hl-nb">echo</span>`},
	} {
		got := string(New(nil).Answer(`<pre><code class="language-`+c.lang+`">`+html.EscapeString(c.code)+`</code></pre>`, "").HTML)
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: no %s in %s", c.lang, c.want, got)
		}
	}
}

// TestLongCode holds that code goes through its lexer in windows unchanged, and
// that too much of it stays plain.
func TestLongCode(t *testing.T) {
	fragment := func(n int) string {
		line := "if äöü { return 1 }"
		return `<pre><code class="language-go">` + strings.Repeat(line+"\n", n/(len(line)+1)) + `</code></pre>`
	}
	for _, c := range []struct {
		name     string
		fragment string
		colored  bool
	}{
		{"windows", fragment(3 * codeWindow), true},
		{"one line", strings.ReplaceAll(fragment(3*codeWindow), "\n", ""), true},
		{"too long", fragment(maxCode + 100), false},
	} {
		a := New(nil).Answer(c.fragment, "")
		if got := strings.Contains(string(a.HTML), "hl-k"); got != c.colored {
			t.Errorf("%s: highlighted is %t", c.name, got)
		}
		if a.Text != Text(c.fragment) || strings.Count(a.Text, "äöü") != strings.Count(c.fragment, "äöü") {
			t.Errorf("%s: text has changed", c.name)
		}
	}
	many := strings.Repeat(fragment(maxCode/4), 6)
	keywords := strings.Count(many, "if") + strings.Count(many, "return")
	if got := strings.Count(string(New(nil).Answer(many, "").HTML), "hl-k"); got != keywords*4/6 {
		t.Errorf("%d of %d keywords are highlighted, want 4 blocks of 6", got, keywords)
	}
}

// TestBackslashes holds that strings which do not end do not make a lexer
// backtrack, for which the age of the universe would not be enough.
func TestBackslashes(t *testing.T) {
	for _, row := range languages {
		lexer := new(lexers).lexer(strings.Fields(row)[0])
		for _, quote := range []string{`"`, "'", "`", "/", `$"`, `x: "`} {
			for _, part := range []string{`\`, `\\"\`, `\1`} {
				code := quote + strings.Repeat(part, 64)
				if spans(lexer, code, time.Now().Add(time.Hour)) == nil {
					t.Errorf("%s: %s… is not to its taste", row, code[:20])
				}
			}
		}
	}
}

func TestClasses(t *testing.T) {
	for _, c := range []struct {
		typ  chroma.TokenType
		want string
	}{
		{chroma.Text, ""}, {chroma.Name, ""}, {chroma.NameOther, ""}, {chroma.Punctuation, ""}, {chroma.Error, ""},
		{chroma.Keyword, "hl-k"}, {chroma.KeywordDeclaration, "hl-k"}, {chroma.KeywordType, "hl-kt"},
		{chroma.NameFunctionMagic, "hl-nf"}, {chroma.NameBuiltinPseudo, "hl-nb"}, {chroma.NameVariableGlobal, "hl-nv"},
		{chroma.LiteralStringDouble, "hl-s"}, {chroma.LiteralStringEscape, "hl-se"}, {chroma.LiteralNumberHex, "hl-m"},
		{chroma.Operator, "hl-o"}, {chroma.OperatorWord, "hl-k"}, {chroma.CommentSingle, "hl-c"}, {chroma.CommentPreprocFile, "hl-cp"},
		{chroma.GenericInserted, "hl-gi"}, {chroma.GenericEmph, ""},
	} {
		if got := className(c.typ); got != c.want {
			t.Errorf("%s has class %q, want %q", c.typ, got, c.want)
		}
	}
	names := make([]string, 0, len(Classes()))
	for _, c := range Classes() {
		names = append(names, c.Name)
	}
	slices.Sort(names)
	if len(slices.Compact(names)) != len(Classes()) {
		t.Errorf("a class is listed twice: %v", names)
	}
}
