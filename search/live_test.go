package search

import (
	"sync"
	"testing"

	"kb/content"
)

// TestSwapUnderLoad replaces the searcher while others use it: no search
// fails, and each answers from one index.
func TestSwapUnderLoad(t *testing.T) {
	entry := func(q string) *content.Entry { return &content.Entry{Question: q} }
	first := build(t, content.Site{}, entry("the old answer"))
	dirs := make([]*Searcher, 8)
	for i := range dirs {
		dirs[i] = build(t, content.Site{}, entry("the new answer"), entry("another answer"))
	}
	live := NewLive(first)
	var users sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		users.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				s, release := live.Acquire()
				r, err := s.Search(t.Context(), Query{Text: "answer"})
				if err != nil {
					t.Errorf("search during a swap: %v", err)
				} else if want := s.Snapshot().Info().Entries; r.Total != want || r.Generation != s.Snapshot().Digest() {
					t.Errorf("%d hits of %d entries", r.Total, want)
				}
				release()
			}
		})
	}
	for _, next := range dirs {
		live.Swap(next)
		s, release := live.Acquire()
		if s != next {
			t.Error("the searcher in use is not the last one")
		}
		release()
	}
	close(stop)
	users.Wait()
}

// TestReplacedIsClosed holds that a searcher is closed once it was replaced and
// its last user is done, not before.
func TestReplacedIsClosed(t *testing.T) {
	live := NewLive(build(t, content.Site{}, &content.Entry{Question: "one"}))
	old := live.current
	s, release := live.Acquire()
	live.Swap(build(t, content.Site{}, &content.Entry{Question: "two"}))
	if _, err := s.Search(t.Context(), Query{Text: "one"}); err != nil || old.users.Load() != 1 {
		t.Errorf("replaced in use: %d users, %v", old.users.Load(), err)
	}
	release()
	release() // a second time does nothing
	if n := old.users.Load(); n != 0 {
		t.Errorf("replaced and no longer used: %d users", n)
	}
	if s.Snapshot().Words() != nil {
		t.Error("replaced, no longer used, and still open")
	}
}

func TestNoSearcherYet(t *testing.T) {
	live := NewLive(nil)
	s, release := live.Acquire()
	if s != nil {
		t.Error("there is a searcher")
	}
	release()
	next := build(t, content.Site{}, &content.Entry{Question: "one"})
	live.Swap(next)
	if s, release := live.Acquire(); s != next {
		t.Error("the searcher in use is not the one swapped in")
	} else {
		release()
	}
}
