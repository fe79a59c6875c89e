package index

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
	"time"

	"kb/content"
	"kb/index/lang"
)

// A record is an entry as bleve maps it to a document.
type record struct {
	id        string
	base      string   // language that the mapping has
	Question  string   `json:"question"`
	Alias     []string `json:"alias"`
	Answer    string   `json:"answer"`
	Section   string   `json:"section"`
	InSection []string `json:"in_section"`
	Lang      []string `json:"lang"`
	Tag       []string `json:"tag"`
	Entry     string   `json:"entry"`
}

// BleveType makes bleve choose the mapping of the entry's language.
func (r *record) BleveType() string { return r.base }

// newRecord returns the record of e, which is in the sections with those
// slugs. Site is the language of the site.
func newRecord(e *content.Entry, slugs []string, site string) (*record, error) {
	tag := cmp.Or(e.Lang, site)
	l := lang.Of(tag)
	folded := func(text string) string { return fold(l, text).text }
	r := &record{
		id:        e.ID,
		base:      l.Base,
		Question:  folded(e.Question),
		Answer:    folded(e.Answer.Text),
		Section:   folded(strings.Join(e.Section, "\n")),
		InSection: slugs,
		Lang:      langs(tag),
		Tag:       e.Tags,
	}
	for _, a := range e.Aliases {
		r.Alias = append(r.Alias, folded(a))
	}
	var err error
	r.Entry, err = encodeEntry(e)
	return r, err
}

// langs returns the tag in lower case and each prefix of it: pt-BR is both
// pt-br and pt.
func langs(tag string) []string {
	tag = strings.ToLower(tag)
	all := []string{tag}
	for i := strings.LastIndexByte(tag, '-'); i > 0; i = strings.LastIndexByte(tag, '-') {
		tag = tag[:i]
		all = append(all, tag)
	}
	return all
}

// A storedEntry is an entry as the index keeps it: all but ID, which is the
// document's, and Pos.
type storedEntry struct {
	Anchor   string     `json:"anchor,omitempty"`
	Source   string     `json:"source,omitempty"`
	Question string     `json:"question"`
	Aliases  []string   `json:"aliases,omitempty"`
	HTML     string     `json:"html,omitempty"`
	Text     string     `json:"text,omitempty"`
	Section  []string   `json:"section,omitempty"`
	Tags     []string   `json:"tags,omitempty"`
	Lang     string     `json:"lang,omitempty"`
	Updated  *time.Time `json:"updated,omitempty"`
	Hidden   bool       `json:"hidden,omitempty"`
}

func encodeEntry(e *content.Entry) (string, error) {
	s := storedEntry{
		e.Anchor, e.Source, e.Question, e.Aliases, string(e.Answer.HTML), e.Answer.Text,
		e.Section, e.Tags, e.Lang, nil, e.Hidden,
	}
	if !e.Updated.IsZero() {
		t := e.Updated.UTC().Truncate(time.Second)
		s.Updated = &t
	}
	var b bytes.Buffer
	const rest = 256 // bytes of the smaller fields and of quoting
	b.Grow(len(s.Question) + len(s.HTML) + len(s.Text) + rest)
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return "", fmt.Errorf("encode entry %s: %w", e.ID, err)
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

func decodeEntry(id string, data []byte) (*content.Entry, error) {
	var s storedEntry
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, fmt.Errorf("%w: entry %s: %w", ErrCorrupt, id, err)
	}
	e := &content.Entry{
		ID: id, Anchor: s.Anchor, Source: s.Source, Question: s.Question, Aliases: s.Aliases,
		Answer:  content.Answer{HTML: template.HTML(s.HTML), Text: s.Text}, // sanitized by the parser
		Section: s.Section, Tags: s.Tags, Lang: s.Lang, Hidden: s.Hidden,
	}
	if s.Updated != nil {
		e.Updated = *s.Updated
	}
	return e, nil
}
