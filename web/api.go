package web

import (
	"encoding/json"
	"net/http"

	"github.com/gorilla/mux"

	"kb/content"
	"kb/index"
	"kb/search"
)

// maxSuggestions bounds what a suggestion list can show.
const maxSuggestions = 20

func (sv *server) apiSearch(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	st, err := sv.open(s)
	if err != nil {
		return err
	}
	p := readParams(r)
	q := search.Query{
		Text:    p.text("q"),
		Section: st.param(p),
		Lang:    p.text("lang"),
		Limit:   p.number("limit", 1, search.MaxLimit, search.DefaultLimit),
		Offset:  p.number("offset", 0, search.MaxOffset, 0),
		Explain: p.flag("explain"),
	}
	if err := p.only(); err != nil {
		return err
	}
	res, err := s.Search(r.Context(), q)
	if err != nil {
		return err
	}
	for i := range res.Hits {
		h := &res.Hits[i]
		h.AnswerHTML = sv.relink(h.AnswerHTML)
		if h.URL, err = sv.path("entry", "id", h.ID); err != nil {
			return err
		}
	}
	return sendJSON(w, r, res)
}

func (sv *server) apiSuggest(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	if s == nil {
		return errNoIndex
	}
	p := readParams(r)
	text, limit := p.text("q"), p.number("limit", 1, maxSuggestions, search.DefaultLimit)
	if err := p.only(); err != nil {
		return err
	}
	found, err := s.Suggest(r.Context(), text, limit)
	if err != nil {
		return err
	}
	for i := range found {
		if found[i].URL, err = sv.path("entry", "id", found[i].ID); err != nil {
			return err
		}
	}
	return sendJSON(w, r, struct {
		Query       string              `json:"query"`
		Generation  string              `json:"generation"`
		Suggestions []search.Suggestion `json:"suggestions"`
	}{text, s.Snapshot().Digest(), append([]search.Suggestion{}, found...)})
}

func (sv *server) apiSections(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	st, err := sv.open(s)
	if err != nil {
		return err
	}
	if err := readParams(r).only(); err != nil {
		return err
	}
	return sendJSON(w, r, struct {
		Generation string          `json:"generation"`
		Sections   []index.Section `json:"sections"`
	}{st.digest, append([]index.Section{}, st.sections...)})
}

// An answer is an entry as programs read it, the same as `kb list --json`
// prints, with the digest of the index that it is from.
type answer struct {
	ID       string   `json:"id"`
	Question string   `json:"question"`
	Section  []string `json:"section"`
	Anchor   string   `json:"anchor"`
	Answered bool     `json:"answered"`
	Hidden   bool     `json:"hidden"`
	Text     string   `json:"answer_text"`
	HTML     string   `json:"answer_html"`
	Aliases  []string `json:"aliases"`
	Tags     []string `json:"tags"`
	Lang     string   `json:"lang"`
	Updated  string   `json:"updated"` // YYYY-MM-DD, or ""
	URL      string   `json:"url"`
	Source   string   `json:"source_url"` // of the question on the site it is from, or ""

	Generation string `json:"generation"`
}

func (sv *server) newAnswer(e *content.Entry, s *index.Snapshot, url string) answer {
	a := answer{
		ID: e.ID, Question: e.Question, Anchor: e.Anchor, Answered: e.Answered(), Hidden: e.Hidden,
		Section: append([]string{}, e.Section...), Aliases: append([]string{}, e.Aliases...), Tags: append([]string{}, e.Tags...),
		Text: e.Answer.Text, HTML: string(sv.relink(e.Answer.HTML)), Lang: e.Lang, URL: url, Source: e.Source, Generation: s.Digest(),
	}
	if a.Lang == "" {
		a.Lang = s.Info().Site.Lang()
	}
	if !e.Updated.IsZero() {
		a.Updated = e.Updated.Format("2006-01-02")
	}
	return a
}

func (sv *server) apiEntry(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	if s == nil {
		return errNoIndex
	}
	if err := readParams(r).only(); err != nil {
		return err
	}
	e, err := s.Entry(mux.Vars(r)["id"])
	if err != nil {
		return err
	}
	url, err := sv.path("entry", "id", e.ID)
	if err != nil {
		return err
	}
	return sendJSON(w, r, sv.newAnswer(e, s.Snapshot(), url))
}

// openapi answers with the description of the API, which lies beside the code
// and is tested against it.
func (sv *server) openapi(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	b, err := embedded.ReadFile("api/openapi.json")
	if err != nil {
		return err
	}
	return send(w, r, "application/json", b)
}

func sendJSON(w http.ResponseWriter, r *http.Request, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return send(w, r, "application/json", append(b, '\n'))
}
