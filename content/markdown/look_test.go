package markdown

import (
	"strings"
	"testing"
)

// TestQuickLooks holds that nothing matches an expression that a quick look
// would have kept from it.
func TestQuickLooks(t *testing.T) {
	words := strings.Split(questionWords+"|"+questionNames+"|"+answerNames+"|faq|Q|q|A|a|R|F|P|В|О|Ａ|Ｑ|问题|質問|答案|回答", "|")
	for _, look := range []struct {
		name  string
		quick func(string) bool
		long  func(string) bool
	}{
		{"question word", mayAsk, questionWord().MatchString},
		{"mark", mayBeMarked, questionPrefix().MatchString},
		{"letter", mayBeMarked, letterPrefix().MatchString},
		{"label", mayBeLabelled, labelled},
	} {
		matched := 0
		for _, word := range words {
			for _, text := range around(word) {
				if !look.long(text) {
					continue
				}
				if matched++; !look.quick(text) {
					t.Errorf("%s: %q is passed over", look.name, text)
				}
			}
		}
		if matched < 10 {
			t.Errorf("%s: %d texts match", look.name, matched)
		}
	}
}

func labelled(html string) bool {
	m := answerLabel().FindStringSubmatch(html)
	return m != nil && isLabel(m, marking{true, true, true})
}

// around returns a word as people may write it, with marks behind and before.
func around(word string) []string {
	var all []string
	for _, w := range []string{word, strings.ToUpper(word), strings.ReplaceAll(strings.ReplaceAll(word, "s", "ſ"), "k", "K")} {
		for _, behind := range []string{"", " ", ":", ": x?", " : x?", "：x?", "1. x", " 2) x", " 3 - x", " – x?", ". x", "、x", ") x", "]"} {
			for _, before := range []string{"", "<p>", "<p><strong>"} {
				all = append(all, before+w+behind)
			}
		}
	}
	return all
}
