package markdown

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// What a reader did not find, a language each.
const (
	soughtEnglish = `((the |an? |my |your |any )?(right )?(answers?|questions?)( to (my|your|the|a) questions?)?( you(['’]re| are) (looking|searching) for)?( yet)?` + onPage +
		`|(what|the (answer|information|help)( that)?) (you|i)( need(ed)?| want(ed)?|( are|['’]re|['’]m| am| were| was) (looking|searching) for))`
	soughtFrench = `((la |une |votre |ta |de )?(réponse|question)( à (votre|vos|ta|tes|une) questions?)?( dans (la|cette) (liste|faq|page)| sur cette page| ici)?` +
		`|ce que (vous cherch(i?ez)|tu cherch(es|ais)))`
	soughtSpanish    = `((la |una |tu |su )?(respuestas?|pregunta|duda)( a (tu|su) (pregunta|duda))?( aquí)?|lo que (buscas?|buscabas?|necesitas?))`
	soughtPortuguese = `((a |uma )?(sua )?(respostas?|pergunta|dúvida)( (para|à|a) (a )?sua (pergunta|dúvida))?( aqui)?|o que (procura(va)?|precisa(va)?|estava procurando))`
	soughtItalian    = `((la |una )?((tua|vostra) )?(rispost[ae]|domanda)( alla (tua|vostra) domanda)?( qui)?|(quello|ciò) che (cerchi|cercavi|cercate|cercavate))`

	onPage   = `( (here|above|below|(in|on) (this|the) (list|page|faq)))?`
	unlisted = `(( that| which)?( is| are| was| were)?( not|n['’]t) (here|there|listed|answered|covered|addressed|included|(in|on) (this|the) (list|page|faq))` + onPage + `)`
)

// footerNames are expressions for what people call the headings under which a
// page points elsewhere: to more answers, to help, to a contact, to links. Each
// matches a whole name. What is missed, asked or wanted is named in it: "Can't
// find your question?" and never "Can't find …".
var footerNames = []string{
	// English
	`((additional|further|more|other|still|need|get|getting|any|have) ?)?((more|further|other|additional|any) ?)?(questions?|assistance|help|support|resources|information|info|links|reading|references)`,
	`(additional|further|more|other) faqs?`,
	`(do you )?(still )?(have|got)( any| some| more| other| further| another| additional| unanswered| an?)* questions?` + unlisted + `?`,
	`(do you )?(still )?need( some| any| more| other| further| additional)* (help|assistance|support)( with (something|anything) else)?`,
	`(are you )?(still )?having( some| any| more| other)* (trouble|problems|issues|difficulties)`,
	`i (still )?have( an?| another| more| other| further)* questions?` + unlisted + `?`,
	`(is )?((my|your|a) )?questions?` + unlisted,
	`(can['’]?t|cannot|don['’]?t|do not|didn['’]?t|did not|couldn['’]?t|could not|not) (find|see|finding|seeing) ` + soughtEnglish,
	`(is )?(something|anything|your question|a question) missing`,
	`missing (something|a question|your question)`,
	`(are you )?(still )?stuck`,
	`(ask|submit|suggest) (us )?(an?|another|your|more) questions?( here| on (github|discord|slack))?`,
	`contact( (us|me|info|information|details|((the|our) )?(support|team|maintainers?|authors?)( team)?))?( (for|with) (more |further )?(help|support|questions|information))?`,
	`get in touch( with (us|me))?`,
	`reach out( to (us|me))?`,
	`(questions?|feedback|comments|contact|help|support)( or | and |, ?| ?& ?|/)(questions?|feedback|comments|suggestions|concerns|issues|contact|help|support)(( or | and |,( or| and)? | & )(feedback|comments|suggestions|concerns|help|support))?`,
	`feedback`,
	`join (us|(the|our) (community|discord|slack|chat|conversation|discussion))( (community|channel|server))?( on (discord|slack|github|gitter|matrix|telegram))?`,
	`see also`,
	`related( (links|pages|articles|topics|resources|docs|documentation|documents|questions|faqs|reading))?`,
	`useful links`,
	`learn more`,
	`next steps`,
	`(what['’]?s|where to go|what to read) next`,
	`license`,
	`changelog`,
	`credits`,
	`acknowledge?ments`,
	`contributors`,
	`authors?`,
	`footnotes`,
	// German
	`(haben sie |habt ihr |hast du |sie haben |ihr habt |du hast )?(immer |noch |weitere |andere |offene )+(fragen|hilfe|informationen|infos|links)`,
	`(brauchen sie|braucht ihr|brauchst du|benötigen sie|benötigst du) (noch |mehr |weitere |unsere )*(hilfe|unterstützung)`,
	`((ihre|deine|eure|meine) )?frage (ist |war |wurde )?(hier )?nicht (hier |mit )?(dabei|gefunden|beantwortet|aufgeführt|aufgelistet|gelistet|enthalten)`,
	`keine (passende |richtige )?antwort (gefunden|dabei)`,
	`((die|ihre|deine|eure) )?(passende |richtige )?antwort nicht (gefunden|dabei)`,
	`kontakt`,
	`siehe auch`,
	`weiterführende (links|informationen|infos|literatur|themen|seiten|artikel|ressourcen|dokumentation)`,
	// French
	`(vous avez|avez-vous|tu as|as-tu|encore|toujours)( encore| toujours| d['’]autres| une| autre| des| de| plus de)* questions?`,
	`(d['’]|une )?autres? questions?`,
	`(votre|ta) question n['’](est|a) pas (été )?(ici|là|listée|traitée|abordée|dans (la|cette) (liste|faq|page)|(trouvé )?(de )?réponse)`,
	`((vous avez|avez-vous|tu as|as-tu) )?(encore )?besoin d['’](aide|assistance)( supplémentaire)?`,
	`((vous|tu) )?n['’](avez|as) pas trouvé ` + soughtFrench,
	`((vous|tu) )?ne (trouvez|trouves|voyez|vois) pas ` + soughtFrench,
	`nous contacter|contactez[- ]nous`,
	`voir aussi`,
	`en savoir plus`,
	`liens utiles`,
	`ressources`,
	// Spanish
	`(aún|todavía|sigues|tienes?)( aún| todavía| tienes?| alguna| otra| más| con| teniendo| una)* (dudas?|preguntas?)`,
	`((más|otras) )+(dudas|preguntas|ayuda|información)`,
	`(tu|su) (pregunta|duda) no (está|aparece)( (aquí|listada|respondida|incluida|en (la|esta) (lista|página)))?`,
	`necesitas? (más |alguna )?(ayuda|asistencia)( adicional)?`,
	`no (encuentras?|encontraste|encontró|has encontrado) ` + soughtSpanish,
	`contacto|cont[aá]ct[ae](nos|me)`,
	`(véase|ver) también`,
	`enlaces útiles`,
	`recursos( adicionales)?`,
	// Portuguese
	`(mais|outras) (perguntas|dúvidas|informações)`,
	`(ainda|tem|ficou)( ainda| tem| com| alguma| outra| mais| uma)* (dúvidas?|perguntas?)`,
	`(a )?sua (pergunta|dúvida) não (está|foi|aparece)( (aqui|listada|respondida|incluída|na lista|nesta (lista|página)))?`,
	`precisa de (mais |alguma )?(ajuda|suporte)( adicional)?`,
	`não (encontrou|encontra|achou) ` + soughtPortuguese,
	`contat[oe](-nos)?`,
	`(entre em contato|fale) conosco`,
	`ve(ja|r) também`,
	`links úteis`,
	// Italian
	`((hai|avete) )?(ancora|altre)( altre| delle| qualche)? domand[ae]`,
	`(hai|avete) (ancora )?bisogno di (altro |ulteriore |più )?(aiuto|assistenza)`,
	`(la )?(tua|vostra) domanda non (è|c['’]è|compare)( (qui|presente|elencata|in elenco|nell['’]elenco))?`,
	`non ((hai|avete) trovato|trovi|trovate) ` + soughtItalian,
	`contatt(i|aci|ateci)`,
	`vedi anche`,
	`link utili`,
	// Dutch
	`(heb je |heeft u )?(nog |meer |andere )+vragen`,
	`(meer )?hulp nodig`,
	`(staat )?(je|jouw|uw) vraag (staat )?er niet (bij|tussen)`,
	`zie ook`,
	// Polish
	`(masz )?(jeszcze |inne |więcej )+(pytania|pytań)`,
	`(potrzebujesz|potrzebna) (więcej |dodatkowej |dodatkowa )?pomocy?`,
	`nie (znalazłeś|znalazłaś|znalazłeś/aś|znajdujesz) (tu )?(swojego |odpowiedniego )?(odpowiedzi|pytania)( na (swoje|twoje) pytanie)?`,
	`zobacz (też|także|również)`,
	// Russian
	`((у вас|у тебя|все|всё|ещё|еще|остались|есть|другие|дополнительные) )+вопросы?`,
	`(вы )?не наш(ли|ёл|ел) (нужный |нужного |своего |свой )?(ответа?|вопроса?)( на (свой|ваш) вопрос)?`,
	`(вам )?нужна (дополнительная |ещё |еще |наша )?помощь`,
	`контакты`,
	`обратная связь`,
	`(связаться с|свяжитесь с) нами`,
	`(смотрите|см\.) также`,
	`полезные ссылки`,
	// Chinese
	`(更多|其他|其它|还有|還有|仍有)(问题|疑问|帮助|問題|疑問|幫助|信息|资源)(吗|嗎)?([，,：:]?(请|請|可|可以|欢迎)?(联系|聯繫|咨询|反馈|加入).{0,12})?`,
	`(获取|寻求|需要|獲取|尋求)(更多|其他)?(帮助|支持|協助|幫助)(吗|嗎)?`,
	`((没有?|未|沒有)(找到|看到)|找不到)(您|你)?(想要|需要)?的?(答案|问题|問題)(吗|嗎)?`,
	`(联系|聯繫|聯絡)(我们|我們|方式)`,
	`反馈|回饋`,
	`(参考|相关|參考|相關)(资料|链接|文档|資料|連結|文件)`,
	// Japanese
	`(まだ|他に|ほかに|その他の?)(ご?質問|疑問|お問い?合わ?せ)(が(ある|あります|ございます)(場合|とき|か)?は?|は(こちら)?|について)?`,
	`お問い?合わ?せ(先|窓口|について)?`,
	`(サポート|ヘルプ)(が必要(ですか|な(場合|とき|方)は?)?)?`,
	`(問題が|それでも)?解決しない(場合|とき|時)に?は?`,
	`関連(リンク|情報|資料|ドキュメント|項目|ページ)`,
	// Korean
	`(아직|더|다른|추가|여전히) ?(질문|궁금|도움|문의)(한 ?(점|것|사항))?[이가은]? ?((있|필요하).{0,6})?`,
	`문의(하기|처)?`,
	`연락처`,
	`(관련|참고) ?(링크|문서|자료)`,
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

// maxFooters is how many headings at the end of a page may be footers: pages end
// with an offer of help, a contact, links and a license.
const maxFooters = 4

// lastOf returns the index from which on a heading may be a footer: that of the
// first of those, no deeper than the questions, that point elsewhere without a
// break to the end of the page. The first two headings are none.
func (h *headingReader) lastOf(order []int) int {
	order = slices.DeleteFunc(slices.Clone(order), func(i int) bool { return h.blocks[i].level > h.level })
	at := len(order)
	for at > 2 && len(order)-at < maxFooters && h.pointsElsewhere(order[at-1]) {
		at--
	}
	if at == len(order) {
		return len(h.blocks)
	}
	return order[at]
}

// pointsElsewhere reports whether heading i has the name of a footer, or, where
// others ask, does not and stands over nothing but links.
func (h *headingReader) pointsElsewhere(i int) bool {
	b := h.blocks[i]
	return isFooterName(b.title) || h.asked > 0 && !asks(b.title) && h.linksOnly(h.under(i))
}

// footers counts the headings of a level under which the page ends.
func (h *headingReader) footers(level int) int {
	n := 0
	for i := h.last; i < len(h.blocks); i++ {
		if b := h.blocks[i]; b.kind == headingBlock && b.level == level && !endsAsking(b.title) && h.footer(i) {
			n++
		}
	}
	return n
}

// footer reports whether a heading is one of the last and points elsewhere.
func (h *headingReader) footer(i int) bool {
	return i >= h.last && isFooterName(h.blocks[i].title)
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
