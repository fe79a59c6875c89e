package web

import (
	"html/template"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"kb/content"
	"kb/content/sanitize"
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

func (sv *server) entryPage(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	st, err := sv.open(s)
	if err != nil {
		return err
	}
	e, err := s.Entry(mux.Vars(r)["id"])
	if err != nil {
		return err
	}
	v := &entryView{Entry: e, Answer: sanitize.Outline(e.Answer.HTML, 2), Near: st.near(e)}
	if v.page, err = sv.newPage(st, r, "entry", "id", e.ID); err != nil {
		return err
	}
	v.Title, v.About, v.Hide = e.Question, opening(e.Answer.Text), !e.Answered()
	return sv.render(w, r, "entry", v)
}

// Foreign returns the language of the entry where it is not the page's own.
func (v *entryView) Foreign() string { return v.foreign(v.Entry.ID) }

// near returns the answered entries of the same section around e.
func (st *site) near(e *content.Entry) []*brief {
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

// A sectionView is the page of one section: all its questions as accordions.
type sectionView struct {
	*page
	In     index.Section
	Items  []*item
	State  []string
	Action string // where the buttons submit to without script
}

func (sv *server) sectionPage(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	st, err := sv.open(s)
	if err != nil {
		return err
	}
	in := st.section(mux.Vars(r)["slug"])
	if in == nil {
		return errNotFound
	}
	p := readParams(r)
	if p.err != nil {
		return p.err
	}
	v := &sectionView{In: *in}
	if v.page, err = sv.newPage(st, r, "section", "slug", in.Slug); err != nil {
		return err
	}
	for _, b := range st.within(in.Path) {
		e, err := s.Entry(b.ID)
		if err != nil {
			return err
		}
		it := v.entryItem(e)
		it.Section = e.Section[len(in.Path):]
		v.Items = append(v.Items, it)
	}
	v.Action = v.Own
	v.State = setOpen(v.Items, p.Values["open"], false)
	v.Title, v.About = in.Path[len(in.Path)-1], strings.Join(in.Path, " › ")
	return sv.render(w, r, "section", v)
}
