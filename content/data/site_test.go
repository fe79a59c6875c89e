package data_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content"
	"kb/content/data"
)

func TestParseSite(t *testing.T) {
	src := `
title: Garden help
description: All about plants.
base_url: https://example.org/help/
language: pt-BR
contact: mailto:help@example.org
synonyms:
  - [shovel, spade]
  - [bug, pest, vermin]
  - {from: mobile, to: [cell phone, handset]}
pins:
  how much: price
  help: [contact, chat]
files:
  - match: old/
    form: "off"
  - match: "*.md"
    form: headings
    question_level: 3
    scope: FAQ
    include_headings: ^Error
    exclude_headings: ^Note
    hidden: read
    drafts: skip
    duplicates: first
    anchors: hugo
check:
  typo: off
  near-duplicate: error
`
	want := &content.Site{
		Title: "Garden help", Description: "All about plants.", BaseURL: "https://example.org/help/", Language: "pt-BR",
		Contact: "mailto:help@example.org", FAQ: true, Synonyms: [][]string{{"shovel", "spade"}, {"bug", "pest", "vermin"}},
		Files: []content.FileHint{
			{Match: "old/", Form: "off"},
			{Match: "*.md", Form: "headings", QuestionLevel: 3, Scope: "FAQ", IncludeHeadings: "^Error", ExcludeHeadings: "^Note",
				Hidden: "read", Drafts: "skip", Duplicates: "first", Anchors: "hugo"},
		},
		Check:  map[string]content.Severity{"typo": content.Off, "near-duplicate": content.Error},
		OneWay: []content.Reading{{From: []string{"mobile"}, To: []string{"cell phone", "handset"}, Pos: content.Pos{Path: "kb.yaml", Line: 10}}},
		Pins: []content.Pin{
			{Query: "how much", IDs: []string{"price"}, Pos: content.Pos{Path: "kb.yaml", Line: 12}},
			{Query: "help", IDs: []string{"contact", "chat"}, Pos: content.Pos{Path: "kb.yaml", Line: 13}},
		},
		SynonymPos: []content.Pos{{Path: "kb.yaml", Line: 8}, {Path: "kb.yaml", Line: 9}},
	}
	got, err := data.ParseSite("kb.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got, err := data.ParseSite("kb.yaml", nil); err != nil || !cmp.Equal(got, &content.Site{FAQ: true}) {
		t.Errorf("an empty file gives %+v, %v", got, err)
	}
}

func TestParseSiteErrors(t *testing.T) {
	for src, want := range map[string]string{
		"titel: x\n":                                        `kb.yaml:1: unknown key "titel", nearest valid key: "title"`,
		"title: x\n\nbaseurl: y\n":                          `kb.yaml:3: unknown key "baseurl", nearest valid key: "base_url"`,
		"files:\n  - {match: a, zzzzzz: b}\n":               `kb.yaml:2: unknown key "zzzzzz"; valid keys: anchors, drafts, duplicates, exclude_headings, form, hidden, include_headings, language, match, question_level, scope`,
		"title: x\ncontact: caf\xe9\n":                      `kb.yaml:2: invalid UTF-8: save the file as UTF-8`,
		"title: [a]\n":                                      `kb.yaml:1: title: want a text`,
		"title: a\ntitle: b\n":                              `kb.yaml:2: key "title" is there twice`,
		"base_url: /help\n":                                 `kb.yaml:1: base_url: "/help" is not an absolute URL (http, https)`,
		"language: 99\n":                                    `kb.yaml:1: language: "99" is not a BCP 47 language such as en or pt-BR`,
		"synonyms: a\n":                                     `kb.yaml:1: synonyms: want a list`,
		"synonyms:\n  - [a]\n":                              `kb.yaml:2: synonyms: want at least two words that mean the same`,
		"synonyms:\n  - {from: a}\n":                        `kb.yaml:2: synonyms: want from, the words of a query, and to, what they can be read as`,
		"synonyms:\n  - {from: a, too: b}\n":                `kb.yaml:2: unknown key "too", nearest valid key: "to"`,
		"pins: [a]\n":                                       `kb.yaml:1: pins: want queries, each with the id of an entry`,
		"pins:\n  how: []\n":                                `kb.yaml:2: pins: "how" wants the id of an entry, or a list of them`,
		"files:\n  - form: headings\n":                      `kb.yaml:2: files: want a key "match" that says which files`,
		"files:\n  - match: a\n    form: head\n":            `kb.yaml:3: form: "head" is none of auto, off, headings, containers, qa, bold, table, definitions, list, plain, data, page`,
		"files:\n  - match: '['\n":                          `kb.yaml:2: match: "[" is not a pattern such as "help/*.md" or a folder such as "help/"`,
		"files:\n  - match: a\n    question_level: 7\n":     `kb.yaml:3: question_level: want a heading level from 1 to 6`,
		"files:\n  - match: a\n    exclude_headings: '('\n": "kb.yaml:3: exclude_headings: error parsing regexp: missing closing ): `(`",
		"check:\n  tpyo: off\n":                             `kb.yaml:2: unknown key "tpyo", nearest valid key: "typo"`,
		"check: {typo: warning}\n":                          `kb.yaml:1: typo: "warning" is none of off, note, error`,
		"a: [\n":                                            `kb.yaml:1: did not find expected node content`,
		"- a\n":                                             `kb.yaml:1: want keys and values`,
		"a: b\n---\nc: d\n":                                 `kb.yaml:3: more than one document`,
	} {
		_, err := data.ParseSite("kb.yaml", []byte(src))
		if err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", src, err, want)
		}
	}
}
