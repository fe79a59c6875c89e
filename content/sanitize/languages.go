package sanitize

import (
	"embed"
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
	"bash_session console shell-session shellsession sh-session terminal",
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
	"hcl",
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
	"python py python3 py3 pycon starlark",
	"r splus",
	"react jsx",
	"ruby rb",
	"rust rs",
	"scala sbt",
	"scss",
	"sql mysql postgres postgresql plsql tsql sqlite",
	"swift",
	"terraform tf",
	"toml",
	"typescript ts tsx mts cts",
	"vue vuejs",
	"xml svg xsd xsl xslt rss plist",
	"yaml yml",
}

// nested holds, after a file, those whose languages occur in its own.
var nested = [...]string{
	"bash_session bash",
	"docker bash json",
	"html css javascript",
	"makefile bash",
}

// find returns the row of the table that has the name, from its place on.
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
// code to.
func load(file string) chroma.Lexer {
	files := []string{file}
	for _, row := range nested {
		if words := strings.Fields(row); words[0] == file {
			files = words
		}
	}
	registry := chroma.NewLexerRegistry()
	for _, name := range files {
		lexer, err := chroma.NewXMLLexer(definitions, "lexers/"+name+".xml")
		if err != nil {
			return nil
		}
		registry.Register(lexer)
	}
	return registry.Lexers[0]
}
