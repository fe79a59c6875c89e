package main

import (
	"encoding/binary"
	"time"

	"kb/content"
)

// A codec writes a page to bytes, or reads it from them: each of its methods
// does either to what it is handed.
type codec struct {
	out     []byte
	in      string // what is left of it, if it reads
	reading bool
	bad     bool // in was not written by a codec
}

func encodePage(p *content.Page) []byte {
	var c codec
	c.page(p)
	return c.out
}

// decodePage returns the page that was encoded, but for Meta, or nil.
func decodePage(data []byte) *content.Page {
	c := codec{in: string(data), reading: true}
	p := new(content.Page)
	c.page(p)
	if c.bad || c.in != "" {
		return nil
	}
	return p
}

func encodeList(l []string) []byte {
	var c codec
	c.list(&l)
	return c.out
}

// decodeList returns the list that was encoded, or nil.
func decodeList(data []byte) (l []string) {
	c := codec{in: string(data), reading: true}
	if c.list(&l); c.bad {
		return nil
	}
	return l
}

func (c *codec) page(p *content.Page) {
	c.text(&p.Path)
	c.text(&p.Name)
	c.text(&p.Title)
	c.text(&p.Permalink)
	c.text(&p.Slug)
	c.text(&p.Form)
	c.list(&p.Explain)
	for n := c.count(len(p.Entries)); len(p.Entries) < n; {
		p.Entries = append(p.Entries, new(content.Entry))
	}
	for _, e := range p.Entries {
		c.entry(e)
	}
	for n := c.count(len(p.Problems)); len(p.Problems) < n; {
		p.Problems = append(p.Problems, content.Problem{})
	}
	for i := range p.Problems {
		c.pos(&p.Problems[i].Pos)
		c.text(&p.Problems[i].Rule)
		c.text(&p.Problems[i].Msg)
	}
}

func (c *codec) entry(e *content.Entry) {
	c.text(&e.ID)
	c.text(&e.Anchor)
	c.text(&e.Fragment)
	c.text(&e.Source)
	c.text(&e.Question)
	c.list(&e.Aliases)
	c.text((*string)(&e.Answer.HTML))
	c.text(&e.Answer.Text)
	c.list(&e.Section)
	c.list(&e.Tags)
	c.text(&e.Lang)
	c.time(&e.Updated)
	hidden := 0
	if e.Hidden {
		hidden = 1
	}
	c.number(&hidden)
	e.Hidden = hidden == 1
	c.pos(&e.Pos)
}

func (c *codec) pos(p *content.Pos) {
	c.text(&p.Path)
	c.number(&p.Line)
}

// number is of one that is not negative.
func (c *codec) number(n *int) {
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, uint64(*n))
		return
	}
	v, size := binary.Uvarint([]byte(c.in[:min(len(c.in), binary.MaxVarintLen64)]))
	if size <= 0 || v > content.MaxFile {
		c.bad, c.in, *n = true, "", 0
		return
	}
	c.in, *n = c.in[size:], int(v)
}

// count returns n, or the number of things that was read: none of more than
// can be there, since each takes a byte.
func (c *codec) count(n int) int {
	c.number(&n)
	if c.reading && n > len(c.in)+1 {
		c.bad, c.in, n = true, "", 0
	}
	return n
}

func (c *codec) text(s *string) {
	n := len(*s)
	c.number(&n)
	if !c.reading {
		c.out = append(c.out, *s...)
		return
	}
	if n > len(c.in) {
		c.bad, c.in, n = true, "", 0
	}
	*s, c.in = c.in[:n], c.in[n:]
}

// list tells nil from a list of nothing.
func (c *codec) list(l *[]string) {
	n := 0
	if *l != nil {
		n = 1 + len(*l)
	}
	if n = c.count(n); c.reading && n > 0 {
		*l = make([]string, n-1)
	}
	for i := range *l {
		c.text(&(*l)[i])
	}
}

func (c *codec) time(t *time.Time) {
	var s string
	if !c.reading && !t.IsZero() {
		s = t.Format(time.RFC3339Nano)
	}
	c.text(&s)
	if c.reading && s != "" {
		var err error
		*t, err = time.Parse(time.RFC3339Nano, s)
		c.bad = c.bad || err != nil
	}
}
