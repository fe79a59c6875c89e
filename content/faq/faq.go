// Package faq holds the FAQ that ships with kb: passkeys, for developers and
// for the people who answer their users. It shows the four forms in which kb
// reads questions: headings, details elements, Bootstrap accordions and a
// list in the front matter.
package faq

import "embed"

// FS is the content root: one Markdown file a topic, and kb.yaml, which says
// what the collection is called and which words mean the same in it.
//
//go:embed *.md kb.yaml
var FS embed.FS
