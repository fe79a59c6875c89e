package sanitize

import (
	"embed"
	"slices"
	"strings"
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
