package content

import "fmt"

// CheckPins returns a ReadError for the first pin of the site that names an
// entry which is not there.
func (c *Corpus) CheckPins() error {
	ids := make(map[string]bool, len(c.Entries))
	for _, e := range c.Entries {
		ids[e.ID] = true
	}
	for _, p := range c.Site.Pins {
		for _, id := range p.IDs {
			if !ids[id] {
				return &ReadError{Problem: Problem{p.Pos, "site-file", fmt.Sprintf("pins: no entry has the id %q", id)}}
			}
		}
	}
	return nil
}
