package content

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// A Corpus is all content read at one time. It is immutable.
type Corpus struct {
	Site     Site
	Pages    []*Page  // in path order
	Entries  []*Entry // those of all pages, in order
	Problems []Problem
}

// NewCorpus returns the corpus of the pages, which it keeps. It gives every
// entry its ID; of entries that ask for the same one, the first keeps it and
// the others are numbered and named in a Problem.
func NewCorpus(site Site, pages []*Page) *Corpus {
	c := &Corpus{Site: site, Pages: pages}
	for _, p := range pages {
		c.Entries = append(c.Entries, p.Entries...)
		c.Problems = append(c.Problems, p.Problems...)
	}
	c.name()
	c.link()
	c.locate()
	return c
}

func (c *Corpus) name() {
	first := make(map[string]*Entry, len(c.Entries))
	for _, e := range c.Entries {
		if id := e.id(); first[id] == nil {
			e.ID, first[id] = id, e
		}
	}
	last := map[string]int{} // number given out, by the id asked for
	for _, e := range c.Entries {
		if e.ID != "" {
			continue
		}
		id := e.id()
		other := first[id]
		for n := max(2, last[id]+1); first[e.ID] != nil || e.ID == ""; n++ {
			e.ID = fmt.Sprintf("%s-%d", id, n)
			last[id] = n
		}
		first[e.ID] = e
		c.Problems = append(c.Problems, Problem{e.Pos, "duplicate-id",
			fmt.Sprintf("id %q is taken by %s; this entry is %q", id, other.Pos, e.ID)})
	}
}

// Fingerprint returns "sha256:" and the hex digest of everything in the corpus
// that can change an answer: equal text, equal fingerprint, wherever and
// whenever it was read.
func (c *Corpus) Fingerprint() string {
	h := sha256.New()
	enc := json.NewEncoder(h)
	encode := func(v any) {
		if err := enc.Encode(v); err != nil {
			panic(err) // only strings, slices and times: it cannot fail
		}
	}
	encode(c.Site)
	for _, p := range c.Pages {
		encode([]string{p.Path, p.Title})
		for _, e := range p.Entries {
			f := *e
			f.Pos, f.Updated = Pos{}, f.Updated.UTC().Truncate(time.Second)
			encode(f)
		}
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}
