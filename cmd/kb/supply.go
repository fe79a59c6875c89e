package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"kb/index"
	"kb/index/remote"
	"kb/search"
)

// A supply is where searchers come from: an index that was built, or content
// of which an index is kept.
type supply struct {
	name    string                                          // of what is searched, for people
	shipped bool                                            // whether it is the FAQ in the binary
	stamp   func(context.Context) (string, error)           // differs once open would give something else
	open    func(context.Context) (*search.Searcher, error) // the caller closes it
	close   func()

	every time.Duration           // between two looks at stamp; 0 leaves it to who looks
	first func() *search.Searcher // what a server begins with if there is something at hand; may be nil
}

// supply returns the supply that the flags, else the environment, else the
// current folder ask for.
func (a *app) supply(o origin) (supply, error) {
	if o.index != "" && len(o.content) > 0 {
		return supply{}, hinted(errors.New("--index and content exclude each other"), "leave one out")
	}
	if o.index == "" && len(o.content) == 0 {
		o.index = os.Getenv("KB_INDEX")
	}
	if o.index != "" && o.model != "" {
		return supply{}, hinted(errors.New("an index has a model of its own: --model is for --content"), "kb index --model %s …", quoted(o.model))
	}
	if err := o.signable(); err != nil {
		return supply{}, err
	}
	if o.index != "" && remote.Is(o.index) {
		return a.remoteSupply(o)
	}
	if o.index != "" {
		return indexSupply(o.index, o.opener()), nil
	}
	l, err := locate(o.content)
	if err != nil {
		return supply{}, err
	}
	l.model = o.model
	return a.contentSupply(l, o), nil
}

// signable returns an error if a signature is asked for of what has none.
func (o origin) signable() error {
	if o.key == "" {
		return nil
	}
	if _, err := publicKey(o.key); err != nil {
		return err
	}
	if o.index == "" {
		return hinted(errors.New("--verify-key is for a published index, and content is not signed"), "kb serve --index PLACE --verify-key %s", quoted(o.key))
	}
	if !remote.Is(o.index) {
		return hinted(fmt.Errorf("--verify-key is for a published index, and %s is none: nothing there is signed", o.index),
			"serve from where it is published, or check it when it is pulled: kb pull PLACE -o %s --verify-key %s", quoted(o.index), quoted(o.key))
	}
	return nil
}

// open hands use what the flags ask for, which is closed when use returns.
func (a *app) open(ctx context.Context, o origin, use func(*search.Searcher, supply) error) error {
	from, err := a.supply(o)
	if err != nil {
		return err
	}
	defer from.close()
	s, err := from.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	return use(s, from)
}

// An opener is index.Open or a more careful one.
type opener func(dir string) (*index.Snapshot, error)

func (o origin) opener() opener {
	if o.verify {
		return index.OpenVerified
	}
	return index.Open
}

func indexSupply(dir string, open opener) supply {
	return supply{
		name: dir,
		stamp: func(context.Context) (string, error) {
			name, err := index.Current(dir)
			return name, indexError(dir, err)
		},
		open:  func(context.Context) (*search.Searcher, error) { return openIndex(dir, open) },
		close: func() {},
	}
}

// openIndex opens the live generation below dir.
func openIndex(dir string, open opener) (*search.Searcher, error) {
	snapshot, err := open(dir)
	if err != nil {
		return nil, indexError(dir, err)
	}
	s, err := search.New(snapshot)
	if err != nil {
		snapshot.Close()
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	return s, nil
}

func indexError(dir string, err error) error {
	rebuild := "kb index -o " + quoted(dir)
	none := errors.Is(err, index.ErrNoIndex) || errors.Is(err, syscall.ENOTDIR)
	switch {
	case none && holdsContent(dir):
		return hinted(err, "it holds content: --content %s", quoted(dir))
	case none:
		return hinted(err, "build one: %s", rebuild)
	case errors.Is(err, index.ErrFormat):
		return hinted(err, "build it with this kb: %s", rebuild)
	case errors.Is(err, index.ErrCorrupt):
		return hinted(err, "remove it and build it again: rm -r %s && %s", quoted(dir), rebuild)
	}
	return err
}

// count returns "1 thing" or "2 things".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
