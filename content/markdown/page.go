package markdown

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"kb/content"
	"kb/content/data"
)

// A page is one file while it is read.
type page struct {
	*document
	reader *Reader
	path   string
	front  data.Front
	hint   content.FileHint
	title  string
	titled bool    // the title is from the front matter
	faq    bool    // everything in scope is a FAQ
	called bool    // it says so itself
	blocks []block // in scope
	beside []block // out of scope
	out    *content.Page

	faqCount map[int]int // what faqHeadings said
}

// page is the content.Parser of Markdown.
func (r *Reader) page(name string, src []byte) (*content.Page, error) {
	src, err := normalize(src)
	if err != nil {
		return nil, err
	}
	front, err := data.FrontMatter(src)
	if err != nil {
		return nil, err
	}
	p := &page{reader: r, path: name, front: front, hint: r.opt.Site.Hint(name), out: &content.Page{Path: name}}
	p.meta()
	if p.hint.Form == "off" {
		return p.out, nil
	}
	if p.draft() {
		p.problem(1, "draft", "page is a draft and was not read")
		return p.out, nil
	}
	p.document = r.document(p, plainTargets(src[front.Size:]), front.Lines+1)
	p.read()
	p.mend()
	if r.opt.Outline {
		p.survey(src[front.Size:])
		p.surveyData(src[:front.Size])
	}
	return p.out, nil
}

func (p *page) problem(line int, rule, format string, args ...any) {
	p.out.Problems = append(p.out.Problems, content.Problem{
		Pos: content.Pos{Path: p.path, Line: line}, Rule: rule, Msg: fmt.Sprintf(format, args...)})
}

// read finds the entries of the page.
func (p *page) read() {
	if items := p.frontItems(false); len(items) > 0 && p.hint.Form != "page" {
		p.addFront(items)
		p.besideFront()
		return
	}
	p.blocks = p.document.outline(p.root)
	p.fragments(p.blocks)
	p.findTitle()
	p.findScope()
	numbered(p.blocks)
	chosen := p.choose()
	if len(chosen.found) == 0 && p.hint.Form == "" {
		if items := p.titledItems(); len(items) > 0 {
			p.addFront(items)
			return
		}
	}
	if len(chosen.found) == 1 {
		f := &chosen.found[0]
		f.aliases = append(f.aliases, p.aliases()...)
	}
	p.out.Form = chosen.form
	for i := range chosen.found {
		p.add(&chosen.found[i])
	}
	p.addProblems(slices.Concat(chosen.problems, p.document.problems))
	p.elsewhere()
	if len(p.out.Entries) == 0 && slices.ContainsFunc(p.blocks, func(b block) bool { return !p.blank(b) }) {
		p.questionless()
	}
}

func (p *page) addFront(items []data.Item) {
	p.addItems(items)
	p.explain("data: %s in the front matter", questions(len(items)))
	p.out.Form = "data"
}

// besideFront names what looks like a question in the text of a page whose
// questions are in its front matter.
func (p *page) besideFront() {
	p.blocks = p.document.outline(p.root)
	p.findTitle()
	p.findScope()
	var taken reading
	for _, e := range p.out.Entries {
		taken.found = append(taken.found, found{question: e.Question, line: e.Pos.Line, block: len(p.blocks)})
	}
	p.leave(taken, p.readings())
	p.addProblems(p.document.problems)
}

// addProblems adds those that are new: two forms may meet the same one.
func (p *page) addProblems(all []content.Problem) {
	seen := map[content.Problem]bool{}
	for _, problem := range p.out.Problems {
		seen[problem] = true
	}
	for _, problem := range all {
		problem.Pos.Path = p.path
		if !seen[problem] {
			seen[problem] = true
			p.out.Problems = append(p.out.Problems, problem)
		}
	}
}

// questionless says that the page has no question, which is worth something
// where its name promises some.
func (p *page) questionless() {
	if p.called {
		p.problem(0, "no-question", "no question found in a page that is named like a FAQ")
		return
	}
	p.problem(0, "article", "no question found")
}

func (p *page) explain(format string, args ...any) {
	p.out.Explain = append(p.out.Explain, fmt.Sprintf(format, args...))
}

// questions says how many there are.
func questions(n int) string {
	if n == 1 {
		return "1 question"
	}
	return fmt.Sprintf("%d questions", n)
}

// add makes an entry of what was found.
func (p *page) add(f *found) {
	if f.question == "" {
		p.problem(f.line, "not-taken", "a question that shows no text: no entry")
		return
	}
	e := &content.Entry{
		Question: f.question, Anchor: f.anchor, Aliases: f.aliases, Section: f.section,
		Pos: content.Pos{Path: p.path, Line: f.line}, Hidden: p.isHidden(f.line), Fragment: f.fragment,
	}
	if e.Fragment == "" {
		e.Fragment = e.Anchor
	}
	if html := p.answer(f); strings.TrimSpace(html) != "" {
		e.Answer = p.policy().Answer(html, content.Slug(f.question))
	}
	p.include(f.line, p.included(f))
	p.finish(e)
}

// addItems makes entries of the questions that data holds.
func (p *page) addItems(items []data.Item) {
	whole := wholeName(items)
	for _, it := range items {
		it.Section = slices.DeleteFunc(slices.Clone(it.Section), func(s string) bool { return s == whole })
		e := &content.Entry{
			Question: cleanQuestion(plain(p.markdown(it.Question))), Anchor: it.Anchor, Fragment: it.Anchor, Aliases: it.Aliases, Section: it.Section,
			Tags: it.Tags, Lang: it.Lang, Pos: content.Pos{Path: p.path, Line: it.Line},
		}
		switch {
		case template(it.Question):
			p.problem(it.Line, "template", "%q is made by a template", it.Question)
			continue
		case e.Question == "":
			p.problem(it.Line, "not-taken", "the question %q shows no text", it.Question)
			continue
		}
		if it.Answer != "" {
			e.Answer = p.policy().Answer(withoutLabel(p.markdown(it.Answer), markingOf(it.Question)), content.Slug(e.Question))
		}
		if p.reader.opt.Outline {
			p.surveyItem(p.markdown(it.Answer), it.Line)
		}
		p.include(it.Line, it.Include)
		p.finish(e)
	}
}

// wholeName returns the one name among the sections of items that calls them all
// a FAQ, or "": two such names tell their sections apart.
func wholeName(items []data.Item) string {
	name := ""
	for _, it := range items {
		for _, s := range it.Section {
			if s == name || !isFAQName(s) {
				continue
			}
			if name != "" {
				return ""
			}
			name = s
		}
	}
	return name
}

// document parses the text of a page, first with its comments as they are,
// then, if they are to be read, without their marks.
func (r *Reader) document(p *page, src []byte, first int) *document {
	md := r.md
	if path.Ext(p.path) == ".mdx" {
		md = r.mdx
	}
	d := parseDocument(md, src, first)
	d.mdx = md == r.mdx
	read := r.opt.Comments && p.hint.Hidden == "" || p.hint.Hidden == "read"
	var comments []*ast.HTMLBlock
	_ = ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.HTMLBlock); ok && entering && isComment(h) {
			comments = append(comments, h)
		}
		return ast.WalkContinue, nil
	})
	p.document = d
	var hiding []*ast.HTMLBlock
	for _, h := range comments {
		n := p.hiddenQuestions(h)
		if n > 0 {
			hiding = append(hiding, h)
		}
		if n > 0 && !read {
			p.problem(d.lineOf(h), "hidden", "not read: %s in a comment", questions(n))
		}
	}
	if !read || len(hiding) == 0 {
		return d
	}
	return d.uncommented(hiding)
}
