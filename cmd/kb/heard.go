package main

import (
	"crypto/sha256"
	"slices"

	"kb/index/lang"
)

// A textKey is the first half of the digest of a text.
type textKey [sha256.Size / 2]byte

// heard remembers in which language texts are. One goroutine uses it.
type heard struct {
	before, used map[textKey]string
}

// detect is lang.Detect, of a text that was not heard before.
func (h *heard) detect(text string) string {
	sum := sha256.Sum256([]byte(text))
	key := textKey(sum[:])
	l, ok := h.before[key]
	if !ok {
		l = lang.Detect(text)
	}
	h.used[key] = l
	return l
}

// list returns what was heard: each text, and its language.
func (h *heard) list() []string {
	all := make([]string, 0, len(h.used))
	for key, l := range h.used {
		all = append(all, string(key[:])+l)
	}
	slices.Sort(all)
	return all
}

// newHeard returns what remembers such a list.
func newHeard(list []string) *heard {
	h := &heard{make(map[textKey]string, len(list)), map[textKey]string{}}
	for _, s := range list {
		if key := (textKey{}); len(s) >= len(key) {
			copy(key[:], s)
			h.before[key] = s[len(key):]
		}
	}
	return h
}
