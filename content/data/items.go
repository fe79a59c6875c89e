package data

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"kb/content"
)

// An Item is a question found in data, with its answer still in Markdown.
type Item struct {
	Question string
	Answer   string // "" if there is none
	Include  string // the file that is said to hold the answer, or ""
	Anchor   string
	Section  []string // names of the groups around it, outermost first
	Aliases  []string // other ways to ask it, translations among them
	Tags     []string
	Lang     string // BCP 47, or ""
	Line     int    // of the question, in the file
}

// Keys by which people name the parts of an item, in the order of preference.
var (
	questionKeys = []string{"question", "q", "frage", "pregunta", "pergunta", "domanda", "вопрос", "问题", "問題", "質問", "질문"}
	titleKeys    = []string{"title", "name", "heading", "header", "summary", "label"}
	answerKeys   = []string{"answer", "a", "response", "reply", "solution", "antwort", "respuesta", "resposta", "risposta", "réponse",
		"reponse", "ответ", "答案", "回答", "답변", "content", "text", "description", "body", "html", "value"}
	includeKeys = []string{"filename", "file", "include", "path", "partial"}
	groupKeys   = []string{"title", "name", "heading", "header", "section", "category", "group", "topic", "label"}
	memberKeys  = []string{"category", "section", "group", "topic"}
	anchorKeys  = []string{"id", "anchor", "slug"}
	labelKeys   = []string{"tags", "aliases", "keywords"}
	ignoredKeys = []string{"metadata", "meta", "seo", "menu", "build", "cascade"}
)

// longQuestion and longAnswer match keys that say more: questionText, answer_html,
// acceptedAnswer.
var (
	longQuestion = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^question[-_]?(text|title|name|html)$`) })
	longAnswer   = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^((accepted|short|long|full|brief|detailed|default)[-_]?answer|(answer|response|text|content)[-_]?(text|html|md|markdown|body|blocks?))$`)
	})
)

var container = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)faq|^(sections?([-_]\w+)?|root|main|mainentity|tabs|items?|questions?|groups?|categories|category|list|lists|entries|data|content|contents|children|qa|qas|q_?and_?a|topics?|blocks?|rows?|accordions?|elements|values?|pages?|params|extra)$`)
})

var named = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)faq|questions?$|^q(_?and_?)?as?$|preguntas|fragen`)
})

var langCode = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[a-z]{2,3}([-_][A-Za-z]{2,4})?$`)
})

// A Walk says how to look for items in data.
type Walk struct {
	FAQ  bool   // everything here is about questions, so a title with a text is an item
	Lang string // BCP 47 language to prefer among translations
}

// Items returns the questions in v, which may stand in maps and lists of any
// depth, in the order written.
func (w Walk) Items(v *Value) []Item {
	k := &walker{Walk: w, container: container(), named: named(), langCode: langCode(), grouped: map[*Value]bool{}}
	if name := k.text(v.Field(memberKeys...)); name != "" {
		k.above = []string{name}
	}
	k.visit(v, place{faq: w.FAQ, root: true})
	return k.items
}

type walker struct {
	Walk
	items                      []Item
	above                      []string // the section that the root gives to all
	container, named, langCode *regexp.Regexp
	grouped                    map[*Value]bool // what groups said
}

// A place is where in the data a value stands.
type place struct {
	faq     bool // below a key that says questions
	root    bool
	section []string
	lang    string
	answer  string // the key of the answers of a list, if it is none of those known
}

func (p place) in(name string) place {
	if name != "" {
		p.section = append(slices.Clip(p.section), name)
	}
	p.root, p.answer = false, ""
	return p
}

// visit takes what questions a value holds, in the order written.
func (w *walker) visit(v *Value, p place) {
	switch v.Kind {
	case List:
		p.root, p.answer = false, w.answerKey(v)
		for _, item := range v.Items {
			w.visit(item, p)
		}
	case Map:
		item, ok := w.item(v, p)
		if ok && (item.Answer != "" && !w.introduces(v) || !w.groups(v, p)) {
			w.items = append(w.items, item)
			return
		}
		if pairs := w.pairs(v, p); len(pairs) > 1 {
			w.items = append(w.items, pairs...)
			return
		}
		w.group(v, p)
	}
}

// introduces reports whether the title and the text of a map may be those of a
// group: it has a field that is named like what holds questions.
func (w *walker) introduces(v *Value) bool {
	return v.named(longQuestion(), questionKeys) == nil && slices.ContainsFunc(v.Fields, func(f Field) bool {
		return f.Value.Kind > Scalar && (w.container.MatchString(f.Key) || w.named.MatchString(f.Key))
	})
}

// groups reports, once for each map, whether questions are in its fields: then a
// question of its own without an answer is a caption, and a title with a text an
// introduction.
func (w *walker) groups(v *Value, p place) bool {
	is, known := w.grouped[v]
	if !known {
		in := *w
		in.items = nil
		in.group(v, p)
		is = len(in.items) > 0
		w.grouped[v] = is
	}
	return is
}

// group visits the fields of a map that is no item.
func (w *walker) group(v *Value, p place) {
	name := ""
	if !p.root {
		name = w.text(w.name(v))
	}
	for _, f := range v.Fields {
		if f.Value.Kind == Scalar || f.Value.Kind == Null || slices.Contains(ignoredKeys, strings.ToLower(f.Key)) {
			continue
		}
		in := p.in(name)
		switch {
		case w.named.MatchString(f.Key):
			in.faq = true
		case w.container.MatchString(f.Key) || name != "":
		case w.langCode.MatchString(f.Key) && len(f.Key) == 2:
			in.lang = f.Key
		case w.entitled(f.Value, in):
		default:
			in = in.in(f.Key)
		}
		w.visit(f.Value, in)
	}
}

// entitled reports whether a value says its own name or question, so that its
// key is an id for the site and no name for the reader.
func (w *walker) entitled(v *Value, p place) bool {
	if v.Kind != Map {
		return false
	}
	_, item := w.item(v, p)
	return item || w.text(v.Field(groupKeys...)) != ""
}

// item returns a map as a question, if it is one: it names one, or it has a title
// and an answer where all is about questions.
func (w *walker) item(v *Value, p place) (Item, bool) {
	q, sure := v.named(longQuestion(), questionKeys), true
	if q == nil {
		q = w.translated(v, questionKeys)
	}
	if q == nil && p.faq {
		q, sure = v.Field(titleKeys...), false
	}
	text := w.text(q)
	if text == "" {
		return Item{}, false
	}
	answer := w.answerTo(v, q)
	if answer == "" && p.answer != "" && (sure || content.EndsAsking(text)) {
		answer = v.Field(p.answer).String()
	}
	if !sure && answer == "" {
		return Item{}, false
	}
	item := Item{Question: text, Answer: answer, Section: p.section, Line: q.Line, Lang: p.lang,
		Aliases: append(v.Field("aliases").Strings(), w.translations(q)...), Tags: v.Field("tags").Strings()}
	if id := v.Field(anchorKeys...).String(); strings.ContainsFunc(id, unicode.IsLetter) {
		item.Anchor = id // a number only counts
	}
	if member := w.text(v.Field(memberKeys...)); member != "" && len(p.section) == 0 && !p.root {
		item.Section = []string{member}
	}
	item.Section = slices.Concat(w.above, item.Section)
	if answer == "" {
		item.Include = v.Field(includeKeys...).String()
	}
	return item, true
}

// flatKey matches a key that asks among those of other questions: q1, question 1,
// faq1Question, shipping_q. Its groups are what is before, the word and the number.
var flatKey = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(.*?)(title|` + strings.Join(questionKeys, "|") + `)([ _-]?\d*)$`)
})

// pairs returns the questions of a map whose keys ask, or say that they do: with a
// number, q1 and a1, or a name, shippingQuestion and shippingAnswer.
func (w *walker) pairs(v *Value, p place) []Item {
	var all []Item
	byKey := map[string]*Value{}
	for _, f := range v.Fields {
		byKey[strings.ToLower(f.Key)] = f.Value
	}
	for _, f := range v.Fields {
		item := Item{Section: slices.Concat(w.above, p.section), Lang: p.lang, Line: f.Line}
		m := flatKey().FindStringSubmatch(f.Key)
		switch {
		case f.Value.Kind != Scalar:
			continue
		case m != nil && mayAsk(f, m, p):
			item.Question = w.text(f.Value)
			a := answerBeside(byKey, m[1], m[3])
			if item.Answer = w.answer(a); a == nil && m[1] != "" {
				continue
			}
		case strings.HasSuffix(f.Key, "?") && strings.Contains(f.Key, " "):
			item.Question, item.Answer = f.Key, w.answer(f.Value)
		default:
			continue
		}
		all = append(all, item)
	}
	return all
}

// mayAsk reports whether a field whose key matches flatKey may be a question. A
// title is none but where all is about questions, and only with a number. What has
// a name has to ask where not all is about questions, and as a title.
func mayAsk(f Field, m []string, p place) bool {
	named, counted := m[1] != "", strings.ContainsAny(m[3], "0123456789")
	title := strings.EqualFold(m[2], "title")
	switch {
	case title && !(p.faq && strings.ContainsAny(f.Key, "0123456789")), !named && !counted:
		return false
	case named && (title || !p.faq):
		return content.EndsAsking(f.Value.String())
	}
	return true
}

// answerBeside returns the answer of which the key begins and ends as that of its
// question, or nil.
func answerBeside(byKey map[string]*Value, before, number string) *Value {
	for _, word := range answerKeys {
		if a := byKey[strings.ToLower(before+word+number)]; a != nil {
			return a
		}
	}
	return nil
}

// text returns a scalar, or the best translation in a map of languages.
func (w *walker) text(v *Value) string {
	if !w.multilingual(v) {
		return strings.Join(strings.Fields(v.String()), " ")
	}
	return strings.Join(strings.Fields(w.best(v).String()), " ")
}

// name returns what a map of questions is called.
func (w *walker) name(v *Value) *Value {
	if name := v.Field(groupKeys...); name != nil {
		return name
	}
	return w.translated(v, groupKeys)
}

// multilingual reports whether the keys of a map are languages.
func (w *walker) multilingual(v *Value) bool {
	if v == nil || v.Kind != Map || len(v.Fields) == 0 {
		return false
	}
	for _, f := range v.Fields {
		if !w.langCode.MatchString(f.Key) {
			return false
		}
	}
	return true
}

// best returns the translation to show: that in the wanted language, else the first.
func (w *walker) best(v *Value) *Value {
	if x := v.Field(w.Lang); x != nil {
		return x
	}
	return v.Fields[0].Value
}

// translations returns the texts in other languages than the best.
func (w *walker) translations(v *Value) []string {
	if !w.multilingual(v) {
		return nil
	}
	var all []string
	for _, f := range v.Fields {
		if f.Value != w.best(v) && f.Value.String() != "" {
			all = append(all, f.Value.String())
		}
	}
	return all
}
