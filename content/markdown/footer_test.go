package markdown

import "testing"

// TestFooters holds what people call the end of a page, and questions that sound
// like it.
func TestFooters(t *testing.T) {
	for _, name := range []string{
		"More questions?", "Still have questions?", "💬 Still have questions?", "Do you have other questions?", "I still have questions", "I have a question that is not here", "Didn't find your answer?", "Don't see your question?",
		"Question not listed?", "My question is not answered here", "Need help?", "Need more help? 🙋", "📚 Resources", "Ask a question", "Questions or feedback?", "Learn more", "Where to go next", "Join the community",
		"Have any other questions?", "Do you have any questions?", "Have a question not listed here?", "Still having trouble?", "Still stuck?", "Contact", "Contact us!", "Contact support", "Get in touch", "Can't find what you're looking for?", "Couldn't find an answer to your question?",
		"Is your question not answered?", "Your question wasn't answered?", "Related pages", "More FAQs", "Join us on Discord",
		"Weitere Fragen?", "Sie haben noch Fragen?", "Brauchen Sie weitere Hilfe?", "Ihre Frage ist nicht dabei?", "Frage nicht gefunden?", "Antwort nicht gefunden?", "Siehe auch", "Weitere Informationen",
		"D’autres questions ?", "Une autre question ?", "Besoin d'aide ?", "Vous n'avez pas trouvé la réponse à votre question ?", "Vous ne trouvez pas votre réponse ?", "Nous contacter", "Voir aussi",
		"¿Más preguntas?", "¿Sigues teniendo dudas?", "Avez-vous encore des questions ?", "¿Tienes alguna otra pregunta?", "¿Necesitas más ayuda?", "¿No encuentras tu respuesta?", "Contacto", "Véase también",
		"Ainda tem dúvidas?", "Precisa de mais ajuda?", "Não encontrou sua resposta?", "Não encontra a sua pergunta?", "Fale conosco", "Hai ancora domande?", "Hai bisogno di aiuto?", "Non trovi la risposta?", "Contatti", "Hulp nodig?", "Staat je vraag er niet bij?", "Masz więcej pytań?", "Nie znalazłeś odpowiedzi?",
		"Остались вопросы?", "Все еще есть вопросы?", "Всё ещё остались вопросы?", "Не нашли ответ на свой вопрос?", "Нужна дополнительная помощь?", "Контакты",
		"更多问题？", "仍有问题？", "没有找到答案？", "需要更多帮助？", "联系我们", "相关链接", "その他のご質問", "お問い合わせ", "解決しない場合", "関連リンク", "아직 질문이 있으신가요?", "더 도움이 필요하신가요?", "문의하기",
	} {
		if !isFooterName(name) {
			t.Errorf("%q points nowhere", name)
		}
	}
	for _, name := range []string{
		"What is it?", "Where can I get more help?", "How do I contact you?", "I have trouble with the pump", "Why is my question not answered?", "Wo bekomme ich Hilfe?", "Questions about the price",
		"Comment vous contacter ?", "Vous ne trouvez pas le fichier ?", "¿Cómo pido ayuda?", "Есть ли у вас скидки?", "Ещё вопрос о доставке", "没有声音怎么办？", "ページが見つからない場合", "지원되는 브라우저는 무엇인가요?",
		"Do you have phone support?", "Do you have a support contract?", "Do you have support for Windows?", "Do you have support for SSO and SCIM?", "Having trouble logging in?", "Having trouble with sound?", "Need for support?",
		"Contact lenses?", "Contact tracing?", "Contact person?", "Contact limits", "Contact form is empty", "Feedback loops?", "Can't find libssl", "Can't find my order?", "Cannot find module 'foo'", "Can't answer the security questions?",
		"Stuck on loading screen?", "Question not saved?", "My question is not shown?", "Don't see any questions in the survey?", "I have a question about the exam?", "Related accounts: what are they?", "Related products?", "Join the chat fails",
		"Frage nicht gespeichert?", "Brauchen Sie medizinische Hilfe?", "Antwort gefunden?", "Vous n'avez pas trouvé le colis ?", "Avez-vous une limite de questions ?", "¿Tiene un límite de preguntas?", "Una pregunta de seguridad", "Une question", "¿Tienes que responder preguntas?", "¿No encuentras tu pedido?", "no encuentra el archivo de configuración",
		"Não achou seu pedido?", "Tem um limite diário de perguntas?", "Non hai trovato il pacchetto?", "Есть ли лимит на вопросы?", "Нужна медицинская помощь?", "没问题", "没答案", "其他问题：为什么", "다른 질문 목록은 어떻게 보나요?",
	} {
		if isFooterName(name) {
			t.Errorf("%q points elsewhere", name)
		}
	}
}
