// Package sanitize is the one HTML policy of kb: it makes answers that are
// safe to show on any page out of whatever HTML an author wrote.
//
// What stays: text and its phrasing, paragraphs, lists, description lists,
// tables, quotes, code, figures, images from http, https and relative
// addresses, links to those, mailto and tel, headings, and details elements.
// What does not: scripts, styles, handlers, forms, frames, SVG, MathML, other
// addresses, and classes. Unknown elements leave their content behind; film
// and frames leave a link.
//
// What stays is decided by bluemonday, with the policy in policy.go. It reads
// every answer last of all, after its tags are balanced, its links resolved and
// its code highlighted, and what it writes is the answer. Tests hold that a
// browser reads an answer as the nodes that it was written from, that nothing
// is in it that they do not know, and that another reading changes nothing.
//
// # Headings
//
// An answer stands below its question. Its headings keep their order and begin
// at TopHeading, each one level deeper than the heading it stands under, down
// to h6, so that no level is ever left out. A page whose questions are not
// h3 moves them with Outline.
//
// # Ids
//
// An id gets "kb-" in front, and the prefix of its answer, so that content can
// take the name of nothing else on a page. Links to it inside the answer
// follow; links to other fragments stay as they are.
//
// # Links
//
// Links carry no rel and no target: the content is the site owner's own, who
// vouches for it, and nothing opens a window that a rel would have to guard.
//
// # Classes
//
// These and no others occur in an answer:
//
//	language-*                      on pre and code, as the author named it
//	kb-left, kb-center, kb-right    on td and th: the alignment of a cell
//	kb-short                        on td and th, behind that: a cell of few letters
//	hl-*                            on span in highlighted code; see Classes
package sanitize

import (
	"html/template"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"

	"kb/content"
)

// A Policy makes answers safe to show on any page. It may be used by several
// goroutines at one time.
type Policy struct {
	base     *url.URL
	lexers   *lexers
	allow    func() *bluemonday.Policy
	scanners *sync.Pool // of *scanner
}

// New returns a policy that resolves relative links against base, or leaves
// them relative if base is nil. The first code in each programming language
// takes about 1 ms more than what follows.
func New(base *url.URL) *Policy {
	return &Policy{base: base, lexers: new(lexers), allow: sync.OnceValue(allowlist), scanners: new(sync.Pool)}
}

// At returns the policy for content whose relative links are meant from base.
// It shares with p what the first answer and the first code in a language cost.
func (p *Policy) At(base *url.URL) *Policy {
	q := *p
	q.base = base
	return &q
}

// Answer returns the fragment as an answer: sanitized, balanced, with links
// resolved and code highlighted. Ids in it begin with "kb-", and with the
// prefix and a hyphen if there is one. The fragment may be any bytes. An
// answer that holds neither text nor an image is the zero Answer. Giving an
// answer's HTML to Answer again, with the same prefix, changes nothing.
func (p *Policy) Answer(fragment, prefix string) content.Answer {
	root := p.balance(valid(fragment))
	all := elementsIn(root, nil)
	t := &tree{base: p.base, prefix: idPrefix(prefix)}
	t.arrange(all)
	text := plain(root)
	if text == "" && !slices.ContainsFunc(all, isImage) {
		return content.Answer{}
	}
	p.lexers.highlight(all)
	return content.Answer{HTML: template.HTML(p.allowed(render(root))), Text: text}
}

// allowed returns what of an answer the policy allows.
func (p *Policy) allowed(answer string) string {
	var b strings.Builder
	b.Grow(len(answer))
	if err := p.allow().SanitizeReaderToWriter(strings.NewReader(answer), &b); err != nil {
		panic(err) // a strings.Reader has no error, and a strings.Builder takes all
	}
	return b.String()
}

// Text returns the plain text of a fragment: blocks are separated by an empty
// line, list items and table rows by a line break, items begin with "- " or a
// number and a point, cells are joined by " | ", and pre is as it was written.
// It is in Unicode's form NFC, without control, bidirectional override and
// invisible characters.
func Text(fragment string) string {
	return plain(balance(valid(fragment)))
}

// valid replaces what is not UTF-8.
func valid(fragment string) string { return strings.ToValidUTF8(fragment, "\uFFFD") }
