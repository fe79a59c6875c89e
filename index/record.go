package index

import (
	"cmp"
	"encoding/binary"
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

// newRecord returns the record of e without Entry. E is in the sections with
// those slugs; site is the language of the site.
func newRecord(e *content.Entry, slugs []string, site string) *record {
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
	return r
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

// Bits of the first byte of a stored entry.
const (
	hiddenEntry  = 1 << iota
	updatedEntry // seconds since 1970 follow
)

// appendEntry appends an entry as the index keeps it: all but ID, which is the
// document's, and Pos. Numbers are varints; a text is its length and its bytes,
// a list its length and its texts.
func appendEntry(b []byte, e *content.Entry) []byte {
	flags := len(b)
	b = append(b, 0)
	if e.Hidden {
		b[flags] |= hiddenEntry
	}
	if !e.Updated.IsZero() {
		b[flags] |= updatedEntry
		b = binary.AppendVarint(b, e.Updated.Unix())
	}
	for _, text := range []string{e.Anchor, e.Source, e.Question, e.Answer.Text, string(e.Answer.HTML), e.Lang} {
		b = appendText(b, text)
	}
	for _, list := range [][]string{e.Aliases, e.Section, e.Tags} {
		b = binary.AppendUvarint(b, uint64(len(list)))
		for _, text := range list {
			b = appendText(b, text)
		}
	}
	return b
}

func appendText(b []byte, text string) []byte {
	text = strings.ToValidUTF8(text, "\uFFFD")
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

func decodeEntry(id string, data []byte) (*content.Entry, error) {
	r := entryReader{data: data}
	flags := r.bytes(1)
	e := &content.Entry{ID: id}
	if !r.short {
		e.Hidden = flags[0]&hiddenEntry != 0
		if flags[0]&updatedEntry != 0 {
			e.Updated = time.Unix(r.varint(), 0).UTC()
		}
	}
	e.Anchor, e.Source, e.Question = r.text(), r.text(), r.text()
	e.Answer.Text = r.text()
	e.Answer.HTML = template.HTML(r.text()) // sanitized by the parser
	e.Lang = r.text()
	e.Aliases, e.Section, e.Tags = r.list(), r.list(), r.list()
	if r.short || len(r.data) > 0 {
		return nil, fmt.Errorf("%w: entry %s", ErrCorrupt, id)
	}
	return e, nil
}

// An entryReader reads what appendEntry wrote. Short says that something was
// not there.
type entryReader struct {
	data  []byte
	short bool
}

func (r *entryReader) bytes(n uint64) []byte {
	if n > uint64(len(r.data)) {
		r.data, r.short = nil, true
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *entryReader) varint() int64 {
	x, n := binary.Varint(r.data)
	r.skip(n)
	return x
}

func (r *entryReader) uvarint() uint64 {
	x, n := binary.Uvarint(r.data)
	r.skip(n)
	return x
}

// skip passes over n bytes, which are none if there was no number.
func (r *entryReader) skip(n int) {
	r.short = r.short || n <= 0
	r.data = r.data[max(n, 0):]
}

func (r *entryReader) text() string { return string(r.bytes(r.uvarint())) }

func (r *entryReader) list() []string {
	var list []string
	for n := r.uvarint(); n > 0 && !r.short; n-- {
		list = append(list, r.text())
	}
	return list
}
