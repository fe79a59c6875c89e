package main

import (
	"cmp"

	"kb/content"
)

// An entry is a content.Entry as kb prints it in JSON.
type entry struct {
	ID         string   `json:"id"`
	Question   string   `json:"question"`
	Section    []string `json:"section"`
	Anchor     string   `json:"anchor"`
	Answered   bool     `json:"answered"`
	Hidden     bool     `json:"hidden"`
	AnswerText string   `json:"answer_text"`
	AnswerHTML string   `json:"answer_html"`
	Aliases    []string `json:"aliases"`
	Tags       []string `json:"tags"`
	Lang       string   `json:"lang"`
	Updated    string   `json:"updated"`              // YYYY-MM-DD, or ""
	URL        string   `json:"url,omitempty"`        // of its page, below the site's address
	SourceURL  string   `json:"source_url,omitempty"` // of the question on the site it is from
	Path       string   `json:"path,omitempty"`       // where it was read
	Line       int      `json:"line,omitempty"`
}

// newEntry returns e, which is in the language of its site if it names none.
func newEntry(e *content.Entry, site content.Site) entry {
	updated := ""
	if !e.Updated.IsZero() {
		updated = e.Updated.Format("2006-01-02")
	}
	return entry{
		ID: e.ID, Question: e.Question, Section: orEmpty(e.Section), Anchor: e.Anchor,
		Answered: e.Answered(), Hidden: e.Hidden,
		AnswerText: e.Answer.Text, AnswerHTML: string(e.Answer.HTML),
		Aliases: orEmpty(e.Aliases), Tags: orEmpty(e.Tags), Lang: cmp.Or(e.Lang, site.Lang()), Updated: updated,
		SourceURL: e.Source, Path: e.Pos.Path, Line: e.Pos.Line,
	}
}

// orEmpty returns a list that JSON writes as [] and not as null.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
