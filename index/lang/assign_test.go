package lang

import (
	"html/template"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"kb/content"
)

// Long enough for kb to be sure.
const (
	english = "You can change your password at any time. Open the settings, choose a new one and confirm it with the code that we send to your phone."
	german  = "Sie können Ihr Passwort jederzeit ändern. Öffnen Sie die Einstellungen, wählen Sie ein neues und bestätigen Sie es mit dem Code, den wir Ihnen schicken."
	italian = "Puoi cambiare la password in qualsiasi momento. Apri le impostazioni, scegline una nuova e confermala con il codice che ti inviamo, se non l'hai già fatto. Quando non arriva, aspetta e chiedilo di nuovo dalla stessa pagina."
	chinese = "您可以随时更改密码。"
	short   = "Wi-Fi"
)

func page(path string, texts ...string) *content.Page {
	p := &content.Page{Path: path}
	for _, t := range texts {
		p.Entries = append(p.Entries, &content.Entry{Question: short, Answer: content.Answer{Text: t, HTML: template.HTML(t)}})
	}
	return p
}

func TestAssign(t *testing.T) {
	said := page("said.md", english)
	said.Entries[0].Lang = "fr"
	german2 := page("a.md", german, short)
	for name, tt := range map[string]struct {
		site  content.Site
		pages []*content.Page
		lang  string   // of the site
		want  []string // of the entries
	}{
		"nothing tells":           {content.Site{}, []*content.Page{page("a.md", short)}, "en", []string{""}},
		"English stays as it was": {content.Site{}, []*content.Page{page("a.md", english, short)}, "en", []string{"", ""}},
		"the text tells":          {content.Site{}, []*content.Page{page("a.md", italian, short)}, "it", []string{"", ""}},
		"most of the text tells":  {content.Site{}, []*content.Page{german2, page("b.md", english)}, "de", []string{"", "", "en"}},
		"another script":          {content.Site{}, []*content.Page{page("a.md", english, english, chinese)}, "en", []string{"", "", "zh"}},
		"an entry says it":        {content.Site{}, []*content.Page{said, page("b.md", english, english)}, "en", []string{"fr", "", ""}},
		"the site says it":        {content.Site{Language: "de"}, []*content.Page{page("a.md", italian)}, "de", []string{""}},
		"a folder says it":        {content.Site{Language: "en"}, []*content.Page{page("docs/pt-BR/a.md", short), page("b.md", english)}, "en", []string{"pt-BR", ""}},
		"a file says it":          {content.Site{}, []*content.Page{page("a.de.md", short), page("a.md", english)}, "en", []string{"de", ""}},
		"it is a department":      {content.Site{}, []*content.Page{page("it/a.md", english)}, "en", []string{""}},
		"the site says it of files": {
			content.Site{Files: []content.FileHint{{Match: "x/", Language: "sv"}}},
			[]*content.Page{page("x/a.md", english), page("b.md", english)}, "en", []string{"sv", ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := content.NewCorpus(tt.site, tt.pages)
			Assign(c)
			var got []string
			for _, e := range c.Entries {
				got = append(got, e.Lang)
			}
			if c.Site.Lang() != tt.lang {
				t.Errorf("site is %q, want %q", c.Site.Lang(), tt.lang)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("entries (-want +got):\n%s", diff)
			}
		})
	}
}

// TestAssignCutsBetweenLetters gives answers whose letters end at every byte of
// the limit.
func TestAssignCutsBetweenLetters(t *testing.T) {
	for _, before := range []string{"", "a", "aa", "aaa"} {
		c := content.NewCorpus(content.Site{}, []*content.Page{page("a.md", before+strings.Repeat("密", 2000))})
		AssignBy(c, func(text string) string {
			if !utf8.ValidString(text) {
				t.Errorf("%q: a text that ends in %q", before, text[len(text)-3:])
			}
			return ""
		})
	}
}
