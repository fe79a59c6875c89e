package markdown

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

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
}

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

func (p *page) meta() {
	v := p.front.Value
	if v == nil {
		return
	}
	p.out.Meta, _ = v.Any().(map[string]any)
	p.title = cleanQuestion(plain(render(p.reader.md, v.Field("title").String())))
	p.titled = p.title != ""
	p.out.Title = p.title
	p.address(v)
}

// address takes from the front matter what it says of the page's address.
func (p *page) address(v *data.Value) {
	p.out.Permalink, p.out.Slug = v.Field("permalink", "url").String(), v.Field("slug").String()
	if p.idStyle() != "docusaurus" {
		return
	}
	if strings.HasPrefix(p.out.Slug, "/") {
		p.out.Permalink, p.out.Slug = p.out.Slug, ""
	}
	if p.out.Slug == "" {
		p.out.Slug = v.Field("id").String()
	}
}

func (p *page) draft() bool {
	read := p.reader.opt.Drafts && p.hint.Drafts == "" || p.hint.Drafts == "read"
	v := p.front.Value
	if v == nil || read {
		return false
	}
	published := v.Field("published").String()
	return strings.EqualFold(v.Field("draft").String(), "true") || strings.EqualFold(published, "false")
}

func (p *page) problem(line int, rule, format string, args ...any) {
	p.out.Problems = append(p.out.Problems, content.Problem{
		Pos: content.Pos{Path: p.path, Line: line}, Rule: rule, Msg: fmt.Sprintf(format, args...)})
}

// read finds the entries of the page.
func (p *page) read() {
	if items := p.frontItems(); len(items) > 0 && p.hint.Form != "page" {
		p.addItems(items)
		p.explain("data: %d questions in the front matter", len(items))
		p.out.Form = "data"
		return
	}
	p.blocks = p.document.outline(p.root)
	p.fragments(p.blocks)
	p.findTitle()
	p.findScope()
	numbered(p.blocks)
	chosen := p.choose()
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

// frontItems returns the questions that stand in the front matter.
func (p *page) frontItems() []data.Item {
	v := p.front.Value
	if v == nil {
		return nil
	}
	rest := &data.Value{Kind: data.Map, Line: v.Line}
	for _, f := range v.Fields {
		if f.Value.Kind == data.List || f.Value.Kind == data.Map {
			rest.Fields = append(rest.Fields, f)
		}
	}
	return data.Walk{Lang: p.reader.opt.Site.Lang()}.Items(rest)
}

// findTitle takes the first heading for the title if the front matter has
// none or the same, and a heading that only calls the page a FAQ in any case.
func (p *page) findTitle() {
	ones, top := 0, 7
	firstHeading := -1
	for i, b := range p.blocks {
		if b.kind != headingBlock {
			continue
		}
		if firstHeading < 0 {
			firstHeading = i
		}
		if b.level == 1 {
			ones++
		}
		top = min(top, b.level)
	}
	if firstHeading < 0 {
		return
	}
	h := &p.blocks[firstHeading]
	if footerName().MatchString(h.title) {
		return
	}
	names := p.isFAQName(h.title) && h.level == top && p.count(top) == 1
	if !(h.level == 1 && ones == 1) && !names || p.titled && !names && !strings.EqualFold(h.title, p.title) {
		return
	}
	if !p.titled {
		p.title = cleanQuestion(h.title)
		p.out.Title = p.title
	}
	h.level = 0
}

func (p *page) count(level int) int {
	n := 0
	for _, b := range p.blocks {
		if b.kind == headingBlock && b.level == level {
			n++
		}
	}
	return n
}

// isFAQName remembers what isFAQName says of headings.
func (d *document) isFAQName(s string) bool {
	is, ok := d.faqNames[s]
	if !ok {
		is = isFAQName(s)
		d.faqNames[s] = is
	}
	return is
}

// faqStems are parts of what faqName matches in ASCII: a quick look that
// saves most headings the long one.
var faqStems = []string{"faq", "asked", "question", "q&a", "q & a", "qna", "q-a", "q_a", "q-and-a", "q and a", "fragen", "pregunta", "domande",
	"pergunta", "gestelde", "zadawane", "dotazy", "ofte", "usein", "sorulan", "pertanyaan"}

func mayBeFAQName(s string) bool {
	if !ascii(s) {
		return true
	}
	s = strings.ToLower(s)
	return slices.ContainsFunc(faqStems, func(stem string) bool { return strings.Contains(s, stem) })
}

func isFAQName(s string) bool {
	return mayBeFAQName(s) && faqName().MatchString(s) && !(strings.ContainsAny(s, "?？") && len(strings.Fields(s)) > 4)
}

// findScope restricts the page to its FAQ if only a part of it is one.
func (p *page) findScope() {
	if p.hint.Scope == "" {
		stem := strings.TrimSuffix(p.path, path.Ext(p.path))
		p.called = isFAQName(p.title) || faqPath(stem)
		if p.faq = p.called; p.faq {
			p.cutHead()
			return
		}
	}
	for i, b := range p.blocks {
		if b.kind != headingBlock || !(p.hint.Scope != "" && strings.EqualFold(b.title, p.hint.Scope) || p.hint.Scope == "" && p.isFAQName(b.title)) {
			continue
		}
		end := i + 1
		for end < len(p.blocks) && !(p.blocks[end].kind == headingBlock && p.blocks[end].level <= b.level) {
			end++
		}
		if !p.holds(p.blocks[i+1 : end]) {
			continue
		}
		p.explain("scope: the heading %q on line %d", b.title, b.line)
		p.beside = slices.Concat(p.blocks[:i], p.blocks[end:])
		p.blocks = p.blocks[i+1 : end]
		p.faq = true
		return
	}
	p.faq = p.reader.opt.Site.FAQ && slices.ContainsFunc(p.blocks, p.plainlyAsks)
}

// cutHead leaves out what stands above the one top heading of a page that
// calls it a FAQ, such as a banner, if nothing there asks.
func (p *page) cutHead() {
	at, top := -1, 7
	for i, b := range p.blocks {
		if b.kind == headingBlock && b.level > 0 && b.level < top {
			at, top = i, b.level
		}
	}
	if at > 0 && p.count(top) == 1 && p.isFAQName(p.blocks[at].title) && !slices.ContainsFunc(p.blocks[:at], p.plainlyAsks) {
		p.beside, p.blocks = p.blocks[:at], p.blocks[at:]
	}
}

// plainlyAsks reports whether a block is a question by itself, wherever it
// stands.
func (p *page) plainlyAsks(b block) bool {
	if b.kind == headingBlock || b.kind == itemBlock {
		return endsAsking(b.title) && (b.level > 0 || b.kind == itemBlock) && !footerName().MatchString(b.title)
	}
	return slices.ContainsFunc(b.lines, func(l textLine) bool {
		return prefix(l.text) != "" || l.bold && endsAsking(l.text)
	})
}

func (p *page) holds(blocks []block) bool {
	for _, b := range blocks {
		if b.kind == headingBlock || b.kind == itemBlock || len(b.lines) > 0 && asks(b.lines[0].text) {
			return true
		}
	}
	return false
}

func faqPath(stem string) bool {
	for s := range strings.SplitSeq(strings.ToLower(stem), "/") {
		if mayBeFAQName(s) && faqName().MatchString(strings.TrimLeft(s, "_")) {
			return true
		}
	}
	return false
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

func (p *page) addItems(items []data.Item) {
	for _, it := range items {
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
			e.Answer = p.policy().Answer(p.markdown(it.Answer), content.Slug(e.Question))
		}
		if p.reader.opt.Outline {
			p.surveyItem(p.markdown(it.Answer), it.Line)
		}
		p.include(it.Line, it.Include)
		p.finish(e)
	}
}

func (p *page) finish(e *content.Entry) {
	if v := p.front.Value; v != nil {
		e.Tags = append(v.Field("tags").Strings(), e.Tags...)
		if e.Lang == "" {
			e.Lang = v.Field("language", "lang", "locale").String()
		}
		for _, key := range []string{"lastmod", "last_modified_at", "updated", "lastupdated", "last_updated", "date"} {
			if t, ok := moment(v.Field(key)); ok {
				e.Updated = t
				break
			}
		}
	}
	p.out.Entries = append(p.out.Entries, e)
}

// moment reads a date as front matter has them.
func moment(v *data.Value) (time.Time, bool) {
	if v == nil {
		return time.Time{}, false
	}
	if t, ok := v.Go.(time.Time); ok {
		return t, true
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly, time.DateTime, "2006-01-02T15:04:05", "January 2, 2006", "2006/01/02"} {
		if t, err := time.Parse(layout, v.String()); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
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
			p.problem(d.lineOf(h), "hidden", "%d questions in a comment were not read", n)
		}
	}
	if !read || len(hiding) == 0 {
		return d
	}
	return d.uncommented(hiding)
}
