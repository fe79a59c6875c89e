package content

// A Severity says what a Problem is worth to the owner of a site.
type Severity string

// The severities. A visitor meets an Error: it is to be mended before the
// content is published. A Note is for an author to judge.
const (
	Off   Severity = "off"
	Note  Severity = "note"
	Error Severity = "error"
)

// Severities returns all severities, the least first.
func Severities() []Severity { return []Severity{Off, Note, Error} }

// A Rule is a kind of Problem.
type Rule struct {
	Name     string   // Problem.Rule
	Severity Severity // unless the site says otherwise
	Doc      string   // what is wrong, in one line
}

// Rules returns what kb can find to mend: first what a reader meets, then what
// is found in the content as a whole, then what only a search can tell.
func Rules() []Rule {
	return []Rule{
		{"unreadable", Error, "a file that cannot be read: its questions are missing"},
		{"site-file", Error, "a kb.yaml that kb does not understand"},
		{"no-question", Error, "a page that is named like a FAQ and has no question"},
		{"unanswered", Error, "a question without an answer"},
		{"placeholder", Error, "a text that only holds a place, such as lorem ipsum or TODO"},
		{"duplicate", Note, "the same question twice, on one page or on two"},
		{"duplicate-id", Error, "an id in the source that another entry has: links to it lead there"},
		{"numbered-id", Note, "an id that is numbered since a like question has it: it may change"},
		{"not-taken", Note, "what looks like a question and was not read as one"},
		{"footer", Note, "what stands among the questions and only points elsewhere"},
		{"template", Note, "a question or an answer that a template makes: kb sees none of it"},
		{"include", Note, "an answer with a part in another file, which kb does not read"},
		{"html", Note, "HTML that kb had to leave out or to mend"},
		{"hidden", Note, "questions inside an HTML comment"},
		{"draft", Note, "a page that is a draft and was not read"},
		{"index", Note, "a folder of an index: it is not read"},
		{"article", Off, "an ordinary page without a question"},
		{"ignore", Error, "a kb-check-ignore comment that names no rule, or one that kb does not know"},

		{"dead-link", Error, "a relative link to a file that is not there"},
		{"dead-fragment", Error, "a link to a place that is not on its page"},
		{"missing-image", Error, "an image that is not there"},
		{"empty-section", Note, "a heading with nothing below it"},
		{"heading-skip", Note, "a heading two or more levels below the one before it"},
		{"long-answer", Note, "an answer that fills more than two screens"},
		{"stale", Error, "an answer that was not updated within --max-age"},
		{"alias-hides", Error, "an alias that is the question of another entry"},
		{"missing-id", Off, "a question whose id is not written in the source and changes with its words"},

		{"near-duplicate", Note, "two questions that mean the same, with how alike they are from 0 to 1: by letters, and in English by meaning"},
		{"competing", Note, "two questions, or aliases, that one query asks for"},
		{"unfindable", Error, "a question that a search for it does not find among the first three"},
		{"typo", Note, "a question that a search for it with one typing error does not find"},
		{"answer-words", Note, "a long answer in English that has no word of its question and means something else"},
		{"idle-synonym", Note, "synonyms of kb.yaml by which nothing more is found"},
	}
}

// RuleNamed returns the rule of that name. A rule that is not in Rules is an
// Error.
func RuleNamed(name string) (r Rule, known bool) {
	for _, r := range Rules() {
		if r.Name == name {
			return r, true
		}
	}
	return Rule{Name: name, Severity: Error}, false
}

// Severity returns what problems of a rule are worth on the site.
func (s Site) Severity(rule string) Severity {
	if own, ok := s.Check[rule]; ok {
		return own
	}
	r, _ := RuleNamed(rule)
	return r.Severity
}

// An Outline is what stands in the source of a page, whether it belongs to an
// entry or not. Lines are those of the file, 1-based.
type Outline struct {
	Headings   []Heading
	References []Reference
	IDs        []string  // written in the source: of headings and of HTML
	Comments   []Comment // in document order
	Open       bool      // a template or another file adds to the page
}

// A Heading is one of any level, whether or not it is a question.
type Heading struct {
	Level int // 1 to 6
	Text  string
	Line  int
	Empty bool // nothing stands between it and the next heading
}

// A Reference is a link or an image.
type Reference struct {
	Target string // as written, without the escapes of Markdown and HTML
	Image  bool
	Line   int
}

// A Comment is one that no reader of the page sees.
type Comment struct {
	Text string // without its marks
	Line int    // of its beginning
	Next int    // first line of the block below it; 0 if there is none
	End  int    // last line of that block
}
