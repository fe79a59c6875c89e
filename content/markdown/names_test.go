package markdown

import "testing"

// TestNames holds what people call a FAQ, a language each, and what they do not.
func TestNames(t *testing.T) {
	for _, name := range []string{
		"FAQ", "FAQs", "Q&A", "Q＆A", "Frequently Asked", "Common Questions", "Questions & Answers", "Questions",
		"Häufig gestellte Fragen", "Häufige Fragen", "Oft gestellte Fragen", "haeufig-gestellte-fragen", "Fragen und Antworten",
		"Preguntas frecuentes", "Preguntas y respuestas", "Foire aux questions", "Questions fréquentes", "Questions fréquemment posées",
		"Questions courantes", "Domande frequenti", "Perguntas frequentes", "Dúvidas frequentes", "Veelgestelde vragen", "Vaak gestelde vragen",
		"Często zadawane pytania", "Najczęściej zadawane pytania", "Často kladené otázky", "Časté dotazy", "Nejčastější dotazy",
		"Vanliga frågor", "Frågor och svar", "Ofte stillede spørgsmål", "Vanlige spørsmål", "Usein kysytyt kysymykset", "Sıkça Sorulan Sorular",
		"Gyakori kérdések", "Gyakran ismételt kérdések", "GYIK", "Часто задаваемые вопросы", "Частые вопросы", "Вопросы и ответы", "ЧаВо",
		"Поширені запитання", "Часті запитання", "常见问题", "常見問題", "常见问题与解答", "问答", "よくある質問", "よくあるご質問", "자주 묻는 질문", "자주묻는질문",
		"Câu hỏi thường gặp", "Pertanyaan yang sering diajukan", "คำถามที่พบบ่อย", "الأسئلة الشائعة", "أسئلة شائعة", "שאלות נפוצות", "سوالات متداول",
		"अक्सर पूछे जाने वाले प्रश्न", "Întrebări frecvente", "Συχνές ερωτήσεις", "Najčešće postavljana pitanja",
	} {
		if !isFAQName(name) {
			t.Errorf("%q calls nothing a FAQ", name)
		}
	}
	for _, name := range []string{"Installation", "Open questions of the design", "What is in this FAQ and what is not?", "Häufige Fehler", "Gesture"} {
		if isFAQName(name) {
			t.Errorf("%q calls something a FAQ", name)
		}
	}
}
