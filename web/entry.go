package web

import (
	"errors"
	"html/template"
	"net/http"
	"path"
	"strings"

	"github.com/gorilla/mux"

	"kb/content"
	"kb/index"
	"kb/search"
)

// An entryView is the permanent page of one question.
type entryView struct {
	*page
	Entry  *content.Entry
	Answer template.HTML
	Near   []*brief // other questions of its section
}

// maxNear keeps the list of other questions below an answer short.
const maxNear = 6

// entryPage answers with the page of one question, as Markdown or JSON where
// the address ends in .md or .json. An id that ends so itself comes first.
func (sv *server) entryPage(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	st, err := sv.open(s)
	if err != nil {
		return err
	}
	id := mux.Vars(r)["id"]
	e, err := s.Entry(id)
	ext := ""
	if errors.Is(err, index.ErrNoEntry) {
		ext = path.Ext(id)
		e, err = s.Entry(strings.TrimSuffix(id, ext))
	}
	if err != nil {
		return err
	}
	p, err := sv.newPage(st, r, "entry", "id", e.ID)
	if err != nil {
		return err
	}
	switch ext {
	case "":
		return sv.entryHTML(w, r, p, e)
	case ".md":
		return sv.entryMarkdown(w, r, p, e)
	case ".json":
		return sendJSON(w, r, sv.newAnswer(e, s.Snapshot(), p.Own))
	}
	return index.ErrNoEntry
}

func (sv *server) entryHTML(w http.ResponseWriter, r *http.Request, p *page, e *content.Entry) error {
	v := &entryView{page: p, Entry: e, Answer: p.fit(e.Answer.HTML, 2), Near: p.near(e)}
	v.Title, v.Hide = e.Question, !e.Answered()
	if e.Answered() {
		v.About = search.Opening(e.Answer.Text)
		q, err := v.question(e)
		if err != nil {
			return err
		}
		q.Context = schemaOrg
		v.Data = q
	}
	return sv.render(w, r, "entry", v)
}

// Foreign returns the language of the entry where it is not the page's own.
func (v *entryView) Foreign() string { return v.foreign(v.Entry.ID) }

// near returns the answered entries of the same section around e.
func (st *site) near(e *content.Entry) []*brief {
	if len(e.Section) == 0 {
		return nil
	}
	same := st.within(e.Section)
	at := 0
	for i, b := range same {
		if b.ID == e.ID {
			at = i
		}
	}
	var found []*brief
	for i := 1; i < len(same) && len(found) < maxNear; i++ {
		if b := same[(at+i)%len(same)]; b.answered {
			found = append(found, b)
		}
	}
	return found
}
