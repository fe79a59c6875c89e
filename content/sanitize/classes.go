package sanitize

import (
	"cmp"
	"slices"
	"sync"

	"github.com/alecthomas/chroma/v2"
)

// A Class is the class of a span in highlighted code.
type Class struct {
	Name    string // as in the class attribute
	Meaning string // for the author of a stylesheet
	types   []chroma.TokenType
}

// Classes returns every class that highlighted code has, those that most code
// has first. Whatever else a lexer tells apart, punctuation and plain names
// among it, has no span.
func Classes() []Class { return slices.Clone(classes[:]) }

var classes = [...]Class{
	{"hl-c", "comment", []chroma.TokenType{chroma.Comment}},
	{"hl-s", "string", []chroma.TokenType{chroma.LiteralString, chroma.LiteralDate}},
	{"hl-m", "number", []chroma.TokenType{chroma.LiteralNumber}},
	{"hl-k", "keyword", []chroma.TokenType{chroma.Keyword, chroma.OperatorWord, chroma.NameKeyword}},
	{"hl-kc", "constant: true, null", []chroma.TokenType{chroma.KeywordConstant, chroma.NameConstant}},
	{"hl-kt", "type", []chroma.TokenType{chroma.KeywordType}},
	{"hl-nf", "name of a function", []chroma.TokenType{chroma.NameFunction}},
	{"hl-nb", "name that the language brings", []chroma.TokenType{chroma.NameBuiltin}},
	{"hl-nc", "name of a class, type or module", []chroma.TokenType{chroma.NameClass, chroma.NameNamespace, chroma.NameException}},
	{"hl-nt", "name of a tag or key", []chroma.TokenType{chroma.NameTag}},
	{"hl-na", "name of an attribute or property", []chroma.TokenType{chroma.NameAttribute, chroma.NameProperty}},
	{"hl-nv", "variable", []chroma.TokenType{chroma.NameVariable}},
	{"hl-nd", "decorator, label or entity", []chroma.TokenType{chroma.NameDecorator, chroma.NameLabel, chroma.NameEntity}},
	{"hl-se", "escape or interpolation in a string", []chroma.TokenType{chroma.LiteralStringEscape, chroma.LiteralStringInterpol}},
	{"hl-sr", "regular expression", []chroma.TokenType{chroma.LiteralStringRegex}},
	{"hl-o", "operator", []chroma.TokenType{chroma.Operator}},
	{"hl-cp", "preprocessor, directive, processing instruction", []chroma.TokenType{chroma.CommentPreproc, chroma.CommentHashbang}},
	{"hl-gi", "inserted line of a diff", []chroma.TokenType{chroma.GenericInserted}},
	{"hl-gd", "deleted line of a diff", []chroma.TokenType{chroma.GenericDeleted}},
	{"hl-gh", "heading in a diff or output", []chroma.TokenType{chroma.GenericHeading, chroma.GenericSubheading}},
	{"hl-gp", "prompt of a shell", []chroma.TokenType{chroma.GenericPrompt}},
	{"hl-go", "output of a command", []chroma.TokenType{chroma.GenericOutput}},
}

// className returns the class for tokens of type t: its own, else that of its
// sub-category, else that of its category, else none.
func className(t chroma.TokenType) string {
	return cmp.Or(classNames()[t], classNames()[t.SubCategory()], classNames()[t.Category()])
}

// classNames holds the name of the class of each type that has one.
var classNames = sync.OnceValue(func() map[chroma.TokenType]string {
	names := map[chroma.TokenType]string{}
	for _, c := range classes {
		for _, t := range c.types {
			names[t] = c.Name
		}
	}
	return names
})
