package index

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/google/go-cmp/cmp"

	"kb/index/lang"
)

func TestAnalyze(t *testing.T) {
	s := &Snapshot{}
	for _, tt := range []struct{ field, lang, text, want string }{
		{Question, "en", "What are passkeys?", "What=what are=are passkeys=passkey"},
		{Words, "en", "What are passkeys?", "What=what are=are passkeys=passkeys"},
		{Question, "", "The users' devices", "The=the users=user devices=devic"},
		{Question, "en-GB", "synchronisation", "synchronisation=synchronis"},
		{Words, "en", "user's user’s USER'S", "user's=user user’s=user USER'S=user"},
		{Words, "en", "don't can’t I'm", "don't=dont can’t=cant I'm=im"},
		{Words, "fr", "l’école d'été", "l=l école=ecole d=d été=ete"},
		{Words, "it", "dell'acqua L’UVA un po' cos'è", "dell=dell acqua=acqua L=l UVA=uva un=un po=po cos=cos è=e"},
		{Question, "it", "vaccinarsi vaccinazioni attività", "vaccinarsi=vaccin vaccinazioni=vaccin attività=attiv"},
		{Question, "it", "anziano anziani anziane", "anziano=anzi anziani=anzi anziane=anzi"},
		{Question, "it", "laboratorio laboratori obbligatorie", "laboratorio=labor laboratori=labor obbligatorie=obblig"},
		{Question, "it", "positivo positività positivita", "positivo=posit positività=posit positivita=posit"},
		{Question, "it", "certificato certificazioni", "certificato=certific certificazioni=certific"},
		{Question, "it", "mano mani cane cani piano piani", "mano=man mani=man cane=can cani=can piano=pian piani=pian"},
		{Question, "es", "cancelar cancelación cancelacion devoluciones devolución", "cancelar=cancel cancelación=cancel cancelacion=cancel devoluciones=devolu devolución=devolu"},
		{Question, "de", "Schlüssel Schluessel Schlussel Kündigung kündigen", "Schlüssel=schlussel Schluessel=schlussel Schlussel=schlussel Kündigung=kundig kündigen=kundig"},
		{Question, "pl", "hasło hasła hasłami możliwości mozliwosc", "hasło=hasl hasła=hasl hasłami=hasl możliwości=mozliwosc mozliwosc=mozliwosc"},
		{Question, "ar", "الكتاب كتاب", "الكتاب=كتاب كتاب=كتاب"},
		{Words, "fa", "می\u200cخواهم", "می=مي خواهم=خواهم"},
		{Question, "tr", "Ayarları ayarlari ayar hesabınızı hesap", "Ayarları=ayar ayarlari=ayar ayar=ayar hesabınızı=hesap hesap=hesap"},
		{Words, "tr", "Türkiye'de", "Türkiye'de=turkiye"},
		{Words, "ko", "SNS를 등록", "SNS=sns 를=를 등록=등록"},
		{Words, "en", "ＡＢＣ １２ ﾊﾟｽｷｰ", "ＡＢＣ=abc １２=12 ﾊﾟｽ=パス ｽｷ=スキ ｷｰ=キー"},
		{Words, "th", "รหัสผ่าน", "รหั=รหั หัส=หัส สผ่=สผ่ ผ่า=ผ่า าน=าน"},
		{Words, "en", "café cafe\u0301 CAFÉ", "café=cafe cafe\u0301=cafe CAFÉ=cafe"},
		{Words, "de", "Straße Æther øl ﬁn", "Straße=strasse Æther=aether øl=ol ﬁn=fin"},
		{Words, "ru", "Ёлка й", "Ёлка=елка й=й"},
		{Words, "el", "Ελλάδα", "Ελλάδα=ελλαδα"},
		{Words, "en", "multi-device node.js kb.yaml snake_case a:b", "multi=multi device=device node=node js=js kb=kb yaml=yaml snake=snake case=case a=a b=b"},
		{Words, "en", "3.5 1,000 10:30 v2 u2f 2fa", "3.5=3.5 1,000=1,000 10=10 30=30 v2=v2 u2f=u2f 2fa=2fa"},
		{Words, "en", "soft\u00adware zero\u200bwidth", "soft\u00adware=software zero\u200bwidth=zerowidth"},
		{Words, "en", "C++ and .NET, end.", "C=c and=and NET=net end=end"},
		{Words, "en", "a\xffb \x80", "a=a b=b"},
		{Words, "ja", "東京 鍵 パスキーを", "東京=東京 鍵=鍵 パス=パス スキ=スキ キー=キー ーを=ーを"},
		{Words, "en", "", ""},
		{Words, "en", "… — ?", ""},
	} {
		var got []string
		for _, tok := range s.Analyze(tt.field, tt.lang, tt.text) {
			got = append(got, tt.text[tok.Start:tok.End]+"="+tok.Term)
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s of %q in %q (-want +got):\n%s", tt.field, tt.text, tt.lang, diff)
		}
	}
}

func TestMemoryIsBounded(t *testing.T) {
	s := &Snapshot{analyzers: analyzers{limit: 10}}
	for n := range uint64(100) {
		text := madeUp(n)
		if got, want := s.Analyze(Question, "en", text), new(Snapshot).Analyze(Question, "en", text); !slices.Equal(got, want) {
			t.Fatalf("%q: %v, want %v", text, got, want)
		}
		if n := len(s.analyzers.of(lang.Of("en")).knownWords); n > 10 {
			t.Fatalf("%d words", n)
		}
	}
}

// FuzzAnalyze holds that any text can be analysed, that its tokens are in
// order and within it, that words and stems stand at the same places, and that
// split does what bleve's tokenizer does.
func FuzzAnalyze(f *testing.F) {
	for _, text := range []string{
		"What's a passkey?", "don't 'tis rock'n'roll", "a.b.c 1.2.3 1,2;3 a,b 1:2 a:b", "x_1 __init__ _",
		"e\u0301\u0301 ŒUVRE ﬃ", "a\xc3(\xff", "1'000 o'5 5'o", "\u200d\u200c\u00ad", "İstanbul ẞ", "日本語 カタカナ ไทย", "ｶﾞﾞ가다a나 か\u3099\u3099 鍵",
	} {
		f.Add(text, "en")
		f.Add(text, "de")
		f.Add(text, "es")
		f.Add(text, "it")
		f.Add(text, "ja")
	}
	s := &Snapshot{}
	f.Fuzz(func(t *testing.T, text, tag string) {
		stems, words := s.Analyze(Question, tag, text), s.Analyze(Words, tag, text)
		if len(stems) != len(words) {
			t.Fatalf("%d stems of %d words", len(stems), len(words))
		}
		at := 0
		for i, w := range words {
			if w.Start < at || w.End < w.Start || w.End > len(text) {
				t.Fatalf("word %d is at %d:%d of %d, after %d", i, w.Start, w.End, len(text), at)
			}
			if w.Start != stems[i].Start || w.End != stems[i].End {
				t.Fatalf("stem %d is elsewhere than its word", i)
			}
			at = w.Start // pairs of letters overlap
		}
		folded := fold(lang.Of(tag), text).text
		if utf8.ValidString(text) && !utf8.ValidString(folded) {
			t.Fatalf("folded to invalid %q", folded)
		}
		want := unicode.NewUnicodeTokenizer().Tokenize([]byte(folded))
		got := split([]byte(folded), new(tokenBuffer))
		if len(got) != len(want) {
			t.Fatalf("%q: %v, want %v", folded, got, want)
		}
		for i := range got {
			if string(got[i].Term) != string(want[i].Term) || got[i].Start != want[i].Start || got[i].Position != want[i].Position {
				t.Fatalf("%q: %v, want %v", folded, got[i], want[i])
			}
		}
	})
}
