package sanitize

import (
	"bufio"
	"encoding/json"
	"errors"
	"html"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// payloads is a collection of published attacks, one JSON object a line. It is
// not a part of this repository.
const payloads = "../../../shared/robustness/xss.jsonl"

// TestAttacks puts every payload where an author, or the parser that renders
// what an author wrote, might put it.
func TestAttacks(t *testing.T) {
	contexts := map[string]func(string) string{
		"body":      func(s string) string { return s },
		"attribute": func(s string) string { return `<p title="` + s + `" id='` + s + `'>text</p>` },
		"link": func(s string) string {
			return `<a href="` + html.EscapeString(s) + `">text <img alt=x src="` + html.EscapeString(s) + `"></a>`
		},
		"heading": func(s string) string { return `<h2 id="` + html.EscapeString(s) + `">` + s + `</h2>` },
		"code":    func(s string) string { return `<pre><code class="language-html">` + s + `</code></pre>` },
		"fence": func(s string) string {
			return `<pre><code class="language-html">` + html.EscapeString(s) + `</code></pre>`
		},
		"table": func(s string) string { return "<table><tr>" + s + "<td>" + s + "</table>" },
		"svg":   func(s string) string { return "<svg><desc>" + s + "</desc></svg><math><mtext>" + s },
	}
	p := New(nil)
	attacks := readPayloads(t)
	for name, wrap := range contexts {
		t.Run(name, func(t *testing.T) {
			for i, attack := range attacks {
				if name == "fence" && i%8 != 0 {
					continue // lexers are slow, and all code goes through the same few lines after them
				}
				checkAnswer(t, p, wrap(attack), "")
			}
		})
	}
}

func readPayloads(t *testing.T) []string {
	attacks := []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `javascript:alert(1)`}
	f, err := os.Open(payloads)
	if errors.Is(err, fs.ErrNotExist) {
		t.Logf("%s is not there: %d built-in payloads", payloads, len(attacks))
		return attacks
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var line struct{ Payload string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		attacks = append(attacks, strings.ToValidUTF8(line.Payload, ""))
	}
	if err := lines.Err(); err != nil || len(attacks) < 4000 {
		t.Fatalf("%s: %d payloads, %v", payloads, len(attacks), err)
	}
	t.Logf("%d payloads", len(attacks))
	return attacks
}
