package sanitize

import (
	"fmt"
	"strings"
	"testing"
)

// hostile inputs are repeated until they are so many bytes: enough for a step
// whose cost is quadratic to be missed by nobody.
const (
	hostileSize = 100 << 10
	hugeSize    = 10 << 20
)

var hostile = map[string]string{
	"div":            "<div>",
	"div with text":  "<div>x",
	"list":           "<ul><li>x",
	"ordered list":   "<ol><li><p>x",
	"item":           "<li>",
	"quote":          "<blockquote>x",
	"table":          "<table><tr><td>x",
	"table gap":      "<table>x",
	"row":            "<tr>x",
	"details":        "<details><summary>x",
	"bold":           "<b>",
	"bold ends":      "</b>",
	"formatting":     "<b><i><u><s><p>x",
	"bold paragraph": "<p><b>x",
	"link":           "<a href=x>",
	"links in cells": "<a href=x><table><td>",
	"anchors":        "<a id=x>x",
	"fragments":      "<a href=#x>",
	"heading":        "<h1><h2>x",
	"ruby":           "<ruby><rt><rp>",
	"unknown":        "<x-y>",
	"open svg":       "<svg>x",
	"closed svg":     "<svg>x</svg>",
	"open object":    "<object><video><iframe/>x",
	"script":         "<script>",
	"noscript":       "<noscript/><p>",
	"media":          "<iframe src=x></iframe>",
	"angle":          "<",
	"comment":        "<!--",
	"entity":         "&amp",
	"bare entity":    "&",
	"attribute":      "<p a=b ",
	"pre":            "<pre>\n",
	"code":           "<pre><code class=language-go>if x {",
	"code blocks":    "<pre><code class=language-js>a=`${'\"/*</code></pre>",
	"backslashes":    "<pre><code class=language-java>\"\\\\\\\\\\</code></pre>",
	"combining":      "\u0301",
	"joiner":         "क\u200d",
	"override":       "\u202e",
	"not UTF-8":      "\xff\xc0<p\xfe",
	"zero":           "\x00<p\x00>",
	"checkbox":       "<input type=checkbox>",
	"words":          "word ",
	"line breaks":    "<br>",
}

// TestHostile holds that the work and the answer are linear in the source, as
// any run of it ends, and that no text is lost on the way.
func TestHostile(t *testing.T) {
	p := New(nil)
	for name, part := range hostile {
		t.Run(name, func(t *testing.T) {
			src := strings.Repeat(part, hostileSize/len(part))
			a := p.Answer(src, "")
			for _, flaw := range flaws(a.HTML, "kb-") {
				t.Errorf("%s", flaw)
			}
			if want := 40 * hostileSize; len(a.HTML) > want || len(a.Text) > want {
				t.Errorf("%d bytes of HTML, %d of text, from %d", len(a.HTML), len(a.Text), len(src))
			}
			if got, want := strings.Count(a.Text, "x"), strings.Count(Text(part), "x"); got < want*hostileSize/len(part) {
				t.Errorf("%d of %d words are left", got, want*hostileSize/len(part))
			}
		})
	}
}

// TestAttributes gives one tag all the attributes there are, and then others.
func TestAttributes(t *testing.T) {
	var src strings.Builder
	src.WriteString("<p id=first")
	for i := range hugeSize / 16 {
		fmt.Fprintf(&src, " a%d=%d", i, i)
	}
	src.WriteString(">x")
	src.WriteString(strings.Repeat("<p id=p title=x>x", hostileSize/8))
	a := New(nil).Answer(src.String(), "")
	if got, want := strings.Count(a.Text, "x"), hostileSize/8+1; got != want {
		t.Errorf("%d of %d words are left", got, want)
	}
	if want := `<p id="kb-first">x</p>`; !strings.HasPrefix(string(a.HTML), want) {
		t.Errorf("the answer is %.60s…, want %s", a.HTML, want)
	}
}

// TestNesting goes far below maxDepth and far beyond it.
func TestNesting(t *testing.T) {
	p := New(nil)
	for _, depth := range []int{maxDepth / 2, maxDepth - 1, maxDepth, maxDepth + 1, 20_000} {
		for _, tags := range [][2]string{{"<div>", "</div>"}, {"<ul><li>", "</li></ul>"}, {"<b>", "</b>"},
			{"<table><tr><td>", "</td></tr></table>"}, {"<blockquote><p>", "</p></blockquote>"}} {
			src := strings.Repeat(tags[0]+"a ", depth) + "middle " + strings.Repeat("z "+tags[1], depth)
			a := p.Answer(src, "")
			if got := strings.Count(a.Text, "a") + strings.Count(a.Text, "z"); got != 2*depth {
				t.Errorf("%s %d times: %d of %d words are left", tags[0], depth, got, 2*depth)
			}
			for _, flaw := range flaws(a.HTML, "kb-") {
				t.Errorf("%s %d times: %s", tags[0], depth, flaw)
			}
		}
	}
}

// TestDeep nests what a recursive renderer would overflow its stack with.
func TestDeep(t *testing.T) {
	const depth = 100_000
	for _, tags := range [][2]string{{"<div>", "</div>"}, {"<ul><li>", "</li></ul>"}} {
		src := strings.Repeat(tags[0], depth) + "deep" + strings.Repeat(tags[1], depth)
		if a := New(nil).Answer(src, ""); !strings.HasSuffix(a.Text, "deep") {
			t.Errorf("%s: text is %q", tags[0], a.Text)
		}
	}
}

// TestHuge gives the policy one answer of the size of ten long books.
func TestHuge(t *testing.T) {
	if testing.Short() {
		t.Skip("10 MB of HTML, with -short")
	}
	src := strings.Repeat(page, hugeSize/len(page))
	a := New(nil).Answer(src, "")
	if got, want := strings.Count(a.Text, "passkey"), strings.Count(src, "passkey"); got != want {
		t.Errorf("%d of %d words are left", got, want)
	}
}

// page is an ordinary answer.
const page = `<p>A <strong>passkey</strong> is a <a href="https://fidoalliance.org/">FIDO</a> credential,
as "discoverable" credentials are called&nbsp;&mdash; see <a href="#more">below</a>.</p>
<h2 id="more">More</h2>
<ul><li>It is <em>synced</em>.</li><li>It is bound to a device:<ol><li>phone</li><li>key</li></ol></li></ul>
<table><thead><tr><th>Browser</th><th align="right">Since</th></tr></thead>
<tbody><tr><td>Chrome</td><td align="right">108</td></tr><tr><td>Safari</td><td align="right">16</td></tr></tbody></table>
<blockquote><p>The user keeps it, the site stores a public key.</p></blockquote>
<p><img src="flow.png" alt="The flow of a sign-in"></p>
`

const code = `<pre><code class="language-%s">const options = { publicKey: { challenge, rpId: "example.org" } };
const credential = await navigator.credentials.get(options); // asks for a passkey
if (!credential) { throw new Error("none"); }
</code></pre>`

func BenchmarkAnswer(b *testing.B) {
	for name, src := range map[string]string{
		"prose": strings.Repeat(page, 20),
		"code":  strings.Repeat(fmt.Sprintf(code, "js"), 20),
		"short": "<p>Yes, on every platform.</p>",
	} {
		b.Run(name, func(b *testing.B) {
			p := New(nil)
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				p.Answer(src, "q")
			}
		})
	}
}

func BenchmarkText(b *testing.B) {
	src := strings.Repeat(page, 20)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		Text(src)
	}
}
