package markdown_test

import (
	"fmt"
	"strings"
	"testing"

	"kb/content/markdown"
)

// TestHostile reads input made to cost far more than its size. Each ends with
// its question or with an error that says what is too much; without the
// limits, several take hours or all memory, and the test its time.
func TestHostile(t *testing.T) {
	const head = "# FAQ\n\n## What is this?\n\nAn answer.\n\n"
	r := strings.Repeat
	inputs := map[string]struct{ name, src, err string }{
		"emphasis":        {"faq.md", head + r("*a_ ", 50_000), ""},
		"links":           {"faq.md", head + r("[a](<b", 50_000), ""},
		"brackets":        {"faq.md", head + r("[", 50_000) + r("]", 50_000), ""},
		"backticks":       {"faq.md", head + ascending("`", 1500), ""},
		"nested lists":    {"faq.md", head + r("- ", 100_000) + r("\n", 5000), ""},
		"nested quotes":   {"faq.md", head + r("> ", 100_000), ""},
		"wide table":      {"faq.md", head + r("a|", 1400) + "\n" + r("-|", 1400) + "\n" + r("a\n", 1400), ""},
		"notes":           {"faq.md", head + numbered("x[^%d]\n\n[^%[1]d]: y\n\n", 30_000), ""},
		"open elements":   {"faq.md", head + r("<div>\n\n", 50_000), ""},
		"deep elements":   {"faq.md", head + r("<div>", 5000) + "<details><summary>Q?</summary>A</details>", ""},
		"nested items":    {"faq.md", head + r("<ul><li><div>Why?</div>", 150) + r("<p>So.</p>", 50_000), ""},
		"open details":    {"faq.md", head + r("<details><summary>Why?</summary>\n\n", 5000), ""},
		"open tags":       {"faq.md", head + r("{{< a ", 50_000), ""},
		"shortcodes":      {"faq.md", head + r("{{< details \"Why?\" >}}\n", 5000) + r("{{< /details >}}\n", 5000), ""},
		"components":      {"faq.mdx", head + r("<Accordion title=\"Why?\">\n", 5000) + r("</Accordion>\n", 5000), ""},
		"open components": {"faq.mdx", head + r("<Accordion title={\n", 5000), ""},
		"exports":         {"faq.mdx", head + numbered("export const a%d = 1\n\n", 20_000), ""},
		"open exports":    {"faq.mdx", head + numbered("export const a%d = (\n\n", 5000), ""},
		"open functions":  {"faq.mdx", head + numbered("export function a%d(\n\n", 5000), ""},
		"open values":     {"faq.mdx", head + numbered("export const a%d = [ /*\n\n", 5000), ""},
		"open strings":    {"faq.mdx", head + "export const a = " + r("('\\'=/[", 10_000), ""},
		"colons":          {"faq.md", head + r("::: details Why?\n", 5000), ""},
		"indented":        {"faq.mdx", head + r("<details>\n    <summary>Why?</summary>\n\n    So\n        it\n\n", 5000), ""},
		"called":          {"faq.md", head + r("{% faq(q=\"Why?\") %}\n[{", 5000) + r("\n{% end %}", 5000), ""},
		"indented HTML":   {"faq.md", head + r("<div>\n\n    </div>\n    <dt>x\n\n", 10_000), ""},
		"FAQ headings":    {"faq.md", head + r("# FAQ\n- x?\n", 10_000), ""},
		"equal questions": {"faq.md", "# FAQ\n\n" + r("## What is this?\n\nA\n\n", 20_000), ""},
		"many sections":   {"faq.md", head + r("## Part\n\n### One\n\nA\n\n### Two\n\nA\n\n", 15_000), ""},
		"one section":     {"faq.md", head + "## Part\n\nText.\n\n" + r("### Is it so?\n\nA\n\n", 30_000), ""},
		"several forms":   {"faq.md", head + r("**Why?**\n\nA\n\n<details><summary>Why?</summary>A</details>\n\nQ: Why?\nA: So.\n\n", 10_000), ""},
		"large page":      {"faq.md", head + r("a word and another\n", 1<<20), "more than the limit"},
		"alias bomb":      {"faq.yaml", bomb(), "more than"},
		"front matter":    {"faq.md", "---\n" + bomb() + "---\n" + head, "more than"},
		"deep YAML":       {"faq.yaml", r("[", 100_000), "depth"},
		"deep JSON":       {"faq.json", r("[", 100_000), "nested deeper"},
		"captions":        {"faq.json", r("{\"question\": \"Why?\", \"items\": [", 60) + r("]}", 60), ""},
		"many keys":       {"faq.yaml", numbered("k%d: v\n", 100_000), ""},
	}
	for name, in := range inputs {
		t.Run(name, func(t *testing.T) {
			ext := in.name[strings.LastIndexByte(in.name, '.'):]
			page, err := markdown.New(markdown.Options{}).Parsers()[ext](in.name, []byte(in.src))
			switch {
			case in.err != "" && (err == nil || !strings.Contains(err.Error(), in.err)):
				t.Errorf("error %v, want %q", err, in.err)
			case in.err == "" && err != nil:
				t.Error(err)
			case in.err == "" && strings.Contains(in.src, head) && len(page.Entries) == 0:
				t.Errorf("no entry; problems %v", page.Problems)
			}
		})
	}
}

func ascending(s string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("e" + strings.Repeat(s, i))
	}
	return b.String()
}

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// bomb is YAML in which each list holds the one before nine times.
func bomb() string {
	var b strings.Builder
	b.WriteString("a: &a [x, x, x, x, x, x, x, x, x]\n")
	for c := 'b'; c < 'n'; c++ {
		fmt.Fprintf(&b, "%c: &%[1]c [%s]\n", c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9), ", "))
	}
	return b.String()
}
