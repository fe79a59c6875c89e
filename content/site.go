package content

import (
	"path"
	"strings"
)

// SiteFile is the name of the file at a content root that says what belongs
// to the knowledge as a whole.
const SiteFile = "kb.yaml"

// A Site is what a SiteFile says. The zero Site is valid: an English site
// without a name, at no particular address.
type Site struct {
	Title       string     // shown as the name of the site
	Description string     // one sentence about it
	BaseURL     string     // where the pages of the content are published, absolute, or ""
	Language    string     // BCP 47; "" means "en", unless a reader finds out more
	Contact     string     // URL to offer when no answer is good, or ""
	Synonyms    [][]string // each a list of words or phrases that mean the same
	OneWay      []Reading  // words or phrases that can be read as others
	Pins        []Pin      // entries that come first for a query
	Anchors     string     // one of AnchorStyles: the generator that publishes the pages, or ""
	Files       []FileHint // overrules the reading of files, the first match wins
	Model       string     // file of the model of meaning, below the content root; "" for the one that ships
	FAQ         bool       // the content was given as a FAQ: true of every site that has a SiteFile

	Logo    string            // URL of an image to show beside the title, or ""
	Accent  string            // colour of links and of what has focus, "#rrggbb", or ""
	Links   []Link            // at the head of every page
	Popular []string          // ids of the entries to offer before anyone has asked
	Words   map[string]string // overrules texts of the interface, by their key

	PopularPos []Pos          `json:"-"` // where each of Popular stands
	WordsPos   map[string]Pos `json:"-"` // where each of Words stands

	Check      map[string]Severity `json:"-"` // overrules the severity of a Rule, by its name
	SynonymPos []Pos               `json:"-"` // where each list of Synonyms stands
}

// SiteProblem returns one of a SiteFile.
func SiteProblem(at Pos, msg string) Problem { return Problem{at, "site-file", msg} }

// SiteError returns a ReadError for the problems of a SiteFile, or nil for none.
func SiteError(problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	return &ReadError{Problem: problems[0], Others: problems[1:]}
}

// A Link is an address with the text to show for it.
type Link struct {
	Text, URL string
}

// A Reading says that each word or phrase of a query that is in From can be read
// as any in To, and not the other way round.
type Reading struct {
	From, To []string
	Pos      Pos `json:"-"`
}

// A Pin puts entries before all others for a query, whatever its case, accents
// and punctuation.
type Pin struct {
	Query string
	IDs   []string // in the order in which they come
	Pos   Pos      `json:"-"`
}

// A FileHint overrules how the files that match a glob are read. A zero field
// leaves the matter to the reader.
type FileHint struct {
	Match           string // a path.Match pattern on Page.Path, or a folder ending in "/"
	Language        string // BCP 47: that of the entries that do not say theirs
	Form            string // one of Forms: the form that holds the questions
	QuestionLevel   int    // level of the headings that are questions, 1 to 6
	Scope           string // text of the heading under which the questions stand
	IncludeHeadings string // regular expression: headings that are questions in spite of their look
	ExcludeHeadings string // regular expression: headings that are not
	Hidden          string // "read" or "skip" what is inside HTML comments
	Drafts          string // "read" or "skip" pages that are drafts
	Duplicates      string // "keep" all entries that ask the same, or only the "first"
	Anchors         string // one of AnchorStyles
}

// Forms returns the forms in which questions are written, by the names that a
// FileHint and an explanation use for them. "auto" takes the best one, "off"
// reads nothing.
func Forms() []string {
	return []string{"auto", "off", "headings", "containers", "qa", "bold", "table", "definitions", "list", "plain", "data", "page"}
}

// AnchorStyles returns the generators whose heading anchors and page addresses
// kb can make: "explicit" makes none and takes the anchors written in the
// source. "jekyll" is kramdown with its parser for GitHub's Markdown, as Jekyll
// has it unless told otherwise.
func AnchorStyles() []string {
	return []string{"explicit", "github", "hugo", "jekyll", "kramdown", "mkdocs", "docusaurus"}
}

// Hint returns the first hint for the page at path.
func (s Site) Hint(name string) FileHint {
	for _, h := range s.Files {
		if ok, err := path.Match(h.Match, name); err == nil && ok {
			return h
		}
		if strings.HasSuffix(h.Match, "/") && strings.HasPrefix(name, h.Match) {
			return h
		}
	}
	return FileHint{}
}

// Lang returns the language of the site, a BCP 47 tag.
func (s Site) Lang() string {
	if s.Language == "" {
		return "en"
	}
	return s.Language
}
