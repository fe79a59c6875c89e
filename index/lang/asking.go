package lang

import "strings"

// An Asking is what a word of grammar asks for, if it asks.
type Asking int

const (
	Nothing Asking = iota
	Kind           // one kind of answer: a place, a time, a person or a reason
	Manner         // how, how much, which
)

// Asks returns what a word asks for in a language, given by its base. The word
// is folded and in lower case. Those that mostly join sentences, as qui in
// French, ask for nothing.
func Asks(base, word string) Asking {
	kind, manner := asking(base)
	switch {
	case has(kind, word):
		return Kind
	case has(manner, word):
		return Manner
	}
	return Nothing
}

func has(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

func asking(base string) (kind, manner string) {
	switch base {
	case "de":
		return "wo wohin woher wann wer wem wen warum wieso weshalb", "wie welche welcher welches welchen"
	case "en":
		return "where when who whom whose why", "how which"
	case "es":
		return "donde adonde cuando quien quienes", "como cual cuales"
	case "fr":
		return "quand pourquoi", "comment combien quel quelle quels quelles"
	case "it":
		return "dove quando chi perche", "come quale quali"
	case "nl":
		return "waar wanneer wie waarom", "hoe welke"
	case "pt":
		return "onde quando quem", "como qual quais"
	}
	return "", ""
}
