package check_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content/check"
	"kb/content/markdown"
)

// TestMend writes an id behind the heading of line 3, or leaves the page alone.
func TestMend(t *testing.T) {
	for src, want := range map[string]string{
		"# FAQ\n\n## Is it?\n\nYes.\n":                               "# FAQ\n\n## Is it? {#new}\n\nYes.\n",
		"\ufeff# FAQ\r\n\r\n## Is it?\r\n\r\nYes.":                   "\ufeff# FAQ\r\n\r\n## Is it? {#new}\r\n\r\nYes.",
		"# FAQ\r\r## Is it?\r\rYes.\r":                               "# FAQ\r\r## Is it? {#new}\r\rYes.\r",
		"# FAQ\n\n  ##\tIs it?  \n\nYes.\n":                          "# FAQ\n\n  ##\tIs it? {#new}  \n\nYes.\n",
		"# FAQ\n\n## Is it? {#old}\n\nYes.\n":                        "# FAQ\n\n## Is it? {#new}\n\nYes.\n",
		"# FAQ\n\n## Is it? {.wide #old aliases=\"a; b\"}\n\nYes.\n": "# FAQ\n\n## Is it? {.wide #new aliases=\"a; b\"}\n\nYes.\n",
		"# FAQ\n\n## Is it? {.wide}\n\nYes.\n":                       "# FAQ\n\n## Is it? {#new .wide}\n\nYes.\n",
		"# FAQ\n\n## Is it C#?\n\nYes.\n":                            "# FAQ\n\n## Is it C#? {#new}\n\nYes.\n",
		"# FAQ\n\n## Is it \\{so}?\n\nYes.\n":                        "# FAQ\n\n## Is it \\{so}? {#new}\n\nYes.\n",

		"# FAQ\n\nIs it?\n------\n\nYes.\n":          "# FAQ\n\nIs it? {#new}\n------\n\nYes.\n",
		"# FAQ\r\n\r\n Is it? {.a}  \r\n---\r\nYes.": "# FAQ\r\n\r\n Is it? {#new .a}  \r\n---\r\nYes.",
		"FAQ\n===\nIs it?\n===\n\nYes.\n":            "FAQ\n===\nIs it? {#new}\n===\n\nYes.\n",

		"# FAQ\n\nIs it\nso?\n------\n\nYes.\n":                             "",
		"# FAQ\n\n## Is it? ##\n\nYes.\n":                                   "",
		"# FAQ\n\n## Is it? <a name=\"old\"></a>\n\nYes.\n":                 "",
		"# FAQ\n\n**Is it?**\n\nYes.\n":                                     "",
		"# FAQ\n\n<details><summary>Is it?</summary>\n\nYes.\n</details>\n": "",
		"# FAQ\n\n## Is it? {#old aliases=\"C#; D\"}\n\n\u0065\u0301\n":     "# FAQ\n\n## Is it? {#new aliases=\"C#; D\"}\n\n\u0065\u0301\n",
	} {
		parse := markdown.New(markdown.Options{}).Parsers()[".md"]
		page, err := parse("faq.md", []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		page.Name = "faq.md"
		ids := map[int]string{3: "new"}
		got, done := check.Mend(page, []byte(src), ids, parse)
		if want == "" {
			if string(got) != src || done != nil {
				t.Errorf("%q became %q", src, got)
			}
			continue
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", src, diff)
		}
		if again, _ := check.Mend(page, got, nil, parse); string(again) != string(got) {
			t.Errorf("%q: without ids it became %q", got, again)
		}
	}
}
