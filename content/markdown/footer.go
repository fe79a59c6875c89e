package markdown

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// footerNames are what people call the headings under which a page points
// elsewhere, a language each: to more answers, to help, to a contact, to links.
var footerNames = []string{
	// English
	`(additional|further|more|other|still|need|get|getting|any|have)?\s*(more|further|other|additional|any)?\s*(questions?|assistance|help|support|resources|information|info|links|reading|references)`,
	`(additional|further|more|other) faqs?`, `(still |do you )?(have|got|need|having) .{0,30}(questions?|help|assistance|support|trouble)\b.{0,25}`,
	`i (still )?have (an?(other)? |more |other |further )?questions?\b.{0,40}`,
	`(contact|get in touch|feedback|reach out)( us)?\b.{0,20}`, `(questions?|feedback|comments)( or | and |, ?| ?& ?|/)(feedback|comments|suggestions|concerns|support|help).{0,12}`,
	`(can['’]?t|cannot|didn['’]?t|did not|couldn['’]?t) find\b.{0,60}`, `(don['’]?t|do not|didn['’]?t|did not|not|can['’]?t) (see|seeing|finding|answer) .{0,30}\b(questions?|answers?|you need|looking for)\b.{0,20}`,
	`see also`, `related( .{0,30})?`, `next steps`, `(what['’]?s|where to go|what to read) next`, `learn more`, `license`, `changelog`, `credits`, `acknowledge?ments`, `contributors`, `authors?`, `footnotes`, `useful links`,
	`(my |your )?question (is |was )?(n['’]t|isn['’]?t|wasn['’]?t|not) .{0,30}`, `(are you )?(still )?stuck( on .{0,20})?`, `(ask|submit|suggest) (us )?(an?(other)?|your|more) questions?.{0,20}`,
	`(is )?(something|anything|your question|a question) (is )?missing`, `missing (something|a question|your question)`, `join (us|(the|our) (community|discord|slack|chat|conversation|discussion)).{0,20}`,
	// German
	`(haben sie |habt ihr |hast du |sie haben |ihr habt |du hast )?(immer |noch |weitere |andere |offene )+(fragen|hilfe|informationen|infos|links)`, `(brauchen sie|braucht ihr|brauchst du|benötigen sie|benötigst du) .{0,20}(hilfe|unterstützung)`,
	`((ihre|deine|eure|meine) )?frage (ist |war |wurde )?(hier )?nicht .{0,30}`, `(keine |die |(ihre|deine|eure) )?((passende|richtige) )?antwort (nicht )?(gefunden|dabei).{0,10}`, `kontakt`, `siehe auch`, `weiterführende .{1,30}`,
	// French
	`(vous avez|avez-vous|encore|toujours|(d['’]|une )?autres?) .{0,20}questions?`, `(d['’]|une )?autres? questions?`, `(votre|ta) question n['’](est|a|était) pas .{0,30}`, `besoin d['’](aide|assistance).{0,30}`, `(vous )?n['’](avez|as) pas trouvé .{0,40}`, `(vous )?ne (trouvez|trouves|voyez) pas .{0,20}(réponse|question).{0,40}`, `(nous contacter|contactez[- ]nous)`, `voir aussi|en savoir plus|liens utiles|ressources`,
	// Spanish
	`(aún|todavía|sigues|tienes|tiene) .{0,25}(dudas|preguntas?)`, `(tienes |más |otras )+(más )?(dudas|preguntas|ayuda|información)`, `(tu|su) (pregunta|duda) no (está|aparece|es) ?.{0,30}`, `necesitas? .{0,12}(ayuda|asistencia).{0,20}`, `no (encuentras?|encontraste|encontró|has encontrado) .{0,40}`, `contacto|cont[aá]ct[ae](nos|me)`, `(véase|ver) también|enlaces útiles|recursos( adicionales)?`,
	// Portuguese
	`(mais|outras) (perguntas|dúvidas|informações)`, `(ainda|tem|ficou) .{0,20}(dúvidas?|perguntas?)`, `(a )?sua (pergunta|dúvida) não .{0,30}`, `precisa de .{0,12}(ajuda|suporte).{0,20}`, `não (encontrou|achou) .{0,40}`, `não encontra .{0,20}(respostas?|pergunta|dúvida).{0,20}`, `contat[oe].{0,12}|fale conosco`, `ve(ja|r) também|links úteis`,
	// Italian
	`(hai |avete )?(ancora|altre) .{0,12}domande`, `(hai|avete) .{0,10}bisogno di .{0,12}(aiuto|assistenza)`, `(la )?(tua|vostra) domanda non .{0,30}`, `non (hai|avete) trovato .{0,40}`, `non (trovi|trovate) .{0,20}(rispost[ae]|domanda).{0,20}`, `contatt(i|aci|ateci)`, `vedi anche|link utili`,
	// Dutch
	`(heb je |heeft u )?(nog |meer |andere )+vragen`, `(meer )?hulp nodig`, `(staat )?(je|jouw|uw) vraag (staat )?er niet (bij|tussen).{0,8}`, `zie ook`,
	// Polish
	`(masz )?(jeszcze |inne |więcej )+(pytania|pytań)`, `(potrzebujesz|potrzebna) .{0,12}pomocy?`, `nie (znalazłeś|znalazłaś|znalazłeś/aś|znajdujesz) .{0,20}(odpowiedzi|pytania).{0,20}`, `zobacz (też|także|również)`,
	// Russian
	`(у (вас|тебя) )?((все|всё|ещё|еще|остались|есть|другие|дополнительные) )+вопросы?`, `(ещё|еще|остались|есть) .{0,20}вопросы?`, `не наш(ли|ёл|ел) .{0,30}(ответа?|вопроса?)`, `нужна .{0,20}помощь`, `контакты|обратная связь|связаться с нами|свяжитесь с нами`, `(смотрите|см\.) также|полезные ссылки`,
	// Chinese
	`(更多|其他|其它|还有|還有|仍有)(问题|疑问|帮助|問題|疑問|幫助|信息|资源).{0,20}`, `(获取|寻求|需要|獲取|尋求)(更多|其他)?(帮助|支持|協助|幫助).{0,6}`, `(没有|没|未|沒有|找不到)(找到|看到)?(您|你)?(想要|需要)?的?(答案|问题|問題).{0,6}`, `(联系|聯繫|聯絡)(我们|我們|方式)|反馈|回饋`, `(参考|相关|參考|相關)(资料|链接|文档|資料|連結|文件)`,
	// Japanese
	`(まだ|他に|ほかに|その他の?)(ご?質問|疑問|お問い?合わ?せ)(が(ある|あります|ございます).{0,12}|は(こちら)?|について)?`, `お問い?合わ?せ(先|窓口|について)?`, `(サポート|ヘルプ)(が必要.{0,12})?`, `(問題が|それでも)?解決しない(場合|とき|時).{0,6}`, `関連(リンク|情報|資料|ドキュメント|項目|ページ)`,
	// Korean
	`(아직|더|다른|추가|여전히) ?(질문|궁금|도움|문의).{0,20}`, `문의(하기|처)?|연락처`, `(관련|참고) ?(링크|문서|자료)`,
}

var footerName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:` + strings.Join(footerNames, "|") + `)[^\pL\pN]*$`)
})

// maxFooterName is the length in bytes of the longest name of a footer.
const maxFooterName = 120

// isFooterName reports whether a title is that of a part of the page that points
// elsewhere, whatever signs stand around it.
func isFooterName(title string) bool {
	title = strings.TrimLeftFunc(cleanQuestion(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return len(title) <= maxFooterName && footerName().MatchString(title)
}

// footerText matches a paragraph that ends a FAQ.
var footerText = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\W*(if|still|have|haven['’]?t|didn['’]?t|did not|can['’]?t|couldn['’]?t|don['’]?t|for|got|any|more|do you have|your)\b[^.?!]{0,60}\b(questions?|answers?)\b[^.?!]{0,60}([?!]|\b(contact|ask|open|reach|e-?mail|get in touch|drop|file|feel free|please|let (me|us) know|join|check|write|post|see)\b)` +
		`|^如果.{0,30}(问题|疑问).{0,30}(反馈|联系|提交|提问|加入)`)
})

// maxFooter is how many blocks behind a rule still are a footer.
const maxFooter = 3

// cutFooter ends the last answer of a reading where the page begins to point
// elsewhere: at "If your question was not answered, …", or at a rule with
// little behind it. "More questions?" at its end is none.
func (p *page) cutFooter(r *reading) {
	n := len(r.found)
	if n > 1 && (r.form == "bold" || r.form == "plain") && isFooterName(r.found[n-1].question) {
		n--
		r.left, r.found = append(r.left, r.found[n]), r.found[:n]
	}
	if n == 0 {
		return
	}
	f := &r.found[n-1]
	for i, x := range f.body {
		text := ""
		if len(x.lines) > 0 {
			text = x.lines[x.from].text
		}
		points := (i > 0 || x.from > 0) && footerText().MatchString(text)
		ruled := i > 0 && x.kind == ruleBlock && len(f.body)-i-1 <= maxFooter
		if points || ruled {
			f.body = f.body[:i]
			return
		}
	}
}
