package content_test

import (
	"regexp"
	"strings"
	"testing"

	"kb/content"
)

func TestSlug(t *testing.T) {
	for text, want := range map[string]string{
		"What is a passkey?":        "what-is-a-passkey",
		"  C++ & Go:  why not?! ":   "c-go-why-not",
		"Où est l'été ?":            "ou-est-l-ete",
		"Über Straßen":              "uber-stra-en",
		"E-Mail":                    "e-mail",
		strings.Repeat("long ", 40): strings.TrimSuffix(strings.Repeat("long-", 16), "-"),
		"どう使いますか":                   content.Slug("どう使いますか"),
		"?!":                        content.Slug("?!"),
		"x":                         "x",
		"Windows 11でパスキーを使うにはどうすればよいですか": content.Slug("Windows 11でパスキーを使うにはどうすればよいですか"),
	} {
		got := content.Slug(text)
		if got != want {
			t.Errorf("Slug(%q) = %q, want %q", text, got, want)
		}
		if !regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`).MatchString(got) || len(got) > 100 {
			t.Errorf("Slug(%q) = %q, not a short name", text, got)
		}
	}
	if content.Slug("日本") == content.Slug("中国") {
		t.Error("two texts without ASCII have one slug")
	}
}
