package content

// SiteFile is the name of the file at a content root that says what belongs
// to the knowledge as a whole.
const SiteFile = "kb.yaml"

// A Site is what a SiteFile says. The zero Site is valid: an English site
// without a name, at no particular address.
type Site struct {
	Title       string     // shown as the name of the site
	Description string     // one sentence about it
	BaseURL     string     // where the pages of the content are published, absolute, or ""
	Language    string     // BCP 47; "" means "en"
	Contact     string     // URL to offer when no answer is good, or ""
	Synonyms    [][]string // each a list of words or phrases that mean the same
	Files       []FileHint // overrules the reading of files, the first match wins

	Logo    string            // URL of an image to show beside the title, or ""
	Accent  string            // colour of links and of what has focus, "#rrggbb", or ""
	Links   []Link            // at the head of every page
	Popular []string          // ids of the entries to offer before anyone has asked
	Words   map[string]string // overrules texts of the interface, by their key
}

// A Link is an address with the text to show for it.
type Link struct {
	Text, URL string
}

// A FileHint overrules how the files that match a glob are read.
type FileHint struct {
	Match string // a path.Match pattern on Page.Path, or a folder ending in "/"
	Form  string // the form that holds the questions; "" means the best one, "off" reads nothing
}

// Lang returns the language of the site, a BCP 47 tag.
func (s Site) Lang() string {
	if s.Language == "" {
		return "en"
	}
	return s.Language
}
