package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/google/renameio/v2"

	"kb/content"
	"kb/index"
	"kb/search"
)

// A keeper keeps an index of a library in the user's cache folder.
type keeper struct {
	app *app
	lib library
	dir string // where it is kept; "" if there is no such folder
	tmp string // used where dir cannot be, removed at the end

	with   opener
	remind bool   // tell them even if they were told when the index was built
	told   string // the problems of unreadable files, a line each
}

func (a *app) contentSupply(l library, o origin) supply {
	k := &keeper{app: a, lib: l, dir: cacheFolder(l), with: o.opener(), remind: o.remind}
	return supply{name: l.String(), shipped: l.shipped(), stamp: func(context.Context) (string, error) { return l.stamp() }, open: k.open, close: k.close}
}

// cacheFolder returns a folder of l's own, or "".
func cacheFolder(l library) string {
	base, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	if l.shipped() {
		return filepath.Join(base, "kb", "faq")
	}
	h := sha256.New()
	for _, arg := range l.args() {
		abs, err := filepath.Abs(arg)
		if err != nil {
			return ""
		}
		fmt.Fprintf(h, "%q\n", abs)
	}
	return filepath.Join(base, "kb", hex.EncodeToString(h.Sum(nil)[:8]))
}

func (k *keeper) open(ctx context.Context) (*search.Searcher, error) {
	stamp, err := k.lib.stamp() // before anything is read: a later change is seen by the next
	if err != nil {
		return nil, err
	}
	if s := k.warm(stamp); s != nil {
		return s, nil
	}
	return k.build(ctx, stamp)
}

func (k *keeper) close() {
	if k.tmp != "" {
		os.RemoveAll(k.tmp)
	}
}

// warm returns a searcher over the index that is kept, if it is of this stamp.
func (k *keeper) warm(stamp string) *search.Searcher {
	kept, err := os.ReadFile(filepath.Join(k.dir, "stamp"))
	if err != nil || k.dir == "" {
		return nil
	}
	head, unread, _ := strings.Cut(string(kept), "\n")
	was, digest, _ := strings.Cut(head, " ")
	if was != stamp {
		return nil
	}
	s, err := openIndex(k.dir, k.with)
	if err != nil {
		return nil
	}
	if s.Snapshot().Digest() != digest { // another process has built another one since
		s.Close()
		return nil
	}
	if k.remind {
		k.tell(unread)
	}
	return s
}

// build reads the library and builds its index: in the cache, else in a
// temporary folder.
func (k *keeper) build(ctx context.Context, stamp string) (*search.Searcher, error) {
	debug.SetGCPercent(k.app.pace)
	ctx, stop := untilSignal(ctx)
	defer stop()
	kept := openPages(k.dir, program())
	reader := k.app.progress()
	c, err := k.lib.load(reading{pages: kept, read: reader.read})
	reader.done()
	if err != nil {
		return nil, err
	}
	k.tell(listed(unreadable(c)))
	if len(c.Entries) == 0 {
		return nil, questionless(k.lib)
	}
	s, err := k.inCache(ctx, c, stamp)
	if err == nil {
		kept.save()
		return s, nil
	}
	if ctx.Err() != nil {
		return nil, err
	}
	if k.tmp == "" {
		if k.tmp, err = os.MkdirTemp("", "kb-"); err != nil {
			return nil, fmt.Errorf("build an index: %w", err)
		}
	}
	return k.buildIn(ctx, k.tmp, c)
}

func (k *keeper) inCache(ctx context.Context, c *content.Corpus, stamp string) (*search.Searcher, error) {
	if k.dir == "" {
		return nil, errors.New("no cache folder")
	}
	s, err := k.buildIn(ctx, k.dir, c)
	if err != nil {
		return nil, err
	}
	// Without the stamp the next search builds again: slower, and as right.
	_ = renameio.WriteFile(filepath.Join(k.dir, "stamp"), []byte(stamp+" "+s.Snapshot().Digest()+"\n"+k.told), 0o644)
	return s, nil
}

func (k *keeper) buildIn(ctx context.Context, dir string, c *content.Corpus) (*search.Searcher, error) {
	with, err := k.lib.with(c)
	if err != nil {
		return nil, err
	}
	bar := k.app.progress()
	defer bar.done()
	if _, _, err := index.Build(ctx, dir, c, append(with, index.Progress(bar.show), index.Again(program()))...); err != nil {
		return nil, err
	}
	return openIndex(dir, index.Open)
}

// tell lists the files that cannot be read, unless it did so before.
func (k *keeper) tell(unread string) {
	if unread != k.told {
		k.told = unread
		k.app.err.printf("%s", unread)
		k.app.err.flush()
	}
}

// listed returns problems as lines.
func listed(problems []content.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(p.String() + "\n")
	}
	return b.String()
}

var errNoQuestion = errors.New("no question found")

func questionless(l library) error {
	return hinted(fmt.Errorf("%w in %s", errNoQuestion, l), "see what was read: kb list --explain %s",
		strings.Join(shellWords(l.args()), " "))
}
