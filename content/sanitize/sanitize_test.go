package sanitize

import (
	"html/template"
	"net/url"
	"strings"
	"sync"
	"testing"

	"kb/content"
)

// TestElements holds that whatever elements.go promises to keep is kept, and
// what it promises to hide is hidden.
func TestElements(t *testing.T) {
	p := New(nil)
	for name, e := range elements {
		fragment := "<" + name + ">text</" + name + ">"
		if e.kind.inTable() {
			fragment = "<table>" + strings.Replace(fragment, "text", "text of a long cell", 1) + "</table>"
		}
		got := string(p.Answer(fragment+"after", "").HTML)
		switch {
		case e.name == "a" || e.name == "img" || e.kind == check: // nothing without an attribute
		case e.kind == hidden || e.kind == media:
			if strings.Contains(got, "text") && name != "embed" || strings.Contains(got, "<") {
				t.Errorf("%s: %s", fragment, got)
			}
		case e.kind == heading:
			if !strings.Contains(got, "<h4>text</h4>") {
				t.Errorf("%s: %s", fragment, got)
			}
		case !strings.Contains(got, "<"+e.name+">") && !strings.Contains(got, "<"+e.name+"/>"):
			t.Errorf("%s: %s", fragment, got)
		}
	}
}

func TestVisible(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"composed", "e\u0301", "é"},
		{"controls", "a\x00\x01\x1b[31mb\x7f\u0085c", "a[31mbc"},
		{"bidirectional overrides", "a\u202eb\u202c\u2066c\u2069", "abc"},
		{"zero width", "pass\u200bkey \ufeffsoft\u00adhyphen\u2060", "passkey softhyphen"},
		{"marks", "\u200fשלום\u200e", "שלום"},
		{"tags", "a\U000e0041b", "ab"},
		{"joiner in Latin", "pass\u200dkey", "passkey"},
		{"joiner in Devanagari", "क्\u200dष", "क्\u200dष"},
		{"non-joiner in Persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"emoji", "👩\u200d💻 ❤\ufe0f\u200d🔥", "👩\u200d💻 ❤\ufe0f\u200d🔥"},
		{"references", "&#x202e;&#0;&#8203;&amp;lt;", "\ufffd&lt;"},
		{"not UTF-8", "a\xffb", "a\ufffdb"},
		{"spaces", "\u00a0a\u2003\u3000 b\t", "a b"},
		{"preformatted", "<pre>\n\n a\u00a0\u200b\tb  \n\n c \n\n</pre>", " a\u00a0\tb  \n\n c"},
	} {
		if got := Text(c.in); got != c.want {
			t.Errorf("%s: Text(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestOutline(t *testing.T) {
	a := New(nil).Answer(`<h2 id=a title="&lt;h4>">One &lt;h4></h2><h3>Two</h3><h4>Three</h4><hr><p>x`, "")
	for top, want := range map[int]string{
		2: `<h2 id="kb-a">One &lt;h4&gt;</h2><h3>Two</h3><h4>Three</h4><hr/><p>x</p>`,
		3: `<h3 id="kb-a">One &lt;h4&gt;</h3><h4>Two</h4><h5>Three</h5><hr/><p>x</p>`,
		4: string(a.HTML),
	} {
		if got := Outline(a.HTML, top); got != template.HTML(want) {
			t.Errorf("Outline(…, %d) = %s, want %s", top, got, want)
		}
	}
}

func TestAt(t *testing.T) {
	p := New(nil)
	base := &url.URL{Scheme: "https", Host: "example.org", Path: "/faq/a"}
	const fragment = `<a href="b">b</a>`
	if got, want := p.At(base).Answer(fragment, ""), (content.Answer{HTML: `<a href="https://example.org/faq/b">b</a>`, Text: "b"}); got != want {
		t.Errorf("with a base: %v, want %v", got, want)
	}
	if got, want := p.Answer(fragment, ""), (content.Answer{HTML: fragment, Text: "b"}); got != want {
		t.Errorf("without: %v, want %v", got, want)
	}
}

// TestTextAsShown holds that text says what is shown once the policy has taken
// attributes away.
func TestTextAsShown(t *testing.T) {
	for fragment, want := range map[string]content.Answer{
		`<ol start="1000000"><li value="x">a</ol>`:              {HTML: `<ol><li>a</li></ol>`, Text: "1. a"},
		`<ol start="999999"><li>a<li value="-7">b</ol>`:         {HTML: `<ol start="999999"><li>a</li><li value="-7">b</li></ol>`, Text: "999999. a\n-7. b"},
		`<p>a<span role="doc-backlink">b</span></p>`:            {HTML: `<p>a<span>b</span></p>`, Text: "ab"},
		`<p>a<a href="/b" role="doc-noteref" rel="x">b</a></p>`: {HTML: `<p>a<a href="/b" role="doc-noteref">b</a></p>`, Text: "a[b]"},
	} {
		if got := New(nil).Answer(fragment, ""); got != want {
			t.Errorf("%s: %q, want %q", fragment, got, want)
		}
	}
}

// TestConcurrent is for the race detector.
func TestConcurrent(t *testing.T) {
	p := New(nil)
	const fragment = `<pre><code class="language-html">&lt;script&gt;let x&lt;/script&gt;</code></pre><h2 id=x>x</h2>`
	want := New(nil).Answer(fragment, "")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got := p.At(nil).Answer(fragment, ""); got != want {
				t.Errorf("%s, want %s", got.HTML, want.HTML)
			}
		})
	}
	wg.Wait()
}
