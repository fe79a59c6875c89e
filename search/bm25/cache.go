package bm25

import "sync"

// A cache keeps the postings of terms within a space. It has two halves: what
// is used goes into the young one, and when that is full, it takes the place
// of the old one, which is forgotten.
type cache struct {
	mu         sync.Mutex
	young, old map[string]*Postings
	room       int // bytes left in the young half
	half       int // bytes
}

// Space for postings that are kept: some for any index, and more for a large
// one, whose frequent terms take longest to read.
const (
	baseSpace   = 8 << 20 // bytes
	entrySpace  = 640     // bytes for each document
	postingSize = 8       // bytes
	keptSize    = 192     // bytes of what is kept without its postings
)

func newCache(docs int) *cache {
	half := (baseSpace + entrySpace*docs) / 2
	return &cache{young: map[string]*Postings{}, room: half, half: half}
}

// get returns the postings of a term, or nil.
func (c *cache) get(term string) *Postings {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p := c.young[term]; p != nil {
		return p
	}
	p := c.old[term]
	if p != nil {
		c.put(term, p)
	}
	return p
}

// add keeps the postings of a term.
func (c *cache) add(term string, p *Postings) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.young[term] == nil {
		c.put(term, p)
	}
}

func (c *cache) put(term string, p *Postings) {
	size := keptSize + len(term) + postingSize*(cap(p.list)+len(p.set)+len(p.from)/2)
	if size > c.room {
		c.young, c.old, c.room = map[string]*Postings{}, c.young, c.half
	}
	c.young[term] = p
	c.room -= size
}
