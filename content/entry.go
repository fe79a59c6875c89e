// Package content holds the nouns of kb: entries, the pages they come from,
// and the corpus of all of them. It knows no file format; parsers are values
// that a caller hands to Load.
package content

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"
)

// An Entry is one question and its answer: what the information retrieval
// literature calls a document.
type Entry struct {
	ID       string    // unique in a Corpus and usable in a URL; set by Load
	Anchor   string    // the id written in the source, or ""
	Fragment string    // the id of the question on the author's own page: Anchor, or what the site's generator makes; "" if unknown
	Source   string    // address of the question on the site it is from, or ""; set by Load
	Question string    // plain text
	Aliases  []string  // other ways to ask it
	Answer   Answer    // zero if nobody has answered yet
	Section  []string  // headings above the question, outermost first, without the page's title
	Tags     []string  // from the source, in its order
	Lang     string    // BCP 47; "" means the language of the site
	Updated  time.Time // zero if unknown
	Hidden   bool      // found inside an HTML comment
	Pos      Pos       // where the question stands
}

// Answered reports whether the entry has an answer.
func (e *Entry) Answered() bool { return e.Answer.HTML != "" }

// An Answer is sanitized once, by the parser that made it. Nothing after the
// parser changes its HTML.
type Answer struct {
	HTML template.HTML // a balanced fragment, safe to show on any page
	Text string        // the same as plain text, blocks separated by newlines
}

// A Page is one content file.
type Page struct {
	Path      string         // slash-separated, below the root it was read from
	Name      string         // as a person would name the file; set by Load
	Title     string         // plain text, or ""
	Meta      map[string]any // front matter, as decoded
	Permalink string         // path at which the front matter puts the page, or ""
	Slug      string         // last part of that path, if the front matter names only this
	Entries   []*Entry       // in document order
	Problems  []Problem
	Form      string   // the form its questions are written in, one of Forms, or ""
	Explain   []string // how the form was chosen, in words
	Outline   *Outline // nil unless it was asked for
}

// A Pos is a place in a source file.
type Pos struct {
	Path string // as a person would name the file
	Line int    // 1-based; 0 means the whole file
}

// String returns path:line, or the path alone for a whole file.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.Path
	}
	return p.Path + ":" + strconv.Itoa(p.Line)
}

// A Problem is something that an author should mend, or that a parser left
// out on purpose. Rule is a stable kebab-case name.
type Problem struct {
	Pos  Pos    `json:"-"`
	Rule string `json:"rule"`
	Msg  string `json:"message"`
}

// String returns the problem in the form that editors and CI systems link:
// path:line: message (rule).
func (p Problem) String() string {
	return p.Pos.String() + ": " + p.Msg + " (" + p.Rule + ")"
}

// A SyntaxError is a place at which a file could not be read.
type SyntaxError struct {
	Line int // 1-based, in the file; 0 if unknown
	Msg  string
}

func (e *SyntaxError) Error() string {
	if e.Line == 0 {
		return e.Msg
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Msg)
}

// EndsAsking reports whether a text ends with a question mark, of any script.
func EndsAsking(text string) bool {
	return strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？") || strings.HasSuffix(text, "؟")
}

// A ReadError is the Problem of a file that was asked for and cannot be read.
type ReadError struct {
	Problem
	Err    error     // what went wrong, or nil
	Others []Problem // of the same file
}

// Error begins with path:line where the line is known.
func (e *ReadError) Error() string {
	if e.Pos.Line == 0 {
		return fmt.Sprintf("read %s: %s", e.Pos.Path, e.Msg)
	}
	return fmt.Sprintf("%s: %s", e.Pos, e.Msg)
}

func (e *ReadError) Unwrap() error { return e.Err }

// A Parser reads one file. Path is slash-separated and relative to the root
// that the file was read from. An error means that nothing in the file could
// be read, and has a SyntaxError in it where the line is known; what could be
// read in part is a Page with Problems. The parser
// leaves every Entry.ID empty. Several goroutines may use it at one time.
type Parser func(path string, src []byte) (*Page, error)
