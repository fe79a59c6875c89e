package web

import (
	"kb/content"
)

// The types of https://schema.org that pages carry as JSON-LD.
type (
	schemaQuestion struct {
		Context  string        `json:"@context,omitempty"`
		Type     string        `json:"@type"`
		Name     string        `json:"name"`
		URL      string        `json:"url"`
		Lang     string        `json:"inLanguage,omitempty"`
		Modified string        `json:"dateModified,omitempty"`
		Answer   *schemaAnswer `json:"acceptedAnswer,omitempty"`
	}

	schemaAnswer struct {
		Type string `json:"@type"`
		Text string `json:"text"`
		URL  string `json:"url"`
	}

	schemaFAQ struct {
		Context   string           `json:"@context"`
		Type      string           `json:"@type"`
		Name      string           `json:"name"`
		URL       string           `json:"url"`
		Lang      string           `json:"inLanguage,omitempty"`
		Questions []schemaQuestion `json:"mainEntity"`
	}
)

const schemaOrg = "https://schema.org"

// question returns an answered entry as a Question without context.
func (p *page) question(e *content.Entry) (schemaQuestion, error) {
	path, err := p.Path("entry", "id", e.ID)
	q := schemaQuestion{
		Type: "Question", Name: e.Question, URL: p.Abs(path), Lang: e.Lang, Modified: day(e.Updated),
		Answer: &schemaAnswer{Type: "Answer", Text: string(p.fit(e.Answer.HTML, 2)), URL: p.Abs(path)},
	}
	if q.Lang == "" {
		q.Lang = p.Lang()
	}
	return q, err
}

// questions returns the FAQPage of the answered among the entries, or nil if
// there is none.
func (p *page) questions(entries []*content.Entry) (any, error) {
	faq := &schemaFAQ{Context: schemaOrg, Type: "FAQPage", Name: p.Title, URL: p.Abs(p.Own), Lang: p.Lang()}
	for _, e := range entries {
		if !e.Answered() {
			continue
		}
		q, err := p.question(e)
		if err != nil {
			return nil, err
		}
		faq.Questions = append(faq.Questions, q)
	}
	if len(faq.Questions) == 0 {
		return nil, nil
	}
	return faq, nil
}
