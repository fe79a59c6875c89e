package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// screen returns a terminal of so many columns, and what is written to it.
// Colours are shown as «1;4:text».
func screen(columns int) (*terminal, func() string) {
	var b strings.Builder
	t := newTerminal(&b)
	t.width, t.color = columns, true
	return t, func() string {
		t.flush()
		text := strings.ReplaceAll(b.String(), "\x1b[0m", "»")
		return strings.NewReplacer("\x1b[1m", "«1:", "\x1b[1;4m", "«1;4:", "\x1b[2m", "«2:").Replace(text)
	}
}

func TestParagraph(t *testing.T) {
	for _, test := range []struct {
		name    string
		columns int
		indent  int
		text    []span
		want    string
	}{
		{"wraps at words", 20, 0, []span{{plain, "a passkey replaces a password"}},
			"a passkey replaces a\npassword\n"},
		{"indents every line", 16, 3, []span{{plain, "a passkey replaces a password"}},
			"   a passkey\n   replaces a\n   password\n"},
		{"a pipe gets whole lines", 0, 0, []span{{plain, "a passkey replaces  a password\nfor good"}},
			"a passkey replaces a password\nfor good\n"},
		{"code keeps its indentation", 14, 0, []span{{plain, "run\n    kb search x y\ndone"}},
			"run\n    kb search\n    x y\ndone\n"},
		{"styles do not count as columns", 9, 0, []span{{plain, "a "}, {match, "pass"}, {plain, "key is"}},
			"a «1;4:pass»key\nis\n"},
		{"a style may cross a line", 8, 0, []span{{bold, "what is it"}},
			"«1:what is»\n«1:it»\n"},
		{"matches stand alone", 40, 0, []span{{bold, "what "}, {match, "is"}, {bold, " it"}},
			"«1:what» «1;4:is» «1:it»\n"},
		{"a long word stays whole", 8, 0, []span{{plain, "see https://example.com/x now"}},
			"see\nhttps://example.com/x\nnow\n"},
		{"wide characters count two, and break without spaces", 8, 0, []span{{plain, "パスワードは不要です。"}},
			"パスワー\nドは不要\nです。\n"},
		{"blank lines stay", 20, 2, []span{{plain, "one\n\ntwo"}},
			"  one\n\n  two\n"},
		{"a no-break space holds", 6, 0, []span{{plain, "at 3\u00a0pm"}},
			"at\n3\u00a0pm\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			term, shown := screen(test.columns)
			term.paragraph(test.indent, test.text...)
			if diff := cmp.Diff(test.want, shown()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// hostile is text that would colour, clear, retitle or reorder a terminal.
const hostile = "a\x1b[31mb\x1b]0;t\x07c\u009b2Jd\u202ee\u2066f\rg\x00h\x7fi\tj"

func TestControlCharactersNeverReachTheTerminal(t *testing.T) {
	var b strings.Builder
	term := newTerminal(&b)
	term.put(span{bold, hostile})
	term.printf("%s", hostile)
	term.paragraph(2, span{plain, hostile})
	term.say(span{bad, "error:"}, hostile)
	term.Write([]byte(hostile))
	if err := term.json(map[string]string{hostile: hostile}); err != nil {
		t.Fatal(err)
	}
	term.flush()
	for i, r := range b.String() {
		if r != '\n' && r != '\t' && (r < ' ' || 0x7f <= r && r <= 0x9f || strings.ContainsRune("\u202e\u2066", r)) {
			t.Errorf("%q at %d of %q", r, i, b.String())
		}
	}
}

func TestJSONKeepsWhatItEscapes(t *testing.T) {
	var b strings.Builder
	term := newTerminal(&b)
	if err := term.json([]string{"\u009b\u202e<é>"}); err != nil {
		t.Fatal(err)
	}
	term.flush()
	if diff := cmp.Diff("[\n  \"\\u009b\\u202e<é>\"\n]\n", b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"search", "show", "serve", "list"}
	for word, want := range map[string]string{"serch": "search", "sreve": "serve", "lst": "list", "passkey": "", "xy": "", "sow": "show"} {
		if got := nearest(word, names); got != want {
			t.Errorf("nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestQuoted(t *testing.T) {
	for arg, want := range map[string]string{
		"passkey": "passkey", "two words": "'two words'", "it's": `'it'\''s'`, "": "''", "a;rm": "'a;rm'", "日本": "日本",
	} {
		if got := quoted(arg); got != want {
			t.Errorf("quoted(%q) = %s, want %s", arg, got, want)
		}
	}
}
