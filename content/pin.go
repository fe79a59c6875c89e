package content

import "fmt"

// CheckPins returns a ReadError for the first pin of the site, or the first of
// its popular questions, that names an entry which is not there.
func (c *Corpus) CheckPins() error {
	ids := make(map[string]bool, len(c.Entries))
	for _, e := range c.Entries {
		ids[e.ID] = true
	}
	for _, p := range c.Site.Pins {
		for _, id := range p.IDs {
			if !ids[id] {
				return noEntry(p.Pos, "pins", id, c.alike(id))
			}
		}
	}
	for i, id := range c.Site.Popular {
		if !ids[id] && i < len(c.Site.PopularPos) {
			return noEntry(c.Site.PopularPos[i], "popular", id, c.alike(id))
		}
	}
	return nil
}

func noEntry(at Pos, key, id, alike string) error {
	msg := fmt.Sprintf("%s: no entry has the id %q", key, id)
	if alike != "" {
		msg += fmt.Sprintf(", nearest valid id: %q", alike)
	}
	return &ReadError{Problem: Problem{at, "site-file", msg}}
}

// alike returns the id that has most pairs of letters in common with one that
// is not there, or "" if none has half of them.
func (c *Corpus) alike(id string) string {
	asked := pairsOf(id)
	best, most := "", len(asked)/2
	for _, e := range c.Entries {
		n := 0
		for pair := range pairsOf(e.ID) {
			if asked[pair] {
				n++
			}
		}
		if n > most || n == most && best != "" && len(e.ID) < len(best) {
			best, most = e.ID, n
		}
	}
	return best
}

func pairsOf(s string) map[string]bool {
	pairs := map[string]bool{}
	for i := range len(s) - 1 {
		pairs[s[i:i+2]] = true
	}
	return pairs
}
