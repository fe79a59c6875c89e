package sanitize

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
)

// A lexers holds the lexers of the languages that have occurred. The zero
// value is ready for use.
type lexers struct {
	mu     sync.Mutex
	byName map[string]chroma.Lexer // nil for a definition that cannot be read
}

// lexer returns the lexer of a language by any of its names, or nil if the
// language is not known.
func (l *lexers) lexer(lang string) chroma.Lexer {
	l.mu.Lock()
	defer l.mu.Unlock()
	if m, known := l.byName[lang]; known || lang == "" {
		return m
	}
	names := find(languages[:], lang)
	if names == nil {
		return nil
	}
	if l.byName == nil {
		l.byName = make(map[string]chroma.Lexer)
	}
	m := load(names[0])
	for _, name := range names {
		l.byName[name] = m
	}
	return m
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
	mend(def.Rules)
	def.Rules["root"] = append(def.Rules["root"], chroma.Rule{Mutator: new(patience)})
	return chroma.NewLexer(&def.Config, func() chroma.Rules { return def.Rules })
}

// mend rewrites expressions that can match a backslash in two ways. They need
// 2^n steps for n backslashes in a string that does not end; what they match
// stays the same.
func mend(rules chroma.Rules) {
	unambiguous := strings.NewReplacer(
		`\\\\|\\"|[^"]`, `\\[\s\S]|[^"\\]`,
		`\\\\|\\"|[^"\n]`, `\\.|[^"\\\n]`,
		`\\\\|\\'|[^']`, `\\[\s\S]|[^'\\]`,
		`\\\\|\\!|[^!]`, `\\[\s\S]|[^!\\]`,
		`\\\\|\\"|[^/]`, `\\[\s\S]|[^/\\]`,
		`\\\\|\\[0-7]+|\\.|`, `\\.|`,
		`\\\\|\\.|`, `\\.|`,
		`\\.|[^"]`, `\\.|[^"\\]`,
		`\\.|[^']`, `\\.|[^'\\]`,
	)
	for _, state := range rules {
		for i := range state {
			state[i].Pattern = unambiguous.Replace(state[i].Pattern)
		}
	}
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
