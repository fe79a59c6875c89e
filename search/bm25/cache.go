package bm25

import "sync"

// A cache keeps terms with their postings within a space. It has two halves: what
// is used goes into the young one, and when that is full, it takes the place
// of the old one, which is forgotten.
type cache struct {
	mu         sync.Mutex
	young, old map[string]*Term
	room       int // bytes left in the young half
	half       int // bytes
}

// Space for postings that are kept: some for any index, and more for a large
// one, whose frequent terms take longest to read.
const (
	baseSpace   = 8 << 20 // bytes
	entrySpace  = 640     // bytes for each document
	postingSize = 8       // bytes
	keptSize    = 512     // bytes of a term without its postings
)

func newCache(docs int) *cache {
	half := (baseSpace + entrySpace*docs) / 2
	return &cache{young: map[string]*Term{}, room: half, half: half}
}

// get returns the term of a name, or nil.
func (c *cache) get(name string) *Term {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.kept(name)
}

// add keeps a term, and returns that which is kept by its name.
func (c *cache) add(t *Term) *Term {
	c.mu.Lock()
	defer c.mu.Unlock()
	if kept := c.kept(t.name); kept != nil {
		return kept
	}
	c.put(t)
	return t
}

func (c *cache) kept(name string) *Term {
	if t := c.young[name]; t != nil {
		return t
	}
	t := c.old[name]
	if t != nil {
		c.put(t)
	}
	return t
}

func (c *cache) put(t *Term) {
	size := keptSize + len(t.name) + t.size()
	if size > c.room {
		c.young, c.old, c.room = map[string]*Term{}, c.young, c.half
	}
	c.young[t.name] = t
	c.room -= size
}
