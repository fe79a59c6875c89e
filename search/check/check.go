// Package check finds what an author should mend in content by asking an index
// of it, as visitors will.
//
// It asks every question once as it stands and once with a typing error. What
// a search for one question finds is all that can be a near duplicate of it,
// so that the cost of the check grows with the number of questions times that
// of a search.
package check

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"kb/content"
	"kb/index/embed"
	"kb/search"
)

// depth is how many answers to a question are looked at.
const depth = 10

// A rule finds the problems of one name.
type rule struct {
	name string
	find func(*library) []content.Problem
}

func rules() []rule {
	return []rule{
		{"unfindable", unfindable},
		{"typo", lostByTypo},
		{"near-duplicate", nearDuplicates},
		{"competing", competing},
		{"answer-words", strangeAnswers},
		{"idle-synonym", idleSynonyms},
	}
}

// Wanted reports whether any rule of this package is on for the site: if none
// is, there is no need for an index.
func Wanted(site content.Site) bool {
	return slices.ContainsFunc(rules(), func(r rule) bool { return site.Severity(r.name) != content.Off })
}

// Problems returns the problems that searches find in a corpus, of which s
// searches an index. Progress is called with the number of questions asked, by
// one goroutine at a time.
func Problems(ctx context.Context, s *search.Searcher, c *content.Corpus, progress func(done, total int)) ([]content.Problem, error) {
	model, err := embed.Shipped()
	if err != nil {
		return nil, err
	}
	l := newLibrary(s, c, model)
	if err := l.ask(ctx, progress); err != nil {
		return nil, err
	}
	var all []content.Problem
	for _, r := range rules() {
		if c.Site.Severity(r.name) != content.Off {
			all = append(all, r.find(l)...)
		}
	}
	slices.SortStableFunc(all, func(a, b content.Problem) int {
		return cmp.Or(cmp.Compare(a.Pos.Path, b.Pos.Path), cmp.Compare(a.Pos.Line, b.Pos.Line))
	})
	return all, nil
}

// A library is a corpus with what searches have found in it.
type library struct {
	*search.Searcher
	corpus *content.Corpus
	model  *embed.Model
	number map[string]int // of an entry, by its id
	asked  []asked        // by number
}

// asked is what is known of the question of an entry.
type asked struct {
	key      string   // of the question
	keywords []string // of the question, in order and each once
	contrast string   // words of grammar that turn it into another question
	found    []int    // the entries that a search for it finds, best first
	typo     string   // the question with a typing error, or ""
	typoed   []int    // the entries that a search for that finds
}

func newLibrary(s *search.Searcher, c *content.Corpus, m *embed.Model) *library {
	l := &library{Searcher: s, corpus: c, model: m, number: make(map[string]int, len(c.Entries)), asked: make([]asked, len(c.Entries))}
	for i, e := range c.Entries {
		l.number[e.ID] = i
	}
	return l
}

// ask asks all questions, several at one time.
func (l *library) ask(ctx context.Context, progress func(done, total int)) error {
	var (
		mu    sync.Mutex
		first error
		done  int
		work  sync.WaitGroup
	)
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		work.Go(func() {
			for i := range next {
				err := l.askOne(ctx, i)
				mu.Lock()
				first, done = cmp.Or(first, err), done+1
				progress(done, len(l.asked))
				mu.Unlock()
			}
		})
	}
	for i := range l.asked {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	work.Wait()
	return cmp.Or(first, ctx.Err())
}

func (l *library) askOne(ctx context.Context, i int) (err error) {
	e, a := l.corpus.Entries[i], &l.asked[i]
	a.key = l.Snapshot().Key(e.Lang, e.Question)
	a.contrast = contrast(e.Question)
	for _, t := range l.Keywords(e.Lang, e.Question) {
		a.keywords = append(a.keywords, t.Term)
	}
	slices.Sort(a.keywords)
	a.keywords = slices.Compact(a.keywords)
	if a.found, err = l.rank(ctx, e.Question); err != nil {
		return err
	}
	if a.typo = Mistype(e.Question); a.typo != "" && l.corpus.Site.Severity("typo") != content.Off {
		a.typoed, err = l.rank(ctx, a.typo)
	}
	return err
}

// rank returns the entries that a search finds, best first.
func (l *library) rank(ctx context.Context, text string) ([]int, error) {
	hits, err := l.Rank(ctx, search.Query{Text: text, Limit: depth})
	if err != nil {
		return nil, fmt.Errorf("ask %q: %w", text, err)
	}
	found := make([]int, 0, len(hits))
	for _, h := range hits {
		if i, ok := l.number[h.ID]; ok {
			found = append(found, i)
		}
	}
	return found, nil
}

func (l *library) problem(i int, rule, format string, args ...any) content.Problem {
	return content.Problem{Pos: l.corpus.Entries[i].Pos, Rule: rule, Msg: fmt.Sprintf(format, args...)}
}
