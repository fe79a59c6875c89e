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
	every := glance
	if sv.from.every > 0 {
		every = min(every, sv.from.every)
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	f := follower{server: sv, told: sv.trouble}
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
	stamp, err := f.from.stamp(ctx)
	if err != nil {
		f.tell(ctx, err)
		return
	}
	if stamp == f.stamp {
		f.told = ""
		return
	}
	s, err := f.from.open(ctx)
	if err != nil {
		f.tell(ctx, err)
		return
	}
	f.stamp = stamp
	f.live.Swap(s)
	f.told = ""
	f.app.err.note("took up changes: %s from %s", count(s.Snapshot().Info().Entries, "question"), f.from.name)
}

// tell tells what went wrong, unless that is only that the server stops.
func (f *follower) tell(ctx context.Context, err error) {
	if text := message(err); text != f.told && ctx.Err() == nil {
		f.told = text
		s, release := f.live.Acquire()
		defer release()
		if s == nil {
			f.app.err.note("nothing to serve yet: %s", text)
			return
		}
		f.app.err.note("still serving what was read before: %s", text)
	}
}
