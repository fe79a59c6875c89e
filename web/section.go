package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/mux"

	"kb/content"
	"kb/index"
	"kb/search"
)

// perSection is the number of questions on a page of a section: more than
// nearly every FAQ has in one, and few enough to send with their answers.
const perSection = 100

// A sectionView is a page of one section: its questions as accordions.
type sectionView struct {
	*page
	In     index.Section
	Items  []*item
	State  string // what is open, the parameter opened
	Action string // where the buttons submit to without script
	pager
}

// A pager links the pages of a list.
type pager struct {
	Number, Last  int
	Before, After string // addresses of the pages next to this one, or ""
}

// newPager returns the pager of page number of a list of that many things.
// It fails on a page that is not there.
func newPager(number, things, perPage int, to func(number int) string) (pager, error) {
	p := pager{Number: number, Last: max(1, (things+perPage-1)/perPage)}
	if number > p.Last {
		return p, errNotFound
	}
	if number > 1 {
		p.Before = to(number - 1)
	}
	if number < p.Last {
		p.After = to(number + 1)
	}
	return p, nil
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
	number := p.number("page", 1, search.MaxOffset, 1)
	if p.err != nil {
		return p.err
	}
	v := &sectionView{In: *in}
	if v.page, err = sv.newPage(st, r, "section", "slug", in.Slug); err != nil {
		return err
	}
	if err := v.fill(s, number); err != nil {
		return err
	}
	v.State = setOpen(v.Items, p.Values, false)
	return sv.render(w, r, "section", v)
}

// Above returns the sections that this one is in.
func (v *sectionView) Above() ([]crumb, error) {
	return v.Crumbs(v.In.Path[:len(v.In.Path)-1])
}

// fill puts a page of questions into the view.
func (v *sectionView) fill(s *search.Searcher, number int) (err error) {
	all, base := v.within(v.In.Path), v.Own
	v.pager, err = newPager(number, len(all), perSection, func(n int) string { return base + "?page=" + strconv.Itoa(n) })
	if err != nil {
		return err
	}
	if number > 1 {
		v.Own += "?page=" + strconv.Itoa(number)
	}
	v.Action = v.Own
	v.Title, v.About = v.In.Path[len(v.In.Path)-1], strings.Join(v.In.Path, " › ")
	var entries []*content.Entry
	for _, b := range all[(number-1)*perSection : min(number*perSection, len(all))] {
		e, err := s.Entry(b.ID)
		if err != nil {
			return err
		}
		entries = append(entries, e)
		it := v.entryItem(e)
		it.Within = len(v.In.Path)
		v.Items = append(v.Items, it)
	}
	v.Data, err = v.questions(entries)
	return err
}
