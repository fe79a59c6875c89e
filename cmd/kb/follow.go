package main

import (
	"context"
	"time"
)

// glance is how often a server looks whether there is something new. A look
// costs one file status for each content file.
const glance = time.Second

// follow keeps the site up to date until ctx ends. What cannot be opened is
// told once, and the site stays as it is.
func (sv *server) follow(ctx context.Context) {
	tick := time.NewTicker(glance)
	defer tick.Stop()
	f := follower{server: sv}
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			f.look(ctx)
		}
	}
}

// A follower remembers what it saw last.
type follower struct {
	*server
	told string // the last trouble, so that it is told once
}

// look takes up what is new, if there is something.
func (f *follower) look(ctx context.Context) {
	stamp, err := f.from.stamp()
	if err != nil {
		f.tell(err)
		return
	}
	if stamp == f.stamp {
		return
	}
	s, err := f.from.open(ctx)
	if err != nil {
		f.tell(err)
		return
	}
	f.stamp = stamp
	f.live.Swap(s)
	f.told = ""
	f.app.err.note("took up changes: %s from %s", count(s.Snapshot().Info().Entries, "question"), f.from.name)
}

func (f *follower) tell(err error) {
	if text := message(err); text != f.told {
		f.told = text
		f.app.err.note("still serving what was read before: %s", text)
	}
}
