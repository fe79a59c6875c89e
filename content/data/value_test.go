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

func FuzzJavaScript(f *testing.F) {
	f.Add([]byte("{a: [1, 'b', `c`, <p>d</p>], ...e, f() { return {} }}"))
	f.Fuzz(func(t *testing.T, src []byte) {
		v, size, err := data.JavaScript(src, 1)
		if err == nil && (v == nil || size > len(src)) {
			t.Errorf("value %v of %d bytes in %d", v, size, len(src))
		}
	})
}
