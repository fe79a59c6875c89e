package content

import "fmt"

// CheckPins returns a ReadError for the pins of the site and its popular
// questions that name entries which are not there.
func (c *Corpus) CheckPins() error {
	ids := make(map[string]bool, len(c.Entries))
	for _, e := range c.Entries {
		ids[e.ID] = true
	}
	var missing []Problem
	for _, p := range c.Site.Pins {
		for _, id := range p.IDs {
			if !ids[id] {
				missing = append(missing, noEntry(p.Pos, "pins", id, c.alike(id)))
			}
		}
	}
	for i, id := range c.Site.Popular {
		if !ids[id] && i < len(c.Site.PopularPos) {
			missing = append(missing, noEntry(c.Site.PopularPos[i], "popular", id, c.alike(id)))
		}
	}
	return SiteError(missing)
}

func noEntry(at Pos, key, id, alike string) Problem {
	msg := fmt.Sprintf("%s: no entry has the id %q", key, id)
	if alike != "" {
		msg += fmt.Sprintf(", nearest valid id: %q", alike)
	}
	return SiteProblem(at, msg)
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
