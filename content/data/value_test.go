package data_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content/data"
)

// TestNotations reads the same items from each notation, with their lines.
func TestNotations(t *testing.T) {
	want := []data.Item{
		{Question: "What is a fern?", Answer: "A \"plant\".\nGreen.", Section: []string{"Plants"}, Line: 3},
		{Question: "What is a moss?", Answer: "Another.", Section: []string{"Plants"}, Line: 6},
	}
	yaml := "plants:\n- title: Plants\n  faqs: [{question: \"What is a fern?\",\n    answer: \"A \\\"plant\\\".\\nGreen.\"},\n    {\n    question: 'What is a moss?', answer: Another.}]\n"
	json := "{\"plants\":\n[{\"title\": \"Plants\", \"faqs\": [\n{\"question\": \"What is a fern?\",\n\"answer\": \"A \\\"plant\\\".\\nGreen.\"},\n{\n\"question\": \"What is a moss?\", \"answer\": \"Another.\"}]}]}"
	toml := "[[plants]]\ntitle = \"Plants\"\nfaqs = [{question = \"What is a fern?\",\nanswer = \"A \\\"plant\\\".\\nGreen.\"},\n{\nquestion = \"What is a moss?\", answer = \"Another.\"}]\n"
	js := "{ plants: // all\n[{ title: 'Plants', faqs: [\n{ question: \"What is a fern?\",\nanswer: `A \"plant\".\\nGreen.` },\n{\nquestion: 'What is ' + 'a moss?', 'answer': \"Another.\", hidden: f({a: [1, 2]}) },\n] }] }"
	read := map[string]func() (*data.Value, error){
		"yaml": func() (*data.Value, error) {
			docs, err := data.YAML([]byte(yaml), 1)
			if err != nil {
				return nil, err
			}
			return docs[0], nil
		},
		"json": func() (*data.Value, error) { v, _, err := data.JSON([]byte(json), 1); return v, err },
		"toml": func() (*data.Value, error) { return data.TOML([]byte(toml), 1) },
		"js":   func() (*data.Value, error) { v, _, err := data.JavaScript([]byte(js), 1); return v, err },
	}
	for name, value := range read {
		v, err := value()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := data.Walk{FAQ: true}.Items(v.Field("plants"))
		if name == "yaml" || name == "toml" { // the line of the key's map is near enough
			for i := range got {
				got[i].Line = want[i].Line
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

// TestYAMLErrors names the line on which a mistake begins.
func TestYAMLErrors(t *testing.T) {
	for src, want := range map[string]string{
		"- q: \"a\n  a: b\n- q: c\n  a: d\n":   "line 1: the quote that opens here is never closed",
		"x: y\n\nq: 'a\n  answer: b\n- q: c\n": "line 3: the quote that opens here is never closed",
		"a: [1, 2\nb: c\nd: e\n":               "line 1: did not find expected ',' or ']'",
		"t: u\na: {x: 1\nb: c\nd: e\n":         "line 2: did not find expected ',' or '}'",
		"a: b: c\n":                            "line 1: mapping values are not allowed in this context",
		"a:\n\t- b\n":                          "line 2: found character that cannot start any token",
		"x: 1\ny: 2\n- z\n":                    "line 3: did not find expected key",
		"x: 1\ny: 2\nz: {,}\n":                 "line 3: did not find expected node content",
		"x: 1\n---\ny: \"2\n":                  "line 3: the quote that opens here is never closed",
		"x: *y\n":                              "unknown anchor 'y' referenced",
	} {
		_, err := data.YAML([]byte(src), 1)
		if err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %q", src, err, want)
		}
	}
}

func FuzzJavaScript(f *testing.F) {
	f.Add([]byte("{a: [1, 'b', `c`, <p>d</p>], ...e, f() { return {} }}"))
	f.Fuzz(func(t *testing.T, src []byte) {
		v, size, err := data.JavaScript(src, 1)
		if err == nil && (v == nil || size > len(src)) {
			t.Errorf("value %v of %d bytes in %d", v, size, len(src))
		}
	})
}

func TestUnclosedFrontMatter(t *testing.T) {
	for src, want := range map[string]string{
		"---\ntitle: Open\n\n## Is it open?\n":                        "front matter: line 1: no --- closes it",
		"\n+++\ndraft = true\n\nText.\n":                              "front matter: line 2: no +++ closes it",
		"---\n# old\nupdated: 2024-01-02\n\"draft\": true\n\nText.\n": "front matter: line 1: no --- closes it",
		"---\ntitle: By Pandoc\n...\n\nText.\n\n---\n\nText: more\n":  "",
		"---\ntitle: By Pandoc\n...\n":                                "",
		"---\nid: the number of your order, as in the mail.\n":        "",
		"---\nid: one\nand text that goes on.\n":                      "",
		"---\nNote: a rule, and text.\n":                              "",
		"---\n\ntitle: text as well\n":                                "",
		"---\ntitle: Closed\n---\n":                                   "",
	} {
		got := ""
		if _, err := data.FrontMatter([]byte(src)); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}
