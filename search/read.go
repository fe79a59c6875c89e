package search

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"kb/index"
	"kb/search/bm25"
	"kb/search/spell"
)

// MaxWords is how many words of a query count. It is above the longest
// question that anyone has asked of the test collections.
const MaxWords = 64

// Weights of the ways to read a word. What is in the query as it was typed
// weighs 1.
const (
	functionWeight = 0.4 // of a word of grammar, beside another word
	kindWeight     = 1.0 // of one that asks for a place, a time, a person or a reason: few entries tell it
	mannerWeight   = 0.6 // of one that asks how or which
	repeatedWeight = 0.5 // of a word that was there before
	joinedWeight   = 0.7 // of two words as one, beside themselves
	partWeight     = 0.3 // of each of two words that are one, if the index does not know both

	completedWeight = 0.8 // of a completion of what is no word
	longerWeight    = 0.3 // of a longer word that begins with the last word
	synonymWeight   = 0.8 // of what the site says is the same
	respeltWeight   = 1.0 // of a word one edit away; only for words the index does not know
	twoEditsWeight  = 0.7 // of a word two edits away
	realWeight      = 0.5 // of a correction of what is a word, though the index does not know it
	splitWeight     = 0.7 // of a word as two
	relatedWeight   = 0.7 // of a word near in meaning, times its cosine
)

// A how says in which way a word of the query is read.
type how int

const (
	asTyped how = iota
	asPrefix
	asSpelling
	asSplit
	asJoined
	asRelated
	asSynonym
)

// An alternative is one way to read a word.
type alternative struct {
	bm25.Alternative
	how  how
	text string // the word it stands for
}

// A word is a word of a query.
type word struct {
	text         string
	start, end   int // bytes of the text that was read
	weight       float64
	function     bool
	tongue       *tongue
	forms        int          // so many alternatives are the word itself, a stem in each tongue
	known        bool         // the index has it as it was typed
	real         bool         // the model knows it: it is no misspelling
	one          *alternative // it and the next word as one, if more entries write them so
	gone         bool         // it is the second of these two
	alternatives []alternative
}

// A reading is how the text of a query is understood.
type reading struct {
	text   string
	tongue *tongue
	words  []word
	typed  int // so many words were typed; the rest stands for several of them
}

// read reads text. Typing says that the last word may be unfinished although
// it is a word. M, if not nil, tells words from misspellings.
func (s *Searcher) read(text string, typing bool, m *meaning) (*reading, error) {
	r := &reading{text: text, tongue: s.tongueOf(text)}
	r.words = s.split(r.tongue, text)
	r.typed = len(r.words)
	for i := range r.words {
		last := i == len(r.words)-1
		r.words[i].real = m != nil && m.model.Spells(r.words[i].text)
		if err := s.expand(&r.words[i], last, last && typing); err != nil {
			return nil, err
		}
	}
	return r, s.join(r)
}

// split returns the words of text as they stand.
func (s *Searcher) split(in *tongue, text string) []word {
	var words []word
	for surface, t := range s.snapshot.Stems(in.tag, text) {
		if len(words) == MaxWords {
			break
		}
		w := word{text: surface, start: t.Start, end: t.End, weight: 1, tongue: in}
		w.alternatives = []alternative{typed(w.text, t.Term)}
		if w.function = in.grammar(w.text); w.function {
			w.weight = in.functionWeight(w.text)
		}
		words = append(words, w)
	}
	for _, other := range s.tongues {
		if other != in {
			s.addForms(words, other, text)
		}
	}
	for i := range words {
		words[i].forms = len(words[i].alternatives)
	}
	return words
}

// addForms adds the stems that words have in another tongue.
func (s *Searcher) addForms(words []word, other *tongue, text string) {
	i := 0
	for _, t := range s.snapshot.Analyze(index.Question, other.tag, text) {
		for i < len(words) && words[i].start < t.Start {
			i++
		}
		if i == len(words) {
			return
		}
		if w := &words[i]; w.start == t.Start && w.end == t.End && !w.has([]string{t.Term}) {
			w.alternatives = append(w.alternatives, typed(w.text, t.Term))
		}
	}
}

// has reports whether the terms are a way to read w already.
func (w *word) has(terms []string) bool {
	return slices.ContainsFunc(w.alternatives, func(a alternative) bool { return slices.Equal(a.Terms, terms) })
}

// expansion returns the likeliest reading of w as another word, if there is
// one.
func (w *word) expansion() (alternative, bool) {
	if len(w.alternatives) <= w.forms {
		return alternative{}, false
	}
	return w.alternatives[w.forms], true
}

func typed(text, term string) alternative {
	return alternative{bm25.Alternative{Terms: []string{term}, Weight: 1}, asTyped, text}
}

// expand adds the ways to read w that the index suggests: for the last word
// its completions, and for a word that the index does not know, the nearest
// ones, or two that it knows.
func (s *Searcher) expand(w *word, last, typing bool) error {
	n, err := s.words.count(w.text)
	if err != nil {
		return err
	}
	w.known = n > 0
	if last || w.isLetter() {
		if err := s.complete(w, typing); err != nil {
			return err
		}
	}
	if w.known || len(w.alternatives) > w.forms {
		return nil
	}
	if known, err := s.hasStem(w); known || err != nil {
		w.known = known
		return err
	}
	if index.Unspaced(w.text) || w.function {
		return nil
	}
	if err := s.respell(w); err != nil || len(w.alternatives) > w.forms && !w.strays() {
		return err
	}
	return s.cut(w)
}

// strays reports whether the likeliest spelling of w begins with another
// letter: people seldom mistake the first.
func (w *word) strays() bool {
	first, ok := w.expansion()
	return ok && first.how == asSpelling && firstDiffers(first.text, w.text) > 0
}

// isLetter reports whether w is one letter of a script in which most words have
// two.
func (w *word) isLetter() bool {
	return index.Unspaced(w.text) && utf8.RuneCountInString(w.text) == 1
}

// hasStem reports whether the index has another form of the word.
func (s *Searcher) hasStem(w *word) (bool, error) {
	for _, a := range w.alternatives[:w.forms] {
		term, err := s.ranker.Term(context.Background(), a.Terms[0])
		if err != nil || term.Len() > 0 {
			return err == nil, err
		}
	}
	return false, nil
}

// Letters that make the last word a prefix. A person who is still typing is
// served from the first letter on.
const (
	minPrefix = 2 // of what is no word
	minLonger = 3 // of a word
)

// complete adds the words that begin with w.
func (s *Searcher) complete(w *word, typing bool) error {
	weight, least := completedWeight, minPrefix
	if w.known {
		weight, least = longerWeight, minLonger
	}
	if w.isLetter() {
		weight, least = completedWeight, 1
	}
	if !typing && (w.known && w.function || utf8.RuneCountInString(w.text) < least) {
		return nil
	}
	if typing {
		weight = completedWeight
	}
	words, err := s.words.completions(w.text)
	if err != nil {
		return err
	}
	for _, c := range words {
		s.alternative(w, asPrefix, weight, c.Text)
	}
	if len(words) > 0 && !w.known {
		w.weight, w.function = 1, false
	}
	return nil
}

func (s *Searcher) respell(w *word) error {
	words, err := s.words.spellings(w.text)
	if err != nil {
		return err
	}
	for _, c := range words {
		weight := respeltWeight
		if c.Edits > 1 {
			weight = twoEditsWeight
		}
		if w.real {
			weight *= realWeight
		}
		s.alternative(w, asSpelling, weight, c.Text)
	}
	if len(words) > 0 && w.tongue.grammar(words[0].Text) {
		w.weight, w.function = functionWeight, true
	}
	return nil
}

// cut reads an unknown word as the two known words whose rarer one is the most
// frequent, if an entry has both, and not as another word then.
func (s *Searcher) cut(w *word) error {
	if utf8.RuneCountInString(w.text) > spell.MaxLength {
		return nil
	}
	var best, at int
	for i := range w.text {
		if i == 0 {
			continue
		}
		n, err := s.rarer(w.text[:i], w.text[i:])
		if err != nil {
			return err
		}
		if n > best {
			best, at = n, i
		}
	}
	if best == 0 {
		return nil
	}
	split := *w
	split.alternatives = slices.Clone(w.alternatives[:w.forms])
	s.alternative(&split, asSplit, splitWeight, w.text[:at], w.text[at:])
	cut, ok := split.expansion()
	if !ok {
		return nil
	}
	n, err := s.ranker.Together(context.Background(), cut.Terms)
	if err == nil && n > 0 {
		*w = split
	}
	return err
}

func (s *Searcher) rarer(a, b string) (int, error) {
	n, err := s.words.count(a)
	if err != nil || n == 0 {
		return 0, err
	}
	m, err := s.words.count(b)
	return min(n, m), err
}

// alternative adds a way to read w: as one or several other words, in every
// tongue.
func (s *Searcher) alternative(w *word, h how, weight float64, texts ...string) {
	text := strings.Join(texts, " ")
	for _, terms := range s.stems(w.tongue, text) {
		if len(terms) > 0 && !w.has(terms) {
			w.alternatives = append(w.alternatives, alternative{bm25.Alternative{Terms: terms, Weight: weight}, h, text})
		}
	}
}

// stem returns the term of a word of the index.
func (s *Searcher) stem(in *tongue, text string) string {
	for _, t := range s.snapshot.Analyze(index.Question, in.tag, text) {
		return t.Term
	}
	return text
}

// join adds the words that two words make when they are written as one.
func (s *Searcher) join(r *reading) error {
	for i := range r.typed - 1 {
		a, b := &r.words[i], &r.words[i+1]
		if a.function && b.function || index.Unspaced(a.text) || index.Unspaced(b.text) {
			continue
		}
		joined := a.text + b.text
		n, err := s.words.count(joined)
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		w := word{text: joined, start: a.start, end: b.end, weight: joinedWeight, known: true, tongue: r.tongue}
		apart, err := s.rarer(a.text, b.text)
		if err != nil {
			return err
		}
		switch {
		case !a.known || !b.known:
			w.weight, a.weight, b.weight = 1, a.weight*partWeight, b.weight*partWeight
		case n > apart:
			share := float64(apart) / float64(n+apart) // of the entries that do not join them
			w.weight, a.weight, b.weight = 1, a.weight*share, b.weight*share
			b.gone = true
		}
		s.alternative(&w, asJoined, 1, joined)
		if b.gone {
			a.one = &w.alternatives[0]
		}
		r.words = append(r.words, w)
	}
	return nil
}

// query returns the reading as the words to score.
func (r *reading) query() []bm25.Word {
	words, _ := r.scored()
	return words
}

// scored returns the reading as the words to score, and which of its words
// each one is. A word that is there again adds to the weight of the first.
func (r *reading) scored() (words []bm25.Word, of []int) {
	first := make(map[string]int, len(r.words))
	for i, w := range r.words {
		term := w.alternatives[0].Terms[0]
		if at, again := first[term]; again && i < r.typed {
			words[at].Weight += repeatedWeight * w.weight
			continue
		}
		first[term] = len(words)
		scored := bm25.Word{Weight: w.weight, Function: w.function}
		for _, a := range w.alternatives {
			scored.Alternatives = append(scored.Alternatives, a.Alternative)
		}
		words, of = append(words, scored), append(of, i)
	}
	return words, of
}
