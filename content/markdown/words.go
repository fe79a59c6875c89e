package markdown

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"kb/content"
	"kb/content/accordion"
)

// questionNames and answerNames are the words that people put before a colon.
const (
	questionNames = accordion.QuestionNames
	answerNames   = accordion.AnswerNames
	// labelSigns are the signs that people put before such a word.
	labelSigns = `(?:[\p{So}\x{fe0f}\x{200d}]+\s*)?`
)

// questionWords are the words that questions begin with.
const questionWords = `what|why|how|when|where|who|whom|whose|which|can|could|do|does|did|is|are|am|was|were|will|would|should|shall|may|must|has|have|isn't|aren't|can't|don't|doesn't|won't|what['’]?s|how['’]?s|where['’]?s|who['’]?s|` +
	`wie|was|wer|wo|wann|warum|wieso|weshalb|wozu|welche[rsn]?|kann|können|darf|muss|gibt es|` +
	`comment|pourquoi|quand|quel(le)?s?|est-ce|puis-je|qu['’]est|où|qui|` +
	`cómo|como|qué|por qué|cuándo|cuál|cuáles|dónde|quién|puedo|o que|por que|quando|qual|quais|onde|posso|` +
	`come|perché|cosa|dove|quale|quali|hoe|waarom|wanneer|welke|waar|wat|jak|dlaczego|kiedy|gdzie|czy|co|` +
	`как|что|почему|когда|где|какой|какая|какие|можно ли|зачем|сколько|як|чому|що`

// The vocabularies by which forms are recognised. They are general: no word
// is here for the sake of one project.
var (
	// faqName matches what people call a FAQ, in titles, headings and paths.
	faqName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)(^|[^a-z])faqs?([^a-z]|$)|frequen?tly[ _-]?asked|(common|asked|commonly[ _-]asked|interview)[ _-]questions|^questions([ _-](and|&|/)[ _-]answers?)?$|questions?[ _-]*(and|&)[ _-]*answers?|(^|[^a-z])q[ _-]?(&|＆|and|n)[ _-]?a([^a-z]|$)|(^|[^a-z])(gyik|ukk)([^a-z]|$)` +
			`|fragen[ _-]und[ _-]antworten|(h(ä|ae)ufige?|oft)([ _-]gestellte)?[ _-]fragen|preguntas|foire aux questions|questions[ _-](fréquentes|frequentes|fréquemment|courantes)|domande (frequenti|comuni)|perguntas|veelgestelde|vaak gestelde|(często|najczęściej) zadawane|(časté|nejčastější|často kladené) (dotazy|otázky)|vanliga frågor|frågor och svar|vanlige spørsmål|d[úu]vidas (frequentes|comuns)|[îi]ntreb[ăa]ri frecvente|συχνές ερωτήσεις|често задавани въпроси|често постављана питања|(često|najčešće) postavljana pitanja|pogosta vprašanja|dažniausiai užduodami|bieži uzdotie|korduma kippuvad|ofte stil(te|lede)|usein kysyt|sık(ça)? sorulan|gyak(ori|ran ismételt) kérdések|часто задаваемые|(частые|популярные) вопросы|вопросы и ответы|ответы на вопросы|чаво|(поширені|часті) запитання|常见问题|常見問題|常见疑问|问答|問答|问与答|質問と回答|よくある(ご)?質問|자주 ?(묻는|하는) ?질문|câu hỏi thường gặp|pertanyaan (yang )?(sering|umum)|คำถามที่พบบ่อย|الأسئلة الشائعة|أسئلة شائعة|पूछे जाने वाले|שאלות נפוצות|سوالات متداول`)
	})
	// answersName matches a heading over the answers, opposite a list of questions.
	answersName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(the )?(answers?|responses?|questions?|q ?& ?a)$`)
	})
	questionWord = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(` + questionWords + `)([\s,:'’]|$)`)
	})
	questionTail = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(吗|么|呢|嗎|麼|か|나요|까요|가요|습니까|려면)[。.!！)）」]*$|(如何|怎么|怎麼|怎样|为什么|為什麼|什么|什麼|是否|哪些|哪里|哪裡|多少|能否|どう|なぜ|どの|なに|어떻게|무엇|왜)`)
	})
	questionPrefix = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^` + labelSigns + `(?:(?i:` + questionNames + `|faq)\s*#?\d*(?:\.\d+)*\s*[:：.)\]]|(?:(?i:question)\s+|Q\s?)\d+(?:\.\d+)*\s*[-–—]\s|[QqＱس]\s?#?[\d０-９]*(?:[.-]\d+)*\s*[:：)\]、．]|Q\s?\d*(?:\.\d+)*\.(?:\s|$)|Q\d+(?:\.\d+)*\s|(?:问题?|問題?|質問|질문)\s*\d*\s*[:：.、])\s*`)
	})
	// letterPrefix matches the letter of a question in other languages: Frage,
	// pregunta, domanda, vraag, вопрос, питання, soru, kérdés, hỏi, tanya, ερώτηση, or
	// Q before a dash. It counts only before
	// text that asks, and without a number: "P1" is a name.
	letterPrefix = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:[FPDVВПSKHTΕ]\s?[:：]|Q\s[-–—])\s+`) })
	answerPrefix = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^` + labelSigns + `(?:(?i:` + answerNames + `)\s*#?\d*\s*[:：.)]|[AaRОＡجΑ]\s?#?[\d０-９]*(?:\.\d+)*\s*[:：．]|A\s?\d*\s*[.)](?:\s|$)|A\d+\s+[-–—]\s|(?:答案?|回答|답변?)\s*\d*\s*[:：.、])\s*`)
	})
	numberPrefix = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:\(\d{1,3}\)|（\d{1,3}）|\[\d{1,3}\]|\d{1,3}(?:\.\d{1,3})*[.)、:：]\)?|\d{1,3}(?:\.\d{1,3})+|\d{1,3}\s*[-–—])\s+|^\d{1,3}、\s*|^\d{1,3}\.\s*(?:\D)`)
	})
	// numbering matches a number that counts titles, not a count, a time or "3-way".
	numbering = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[Qq]? ?(\d{1,3}) ?(?:[.):：、]|[-–—] )(?:\D|$)`)
	})
	// signPrefix matches numbers that need no space behind them: Chinese ones, and
	// those in full width, in a circle or on a key.
	signPrefix = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、|[（(](?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]|\d{1,3}）|[①-⑳]|(?:\d\x{fe0f}?\x{20e3})+|🔟)\s*`)
	})
	tocName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^((table of )?contents?|toc|index|on this page|overview of (the )?questions|inhalt(sverzeichnis)?|目录|目錄|目次|quick links|jump to|sommaire|índice|list of questions|questions index|навигация|содержание)\s*:?$`)
	})
	backToTop = sync.OnceValue(func() *regexp.Regexp {
		const mark = `[^\pL\pN]*`
		return regexp.MustCompile(`(?i)^` + mark + `((back to|return to|go to)? ?(the )?(top|toc|table of contents|contents|index)( of (the )?page)?|` +
			`nach oben|zurück nach oben|zum seitenanfang|volver (arriba|al inicio|al índice)|ir arriba|voltar (ao|para o) (topo|início|índice)|retour (en haut|au sommaire)( de la page)?|haut de page|torna (su|in alto|all['’]inizio|all['’]indice)|(terug )?naar boven|do góry|(tillbaka )?till toppen|(вернуться )?(наверх|к началу|к содержанию|в начало)|返回(顶部|目录)|回到(顶部|頂部|目录|目錄)|(トップ|先頭|目次|ページ上部)(へ|に)(戻る)?|맨 ?위로|위로 가기|목차로)` + mark + `$`)
	})
	placeholderText = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(accordion item|question|answer)( ?#? ?\d+)?\??$|^((?-i:TODO)|todo ?:|tbd|tba|coming soon|fixme|to be (done|written|added))\W*$|^\W*((the )?(answer|text|content) (goes|comes|to come) here|placeholder( answer| text)?)\W*$`)
	})
	// titled matches names of containers whose title is a question or at least
	// something that a reader opens.
	titled = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(details|spoiler|dropdown|toggle|question|faqs?|qa|q|disclosure|expand(able|er|ed|ing)?|hide|reveal|collaps\w*)$|faq.*(item|question|entry|row|accordion)|accordion|collaps(e|ible)|expandable|faq[-_]?item|expansion`)
	})
	// asking matches names of containers whose title is a question.
	asking = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(question|faqs?|qa|q)$|faq[-_]?(item|question|entry)`)
	})
	admonition = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(note|tip|info|warning|danger|caution|important|admonition|hint|attention|error|success|example|abstract|quote|bug|seealso|see-also|todo|callout(-[a-z]+)?|alert|notice|figure|image|code-block|table|tab|grid|card|math|check|aside|step|steps)$`)
	})
	tabName      = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^tab[-_]?(item|pane|panel)?$`) })
	templateText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{\{.*?\}\}|\{%.*?%\}`) })
)

// asks reports whether text looks like a question.
func asks(text string) bool {
	return questionMark(text) || strings.Contains(text, "¿") ||
		mayAsk(text) && questionWord().MatchString(text) || !ascii(text) && questionTail().MatchString(text)
}

// questionMark reports whether one is in text, of whichever script.
func questionMark(text string) bool {
	return strings.Contains(text, "?") || !ascii(text) && strings.ContainsAny(text, "？؟")
}

// mayAsk is the quick look: false only if text begins with no questionWord.
func mayAsk(text string) bool { return questionStarts().may(text) }

// The starts of words that a text is looked at for first: the expressions that
// have these words take a hundred times as long.
var (
	questionStarts = sync.OnceValue(func() starts { return startsOf(questionWords) })
	markStarts     = sync.OnceValue(func() starts { return startsOf(questionNames + "|faq") })
	labelStarts    = sync.OnceValue(func() starts { return startsOf(answerNames) })
)

// starts are the first two bytes of words, letters of ASCII in lower case.
type starts map[[2]byte]bool

// startsOf returns those of the words that "|" separates.
func startsOf(words string) starts {
	all := starts{}
	for word := range strings.SplitSeq(words, "|") {
		all[[2]byte{word[0] | ' ', word[1] | ' '}] = true
	}
	return all
}

// may reports false only if text begins with two letters of ASCII and none of
// the words.
func (s starts) may(text string) bool {
	if len(text) < 2 || !ascii(text[:2]) {
		return true
	}
	two := [2]byte{text[0] | ' ', text[1] | ' '}
	return two[1] < 'a' || two[1] > 'z' || s[two]
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] > unicode.MaxASCII {
			return false
		}
	}
	return true
}

// maxPhrase is the length in bytes above which text is no set phrase, such as
// "back to the top": looking for one in every paragraph would take longer than
// all else.
const maxPhrase = 80

// maxPlaceholder is the length in bytes of the longest phrase that only holds a
// place, "Accordion Item #12".
const maxPlaceholder = 24

// holdsPlace reports whether text only stands where text should.
func holdsPlace(text string) bool {
	words := strings.TrimRightFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return len(words) <= maxPlaceholder && placeholderText().MatchString(text) ||
		strings.Contains(text, "orem ipsum") || strings.Contains(text, "olor sit amet")
}

// endsAsking reports whether text ends as a question does.
func endsAsking(text string) bool {
	return content.EndsAsking(strings.TrimRight(text, " \t.:)\"'”’»*_"))
}

// leadsOn reports whether text breaks off, for what follows to end it.
func leadsOn(text string) bool {
	return strings.HasSuffix(text, "...") || strings.HasSuffix(text, "…") || strings.HasSuffix(text, ":") || strings.HasSuffix(text, "：")
}

// endsSentence reports whether text ends as a sentence that states something does.
func endsSentence(text string) bool {
	text = strings.TrimRight(text, " )\"'”’»")
	return strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, "。") || strings.HasSuffix(text, "！")
}

// prefix returns the mark of a question that text begins with: "Q1: ".
func prefix(text string) string {
	if !mayBeMarked(text) {
		return ""
	}
	if m := questionPrefix().FindString(text); m != "" || !lettered(text) {
		return m
	}
	return letterPrefix().FindString(text)
}

// mayBeMarked is the quick look: false only if text begins with no mark.
func mayBeMarked(text string) bool {
	return text != "" && (text[0] > unicode.MaxASCII || strings.IndexByte("QqFfPpDdVvKkOoSsHhTt", text[0]) >= 0) && markStarts().may(text)
}

// isLabelled reports whether text begins with the mark of a question.
func isLabelled(text string) bool { return prefix(strings.TrimSpace(text)) != "" }

// unasked reports whether text is the mark of a question and nothing more.
func unasked(text string) bool { return prefix(text) == text }

// lettered reports whether text is a question with the letter of another
// language.
func lettered(text string) bool { return endsAsking(text) && letterPrefix().MatchString(text) }

// A marking is what a question says of the label of its answer.
type marking struct {
	any    bool // it has one itself
	letter bool // the letter of another language
	dash   bool // one that ends with a dash
}

func markingOf(question string) marking {
	before := prefix(question)
	ends := strings.TrimRight(before, " ")
	return marking{before != "", lettered(question), strings.HasSuffix(strings.TrimRight(ends, "-–—"), "Q ")}
}

// leadsUp reports whether the text of a link is an arrow or a word for the way
// up.
func leadsUp(text string) bool {
	word := strings.TrimFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return word == "" || strings.EqualFold(word, "back") || strings.EqualFold(word, "up") || strings.EqualFold(word, "top")
}

// leadsBack reports whether a paragraph is only a link to the top.
func leadsBack(text string) bool {
	if len(text) > maxPhrase {
		return false
	}
	lower := strings.ToLower(text)
	return slices.ContainsFunc(backStems, func(stem string) bool { return strings.Contains(lower, stem) }) && backToTop().MatchString(text)
}

// backStems are parts of what backToTop matches: a quick look that saves most
// paragraphs the long one.
var backStems = []string{"to", "contents", "index", "oben", "anfang", "arriba", "inicio", "índice", "início", "haut", "sommaire", "boven", "góry",
	"верх", "начал", "содержан", "部", "目", "トップ", "先頭", "위로", "목차"}

// cleanQuestion strips from a question what only counts or marks it.
func cleanQuestion(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '\u200b' || r == '\ufeff' || r == '\u00ad' || r == '\u2060' {
			return -1
		}
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s)
	s = withoutBullet(strings.TrimPrefix(oneLine(s), "[]")) // an empty span of Pandoc
	for range 2 {
		if m := prefix(s); m != "" && len(m) < len(s) {
			s = s[len(m):]
		}
		if s == "" || s[0] <= unicode.MaxASCII && !strings.ContainsRune("0123456789([", rune(s[0])) {
			continue
		}
		if m := signPrefix().FindString(s); m != "" && len(m) < len(s) {
			s = s[len(m):]
		}
		rest := strings.TrimLeft(s, "0123456789.()[]（）、:： -–—")
		if m := numberPrefix().FindStringIndex(s); m != nil && m[1] < len(s) && rest != "" {
			s = rest
		}
	}
	return strings.TrimSpace(strings.TrimSuffix(s, "¶"))
}

// leadingNumber returns the number that a title begins with, with or without a Q
// before it and with a sign behind it, or 0.
func leadingNumber(title string) int {
	m := numbering().FindStringSubmatch(title)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// withoutBullet strips signs that an author put before a question instead of
// a number.
func withoutBullet(s string) string {
	first, rest, ok := strings.Cut(s, " ")
	if ok && strings.Trim(first, ">»•▪◦●○■□◆◇★☆✩▶►▸➤➜→") == "" {
		return rest
	}
	return s
}

// template reports whether nothing but a template's variables is in text.
func template(text string) bool {
	if !strings.Contains(text, "{") || !templateText().MatchString(text) {
		return false
	}
	rest := templateText().ReplaceAllString(text, " ")
	words := 0
	for f := range strings.FieldsSeq(rest) {
		if strings.IndexFunc(f, unicode.IsLetter) >= 0 {
			words++
		}
	}
	return words < 2
}
