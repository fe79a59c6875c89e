package sanitize

import (
	"embed"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
)

//go:embed lexers/*.xml
var definitions embed.FS

// languages holds the names that authors give to a language, after that of the
// file that defines it.
var languages = [...]string{
	"apacheconf apache aconf htaccess",
	"bash sh shell zsh ksh dotenv env",
	"bash_session bash-session console shell-session shellsession sh-session terminal",
	"c h",
	"c# csharp cs",
	"c++ cpp cxx cc hpp arduino",
	"css",
	"dart",
	"diff udiff patch",
	"docker dockerfile containerfile",
	"elixir ex exs",
	"go golang",
	"graphql graphqls gql",
	"groovy gradle",
	"haskell hs",
	"html htm xhtml",
	"ini cfg dosini conf config editorconfig gitconfig",
	"java",
	"javascript js mjs cjs node",
	"json jsonc json5 jsonl ndjson webmanifest",
	"kotlin kt kts",
	"lua",
	"makefile make mf bsdmake",
	"nginx_configuration_file nginx nginxconf",
	"objective-c objectivec objc obj-c",
	"perl pl",
	"php php3 php4 php5",
	"powershell posh ps ps1 psm1 psd1 pwsh",
	"properties java-properties",
	"protocol_buffer protobuf proto",
	"python py python3 py3 pycon sage starlark",
	"r s splus",
	"react jsx",
	"ruby rb duby",
	"rust rs",
	"scala sbt",
	"scss",
	"sql mysql postgres postgresql plsql tsql sqlite",
	"swift",
	"terraform tf hcl tfvars",
	"toml",
	"typescript ts tsx mts cts",
	"vue vuejs",
	"xml svg xsd xsl xslt rss plist",
	"yaml yml",
}

// nested holds, after a file, those whose languages occur in it.
var nested = [...]string{
	"bash_session bash",
	"docker bash json",
	"html css javascript",
	"makefile bash",
}

// find returns the words of the first row that has the name among them.
func find(table []string, name string) []string {
	for _, row := range table {
		if words := strings.Fields(row); slices.Contains(words, name) {
			return words
		}
	}
	return nil
}

// A lexers holds the lexers of the languages that have occurred. The zero
// value is ready for use.
type lexers struct {
	mu     sync.Mutex
	byFile map[string]chroma.Lexer // nil for a definition that cannot be read
}

// lexer returns the lexer of a language by any of its names, or nil if the
// language is not known.
func (l *lexers) lexer(lang string) chroma.Lexer {
	names := find(languages[:], lang)
	if names == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byFile == nil {
		l.byFile = make(map[string]chroma.Lexer)
	}
	lexer, known := l.byFile[names[0]]
	if !known {
		lexer = load(names[0])
		l.byFile[names[0]] = lexer
	}
	return lexer
}

// load returns the lexer that a file defines, with those it hands parts of the
// code to, or nil if there is a mistake in a definition.
func load(file string) chroma.Lexer {
	files := []string{file}
	if words := find(nested[:], file); words != nil && words[0] == file {
		files = words
	}
	registry := chroma.NewLexerRegistry()
	for _, name := range files {
		lexer, err := define(name)
		if err != nil {
			return nil
		}
		registry.Register(lexer)
	}
	return registry.Lexers[0]
}

// define reads a definition. It does the work of chroma.NewXMLLexer, with
// patience added to the rules.
func define(file string) (chroma.Lexer, error) {
	data, err := definitions.ReadFile("lexers/" + file + ".xml")
	if err != nil {
		return nil, err
	}
	var def struct {
		Config chroma.Config `xml:"config"`
		Rules  chroma.Rules  `xml:"rules"`
	}
	if err := xml.Unmarshal(data, &def); err != nil {
		return nil, fmt.Errorf("read lexer %s: %w", file, err)
	}
	def.Rules["root"] = append(def.Rules["root"], chroma.Rule{Mutator: new(patience)})
	return chroma.NewLexer(&def.Config, func() chroma.Rules { return def.Rules })
}

// A patience gives every match of a lexer maxHighlight. chroma itself passes
// over a rule that takes more than 250 ms, so that an answer would depend on
// how busy the machine was.
type patience struct{ _ byte } // not empty: chroma tells mutators apart by their address

// MutateLexer is called once, with the compiled rules of a lexer.
func (*patience) MutateLexer(rules chroma.CompiledRules, state string, at int) error {
	for _, state := range rules {
		for _, rule := range state {
			rule.Regexp.MatchTimeout = maxHighlight
		}
	}
	rules[state] = slices.Delete(rules[state], at, at+1)
	return nil
}

// Mutate is never called, as MutateLexer takes the rule away.
func (*patience) Mutate(*chroma.LexerState) error { return nil }
