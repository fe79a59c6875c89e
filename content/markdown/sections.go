package markdown

import (
	"slices"
	"strings"
)

// sections keeps the headings around the block that a form has come to.
type sections struct {
	p     *page
	stack []block
	named []string // what names said, nil if it is to be said anew
}

// enter takes note of a heading; entry says that it is a question and opens
// no section.
func (s *sections) enter(b block, entry bool) {
	s.named = nil
	for n := len(s.stack); n > 0 && s.stack[n-1].level >= b.level; n-- {
		s.stack = s.stack[:n-1]
	}
	if !entry && b.level > 0 && s.p.sectionName(b) {
		s.stack = append(s.stack, b)
	}
}

// names returns the titles of the open sections, outermost first. Questions of
// one section share them.
func (s *sections) names() []string {
	if s.named != nil || len(s.stack) == 0 {
		return s.named
	}
	for _, b := range s.stack {
		s.named = append(s.named, strings.TrimSuffix(cleanSection(b.title), ":"))
	}
	s.named = slices.Clip(s.named)
	return s.named
}

func cleanSection(s string) string {
	if !strings.Contains(s, "{") {
		return strings.TrimSpace(s)
	}
	return strings.TrimSpace(templateText().ReplaceAllString(s, ""))
}

// sectionName reports whether a heading names a section, and not the FAQ as a
// whole or its answers.
func (p *page) sectionName(b block) bool {
	switch v := p.judge(b.title); {
	case v.toc, answersName().MatchString(b.title), b.title == "":
		return false
	case v.faq:
		return p.faqHeadings()[b.level] > 1
	}
	return true
}

// faqHeadings counts, once, the headings that call themselves a FAQ, by level.
func (p *page) faqHeadings() map[int]int {
	if p.faqCount == nil {
		p.faqCount = map[int]int{}
		for _, b := range p.blocks {
			if b.kind == headingBlock && p.isFAQName(b.title) {
				p.faqCount[b.level]++
			}
		}
	}
	return p.faqCount
}
