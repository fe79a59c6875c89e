// Package check finds what an author should mend in content by asking an index
// of it, as visitors will.
//
// It asks every question once as it stands and once with a typing error. What
// a search for one question finds is all that can be a near duplicate of it,
// so that the cost of the check grows with the number of questions times that
// of a search. It asks in the cheapest way first, and as visitors do where that
// does not answer what they would see.
package check

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"kb/content"
	"kb/index/embed"
	"kb/search"
)

// depth is how many answers to a question are looked at: those that a rough
// search has are those of any other.
const depth = search.DefaultLimit

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

// ask asks all questions, several at one time, until there is an error.
func (l *library) ask(ctx context.Context, progress func(done, total int)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
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
				if err != nil {
					cancel()
				}
				mu.Lock()
				first, done = sooner(first, err), done+1
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

// sooner returns the first of two errors, but for one that the other has led to.
func sooner(first, err error) error {
	if first == nil || errors.Is(first, context.Canceled) && err != nil {
		return err
	}
	return first
}

func (l *library) askOne(ctx context.Context, i int) (err error) {
	e, a := l.corpus.Entries[i], &l.asked[i]
	a.key = l.Snapshot().Key(e.Lang, e.Question)
	a.contrast = contrast(e.Question)
	for t := range l.Keywords(e.Lang, e.Question) {
		a.keywords = append(a.keywords, t.Term)
	}
	slices.Sort(a.keywords)
	a.keywords = slices.Compact(a.keywords)
	if a.found, err = l.rank(ctx, i, search.Query{Text: e.Question, Rough: true}, search.Query{Text: e.Question}); err != nil {
		return err
	}
	if a.typo = Mistype(e.Question); a.typo != "" && l.corpus.Site.Severity("typo") != content.Off {
		a.typoed, err = l.rank(ctx, i, search.Query{Text: a.typo, Lexical: true, Rough: true}, search.Query{Text: a.typo})
	}
	return err
}

// rank returns the entries that the first of some searches finds that has entry
// i first, or else the last one, best first.
func (l *library) rank(ctx context.Context, i int, searches ...search.Query) (found []int, err error) {
	for _, q := range searches {
		if found, err = l.rankOnce(ctx, q); err != nil || len(found) > 0 && found[0] == i {
			break
		}
	}
	return found, err
}

func (l *library) rankOnce(ctx context.Context, q search.Query) ([]int, error) {
	q.Limit = depth
	hits, err := l.Rank(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("ask %q: %w", q.Text, err)
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
