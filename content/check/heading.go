package check

import "kb/content"

// emptySections finds headings with nothing below them that are no questions:
// a question without an answer is a problem of its own.
func emptySections(in Input) []content.Problem {
	var all []content.Problem
	for _, p := range in.Corpus.Pages {
		if p.Outline == nil {
			continue
		}
		asked := map[int]bool{}
		for _, e := range p.Entries {
			asked[e.Pos.Line] = true
		}
		hs := p.Outline.Headings
		for i, h := range hs {
			last := i == len(hs)-1
			if h.Empty && !asked[h.Line] && h.Text != "" && (last && i > 0 || !last && hs[i+1].Level <= h.Level) {
				all = append(all, problem(content.Pos{Path: p.Name, Line: h.Line}, "empty-section", "nothing stands below %q", h.Text))
			}
		}
	}
	return all
}

// headingSkips finds headings that leave out a level, which those lose who
// have the outline of a page read to them.
func headingSkips(in Input) []content.Problem {
	var all []content.Problem
	for _, p := range in.Corpus.Pages {
		if p.Outline == nil {
			continue
		}
		before := 0
		for _, h := range p.Outline.Headings {
			if before > 0 && h.Level > before+1 {
				all = append(all, problem(content.Pos{Path: p.Name, Line: h.Line}, "heading-skip",
					"a heading of level %d stands below one of level %d", h.Level, before))
			}
			before = h.Level
		}
	}
	return all
}
