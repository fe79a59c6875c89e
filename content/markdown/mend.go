package markdown

import (
	"fmt"
	"path"
	"strings"

	"kb/content"
	"kb/content/data"
	"kb/content/sanitize"

	"github.com/yuin/goldmark/ast"
)

// mend names what an author should look at: the same question twice, text
// that only holds a place.
func (p *page) mend() {
	first := map[string]int{}
	for _, e := range p.out.Entries {
		key := strings.ToLower(e.Question)
		if line, ok := first[key]; ok {
			p.problem(e.Pos.Line, "duplicate", "asks the same as line %d", line)
		} else {
			first[key] = e.Pos.Line
		}
		if holdsPlace(e.Question) || holdsPlace(e.Answer.Text) {
			p.problem(e.Pos.Line, "placeholder", "%q only holds a place", e.Question)
		}
		if !e.Answered() {
			p.problem(e.Pos.Line, "unanswered", "%q has no answer", e.Question)
		}
	}
	if p.hint.Duplicates == "first" {
		p.firstOnly()
	}
}

// firstOnly drops entries that ask what one before them asks.
func (p *page) firstOnly() {
	seen := map[string]bool{}
	var kept []*content.Entry
	for _, e := range p.out.Entries {
		if key := strings.ToLower(e.Question); !seen[key] {
			seen[key] = true
			kept = append(kept, e)
		}
	}
	p.out.Entries = kept
}

func (p *page) policy() *sanitize.Policy { return p.reader.policy(p.path) }

// data reads a data file.
func (r *Reader) data(name string, src []byte) (*content.Page, error) {
	src, err := normalize(src)
	if err != nil {
		return nil, err
	}
	docs, err := r.values(name, src)
	if err != nil {
		return nil, err
	}
	p := &page{reader: r, path: name, hint: r.opt.Site.Hint(name), out: &content.Page{Path: name, Form: "data"}}
	p.document = &document{md: r.md, src: src, first: 1, root: ast.NewDocument()}
	if p.hint.Form == "off" {
		return p.out, nil
	}
	walk := data.Walk{FAQ: faqPath(strings.TrimSuffix(name, path.Ext(name))), Lang: r.opt.Site.Lang()}
	n := 0
	for _, v := range docs {
		if title := plain(p.markdown(v.Field("title").String())); p.out.Title == "" {
			p.out.Title = title
		}
		items := walk.Items(v)
		p.addItems(items)
		n += len(items)
	}
	p.explain("data: %s", questions(n))
	if n == 0 && walk.FAQ {
		p.problem(0, "no-question", "no question found in a file that is named like a FAQ")
	}
	p.mend()
	if r.opt.Outline && path.Ext(name) != ".json" {
		p.surveyData(src)
	}
	return p.out, nil
}

// values returns the documents of a data file.
func (r *Reader) values(name string, src []byte) ([]*data.Value, error) {
	if path.Ext(name) != ".json" {
		return data.YAML(src, 1)
	}
	v, size, err := data.JSON(src, 1)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(string(src[size:])) != "" {
		return nil, fmt.Errorf("more than one JSON value")
	}
	return []*data.Value{v}, nil
}
