package search

import (
	"fmt"
)

// readPins returns the entries that the site puts first, by the key of the
// query in every tongue.
func (s *Searcher) readPins() (map[string][]uint32, error) {
	pins := map[string][]uint32{}
	for _, p := range s.snapshot.Info().Site.Pins {
		var docs []uint32
		for _, id := range p.IDs {
			found, err := s.snapshot.Segment().DocNumbers([]string{id})
			if err != nil {
				return nil, fmt.Errorf("pin %s: %w", id, err)
			}
			if !found.IsEmpty() {
				docs = append(docs, found.Minimum())
			}
		}
		for _, key := range s.keys(p.Query) {
			pins[key] = docs
		}
	}
	return pins, nil
}

// keys returns the keys of a text in the tongues of the index, each once.
func (s *Searcher) keys(text string) []string {
	var keys []string
	seen := map[string]bool{"": true}
	for _, t := range s.tongues {
		if key := s.snapshot.Key(t.tag, text); !seen[key] {
			seen[key] = true
			keys = append(keys, key)
		}
	}
	return keys
}

// putPinnedFirst raises the entries that the site has pinned to the query above
// all others, in the order of the pin.
func (s *Searcher) putPinnedFirst(a *answer) error {
	pins, err := s.pins()
	if err != nil || len(pins) == 0 {
		return err
	}
	for _, key := range s.keys(a.request.unquoted) {
		docs := pins[key]
		top := highest(a.matches)
		for i, doc := range docs {
			if m := a.match(doc); m != nil && !m.pinned {
				m.become(inPin, 2*top+float64(len(docs)-i))
				m.pinned = true
			}
		}
	}
	return nil
}
