package accordion_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kb/content/accordion"
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		name, html string
		want       []string
	}{
		{"details", "<p>Before.</p>\n<details id=a data-aliases='x; y'>\n<summary>What is <b>a</b>?</summary>\nOne.\n</details>", []string{
			"1 text <p>Before.</p>", "3 question What is <b>a</b>? #a [x; y] = One."}},
		{"anchor before", "<a name=a></a>\n<details><summary>A?</summary>One.</details>", []string{
			"1 text <a name=\"a\"></a>", "2 question A? #a = One."}},
		{"group", "<details><summary>Group</summary><details><summary>A?</summary>One.</details></details>", []string{
			"1 question Group = <details><summary>A?</summary>One.</details> (1 inside)"}},
		{"list", "<dl>\n<dt>A?</dt>\n<dt>B?</dt>\n<dd>One.</dd>\n<dd>Two.</dd>\n<div><dt id=c>C?</dt><dd>Three.</dd></div>\n<dt>D?</dt></dl>", []string{
			"2 question A? [B?] = One.Two.", "6 question C? #c = Three.", "7 question D? = "}},
		{"reference", "<div>\n<h3><button data-bs-toggle=collapse data-bs-target='#p'>A?</button></h3>\n<div id=p>One.</div>\n</div>", []string{
			"2 question A? #p = One."}},
		{"panel first", "<div id=p>One.</div><a aria-expanded=false href='#p'>A?</a>", []string{"1 question A? #p = One."}},
		{"no panel", "<button aria-expanded=false aria-controls=p>A?</button>", []string{
			"1 text <button aria-expanded=\"false\" aria-controls=\"p\">A?</button>"}},
		{"tabs", "<a data-toggle=tab href='#p'>A?</a><div id=p>One.</div>", []string{
			"1 text <a data-toggle=\"tab\" href=\"#p\">A?</a><div id=\"p\">One.</div>"}},
		{"a control in its panel", "<div id=p><button aria-expanded=true aria-controls=p>A?</button></div>", []string{
			"1 text <div id=\"p\"><button aria-expanded=\"true\" aria-controls=\"p\">A?</button></div>"}},
		{"markdown", "<details markdown=1>\n<summary>A?</summary>\n  one *two* <b>3 < 4</b>\n</details>\n<button aria-expanded=true aria-controls=p>B?</button><div id=p><div markdown=block>\n    one\n      two\n</div> <button>Close</button></div>", []string{
			"2 question A? = ONE *TWO* <b>3 &lt; 4</b>", "5 question B? #p = <div markdown=\"block\">\nONE\n  TWO\n</div>"}},
		{"headings", "<h2 id=s>Section</h2>\n<div><h3><a id=a></a>A?</h3> One.</div>", []string{
			"1 heading 2 Section #s", "2 heading 3 <a id=\"a\"></a>A? #a", "2 text One."}},
	} {
		parts, err := accordion.Reader{Render: strings.ToUpper}.Parse(test.html)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		var got []string
		for _, p := range parts {
			got = append(got, show(p))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}

func show(p accordion.Part) string {
	var b strings.Builder
	switch p.Kind {
	case accordion.Heading:
		fmt.Fprintf(&b, "%d heading %d %s", p.Line, p.Level, p.Title)
	case accordion.Question:
		fmt.Fprintf(&b, "%d question %s", p.Line, p.Title)
	default:
		return fmt.Sprintf("%d text %s", p.Line, strings.TrimSpace(p.HTML))
	}
	if p.Anchor != "" {
		b.WriteString(" #" + p.Anchor)
	}
	if len(p.Aliases) > 0 {
		fmt.Fprintf(&b, " [%s]", strings.Join(p.Aliases, "; "))
	}
	if p.Kind == accordion.Question {
		b.WriteString(" = " + p.HTML)
	}
	if len(p.Parts) > 0 {
		fmt.Fprintf(&b, " (%d inside)", len(p.Parts))
	}
	return b.String()
}

func TestTooDeep(t *testing.T) {
	if _, err := (accordion.Reader{}).Parse(strings.Repeat("<div>", 1000)); err == nil {
		t.Error("a thousand open elements are no error")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("<details><summary>A?</summary>One.</details>")
	f.Add("<dl><dt>A?<dd>One.</dl><button aria-controls=p aria-expanded=false>B?</button><p id=p>Two.")
	f.Add("<h2><a name=x></a>A</h2><table><tr><td><details><dd>")
	f.Fuzz(func(t *testing.T, src string) {
		parts, err := accordion.Reader{Render: strings.ToUpper, MDX: true}.Parse(src)
		if err != nil {
			return
		}
		lines := 1 + strings.Count(src, "\n")
		for _, p := range parts {
			if p.Line < 1 || p.Line > lines {
				t.Errorf("line %d of %d: %+v", p.Line, lines, p)
			}
		}
	})
}
