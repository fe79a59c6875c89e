package index

import (
	"cmp"
	"iter"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"kb/index/lang"
)

// A Token is a word of a text as an index knows it.
type Token struct {
	Term       string
	Start, End int // bytes of the text that the word is
}

// Analyze returns the terms that text has in a field of an entry in that
// language: stems for Question, Alias, Answer and Headings, and whole words
// for Words. Both give the same words at the same places. Tag is BCP 47; ""
// means the language of the site.
func (s *Snapshot) Analyze(field, tag, text string) []Token {
	a := s.analyzer(tag)
	f := fold(a.Language, text)
	stream := a.words(f.text, new(tokenBuffer))
	tokens := make([]Token, len(stream))
	for i, t := range stream {
		tokens[i] = Token{a.term(field, t.Term), f.origin(t.Start), f.origin(t.End)}
	}
	return tokens
}

// Stems returns the words of a text in an entry of that language, each with the
// stem that stands for it in Question: what Analyze gives for Words and for
// Question.
func (s *Snapshot) Stems(tag, text string) iter.Seq2[string, Token] {
	return func(yield func(string, Token) bool) {
		a := s.analyzer(tag)
		f := fold(a.Language, text)
		for _, t := range a.words(f.text, new(tokenBuffer)) {
			w := a.word(t.Term)
			if !yield(w.text, Token{w.stem.text, f.origin(t.Start), f.origin(t.End)}) {
				return
			}
		}
	}
}

// analyzer returns that of a language, or of the site's.
func (s *Snapshot) analyzer(tag string) *analyzer {
	if a, ok := s.tags.Load(tag); ok {
		return a.(*analyzer)
	}
	a := s.analyzers.of(lang.Of(cmp.Or(tag, s.manifest.Site.Lang())))
	s.tags.Store(tag, a)
	return a
}

// Base returns the base of a language as Info.Languages has it. Tag is as for
// Analyze.
func (s *Snapshot) Base(tag string) string { return s.analyzer(tag).Base }

// term returns the term of a word in a field.
func (a *analyzer) term(field string, word []byte) string {
	if field == Words {
		return string(word)
	}
	return a.word(word).stem.text
}

// analyzers makes one analyzer for each language. It does what the analyzers
// of the mapping do, and does it once for words and stems.
type analyzers struct {
	mu    sync.Mutex
	limit int // of words that each analyzer remembers; 0 for none
	made  map[string]*analyzer
}

func (as *analyzers) of(l lang.Language) *analyzer {
	as.mu.Lock()
	defer as.mu.Unlock()
	a := as.made[l.Base]
	if a == nil {
		if as.made == nil {
			as.made = map[string]*analyzer{}
		}
		a = newAnalyzer(l, as.limit)
		as.made[l.Base] = a
	}
	return a
}

// An analyzer finds the words of a text in one language, and their stems. It
// is safe for use by several goroutines at once.
type analyzer struct {
	lang.Language
	wording  []analysis.TokenFilter
	stemming []analysis.TokenFilter
	limit    int

	mu         sync.Mutex
	knownWords map[string]*word
	knownStems map[string]*stem
}

// A word is what is known of one.
type word struct {
	text    string
	stem    *stem
	entries uint64 // that it is in
	last    int    // number of the last of them, from 1
}

// A stem is what is known of one, which several words may have.
type stem struct {
	text  string
	field int // number of the last field that it is in, from 1
	place int // in the room of that field
}

// newAnalyzer returns the analyzer of l, whose filters this package links.
func newAnalyzer(l lang.Language, limit int) *analyzer {
	a := &analyzer{Language: l, limit: limit, knownWords: map[string]*word{}, knownStems: map[string]*stem{}}
	cache := registry.NewCache()
	filters := func(names []string) (fs []analysis.TokenFilter) {
		for _, name := range names {
			f, err := cache.TokenFilterNamed(name)
			if err != nil {
				panic("language " + l.Base + ": " + err.Error()) // newMapping would have failed
			}
			fs = append(fs, f)
		}
		return fs
	}
	a.wording, a.stemming = filters(l.Words), filters(l.Stems)
	return a
}

// words splits folded text into words, which stay in buf.
func (a *analyzer) words(folded string, buf *tokenBuffer) analysis.TokenStream {
	stream := divide([]byte(folded), buf)
	for _, f := range a.wording {
		stream = f.Filter(stream)
	}
	return stream
}

// word returns what is known of a word, which is its stem at least.
func (a *analyzer) word(text []byte) *word {
	a.mu.Lock()
	defer a.mu.Unlock()
	w := a.knownWords[string(text)]
	if w == nil {
		if a.limit > 0 && len(a.knownWords) >= a.limit {
			clear(a.knownWords)
			clear(a.knownStems)
		}
		key := string(text)
		w = &word{text: key, stem: a.stem(key)}
		if a.limit == 0 || len(key) <= memorable {
			a.knownWords[key] = w
		}
	}
	return w
}

// cut returns the term of the stem of a word.
func (a *analyzer) cut(text string) []byte {
	respelt := a.Respell(a.Cut(text))
	stream := analysis.TokenStream{{Term: []byte(respelt), Position: 1, End: len(respelt)}}
	for _, f := range a.stemming {
		stream = f.Filter(stream)
	}
	if respelt != text {
		return []byte(fold(a.Language, string(stream[0].Term)).text)
	}
	return stream[0].Term
}

func (a *analyzer) stem(text string) *stem {
	term := a.cut(text)
	s := a.knownStems[string(term)]
	if s == nil {
		s = &stem{text: string(term)}
		if a.limit == 0 || len(term) <= memorable {
			a.knownStems[s.text] = s
		}
	}
	return s
}
