package lang

import "testing"

// TestDetect gives a few sentences of help, as they stand on a page, in every
// language that kb tells from others.
func TestDetect(t *testing.T) {
	for want, text := range map[string]string{
		"en": "You can change your password at any time. Open the settings, choose a new one and confirm it with the code that we send to your phone.",
		"de": "Sie können Ihr Passwort jederzeit ändern. Öffnen Sie die Einstellungen, wählen Sie ein neues und bestätigen Sie es mit dem Code, den wir Ihnen schicken.",
		"fr": "Vous pouvez changer votre mot de passe à tout moment. Ouvrez les paramètres, choisissez-en un nouveau et confirmez-le avec le code que nous vous envoyons.",
		"es": "Puede cambiar su contraseña en cualquier momento. Abra los ajustes, elija una nueva y confírmela con el código que le enviamos a su teléfono. Si no lo recibe, espere unos minutos y pídalo otra vez desde la misma página; también lo puede leer en el correo.",
		"it": "Puoi cambiare la password in qualsiasi momento. Apri le impostazioni, scegline una nuova e confermala con il codice che ti inviamo per messaggio, se non l'hai già fatto. Quando non arriva, aspetta qualche minuto e chiedilo di nuovo dalla stessa pagina.",
		"pt": "Você pode mudar a sua senha a qualquer momento. Abra as configurações, escolha uma nova e confirme com o código que nós enviamos para o seu telefone.",
		"ca": "Podeu canviar la contrasenya en qualsevol moment. Obriu els paràmetres, trieu-ne una de nova i confirmeu-la amb el codi que us enviem, si no ho heu fet abans.",
		"gl": "Pode cambiar o seu contrasinal en calquera momento. Abra os axustes, escolla un novo e confírmeo co código que lle enviamos, se non o fixo aínda.",
		"nl": "U kunt uw wachtwoord altijd wijzigen. Open de instellingen, kies een nieuw wachtwoord en bevestig het met de code die wij naar uw telefoon sturen.",
		"da": "Du kan altid ændre din adgangskode. Åbn indstillingerne, vælg en ny og bekræft den med den kode, som vi sender til dig, når du har bedt om det. Hvis du ikke får den, så prøv igen efter nogle minutter, eller skriv til os, så hjælper vi dig med at få adgang til din konto.",
		"no": "Du kan endre passordet ditt når som helst. Åpne innstillingene, velg et nytt og bekreft det med koden som vi sender deg hvis du ikke har gjort det.",
		"sv": "Du kan ändra ditt lösenord när som helst. Öppna inställningarna, välj ett nytt och bekräfta det med koden som vi skickar till dig om du inte har gjort det.",
		"fi": "Voit vaihtaa salasanasi milloin tahansa. Avaa asetukset, valitse uusi ja vahvista se koodilla, jonka me lähetämme sinulle, jos et ole vielä tehnyt niin kuin me olemme pyytäneet.",
		"hu": "A jelszavát bármikor megváltoztathatja. Nyissa meg a beállításokat, válasszon egy újat, és erősítse meg azzal a kóddal, amelyet mi küldünk, ha még nem tette meg.",
		"ro": "Puteți schimba parola în orice moment. Deschideți setările, alegeți una nouă și confirmați cu un cod pe care vi-l trimitem, dacă nu ați făcut acest lucru până acum.",
		"tr": "Parolanızı her zaman değiştirebilirsiniz. Ayarları açın, yeni bir parola seçin ve size gönderdiğimiz kod ile onaylayın; bunu daha önce yapmadıysanız ne kadar kolay olduğunu siz de görün.",
		"pl": "Hasło można zmienić w każdej chwili. Otwórz ustawienia, wybierz nowe i potwierdź je kodem, który do ciebie wyślemy, jeśli jeszcze tego nie ma.",
		"cs": "Své heslo můžete kdykoli změnit. Otevřete nastavení, zvolte nové a potvrďte jej kódem, který vám pošleme, pokud jste to ještě neudělali, protože to je tak lepší.",
		"hr": "Lozinku možete promijeniti kada želite. Otvorite postavke, odaberite novu i potvrdite je kodom koji ćemo vam poslati, ako to još niste učinili.",
		"eu": "Pasahitza edozein unetan alda dezakezu. Ireki ezarpenak, aukeratu berri bat eta berretsi bidaltzen dizugun kodearekin, hori oraindik egin ez baduzu, eta hala ere beste bat nahi izan.",
		"id": "Anda dapat mengubah kata sandi kapan saja. Buka pengaturan, pilih yang baru dan konfirmasi dengan kode yang kami kirim ke telepon Anda jika belum.",
		"ru": "Вы можете изменить пароль в любое время. Откройте настройки, выберите новый и подтвердите его кодом, который мы вам пришлём, если вы ещё этого не сделали.",
		"bg": "Можете да промените паролата си по всяко време. Отворете настройките, изберете нова и я потвърдете с кода, който ще ви изпратим, ако още не сте го направили.",
		"uk": "Ви можете змінити пароль у будь-який час. Відкрийте налаштування, виберіть новий і підтвердіть його.",
		"el": "Μπορείτε να αλλάξετε τον κωδικό σας ανά πάσα στιγμή.",
		"ar": "يمكنك تغيير كلمة المرور في أي وقت من صفحة الإعدادات.",
		"fa": "می\u200cتوانید گذرواژهٔ خود را هر زمان که بخواهید تغییر دهید.",
		"hi": "आप किसी भी समय अपना पासवर्ड बदल सकते हैं।",
		"ja": "パスワードはいつでも変更できます。設定を開いて新しいものを選んでください。",
		"zh": "您可以随时更改密码。打开设置，选择新密码并确认。",
		"ko": "비밀번호는 언제든지 변경할 수 있습니다.",
		"hy": "Դուք կարող եք փոխել գաղտնաբառը ցանկացած ժամանակ։",
		"":   "SELECT id FROM users WHERE 1; kubectl get pods -n kb",
	} {
		if got := Detect(text); got != want {
			t.Errorf("%q, want %q: %s", got, want, text)
		}
	}
}

func TestDetectIsNotSureOfLittle(t *testing.T) {
	for _, text := range []string{"", "123 456", "password", "kb search", "no", "la", "Wi-Fi & VPN"} {
		if got := Detect(text); got != "" {
			t.Errorf("%q is %q", text, got)
		}
	}
}
