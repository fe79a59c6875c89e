package lang

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Cut returns a word without the longest of the language's endings, if enough
// of it is left.
func (l Language) Cut(word string) string {
	const least = 3 // letters of a stem
	for _, e := range l.Endings {
		if stem, ok := strings.CutSuffix(word, e); ok && utf8.RuneCountInString(stem) >= least {
			return stem
		}
	}
	return word
}

// Respell returns a word as the stemmer should see it: with the accents that it
// goes by and people leave out, as far as the word itself tells where they are,
// and with one ending for forms of a word that it would keep apart.
func (l Language) Respell(word string) string {
	if l.Base == "tr" {
		return harmonic(word)
	}
	for _, a := range l.Respelt {
		if stem, ok := strings.CutSuffix(word, a[0]); ok {
			return stem + a[1]
		}
	}
	return word
}

// harmonic returns a word of Turkish with the vowels that agree with those
// before them: a dotless one after a back vowel, a rounded front one after a
// front vowel.
func harmonic(word string) string {
	var b strings.Builder
	before := ' '
	for _, r := range word {
		back, front := strings.ContainsRune("aıou", before), strings.ContainsRune("eiöü", before)
		switch {
		case r == 'i' && back:
			r = 'ı'
		case r == 'u' && front:
			r = 'ü'
		}
		if strings.ContainsRune("aıoueiöü", r) {
			before = r
		}
		b.WriteRune(r)
	}
	return b.String()
}

// italianEndings returns the endings of Italian that always have an accent, and
// those of which Snowball takes one form for another word: the singular of
// laboratorio and the plural of lavoratore, anziano and a verb as mangiano,
// comunicazione and comunicare.
func italianEndings() [][2]string {
	return [][2]string{
		{"bilita", "bilità"}, {"ivita", "ività"}, {"icita", "icità"},
		{"atorio", "atore"}, {"atoria", "atore"}, {"atorie", "atore"},
		{"icazione", "icato"}, {"icazioni", "icato"},
		{"ani", "ano"}, {"ana", "ano"}, {"ane", "ano"},
	}
}

// longestFirst returns the words of text, the longest first.
func longestFirst(text string) []string {
	all := strings.Fields(text)
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	return all
}

// polishEndings returns the endings of nouns and adjectives, and the commonest
// of verbs, without accents. bleve's stemmer of Polish needs accents, a table
// of 2 MB, and 30 ms to read it.
func polishEndings() []string {
	return longestFirst(`ami ach ow em ie om ego emu ych ymi ich imi ej iej iego iemu iach iami iom
		a e i o u y ac ec ic yc aja uje ujesz ujemy owac owanie owania anie ania aniu eniu enie enia
		my cie sz am asz amy acie`)
}

// croatianEndings returns the endings of nouns and adjectives, and the
// commonest of verbs, without accents. bleve's stemmer of Croatian compiles its
// rules when a program starts, which takes 2 ms.
func croatianEndings() []string {
	return longestFirst(`ama ima om em og eg oga ega omu emu im ih oj ovi ova ove ovima evi eva eve
		a e i o u ati iti eti am as amo ate aju im is imo ite uje ujem ujes ujemo ujete uju ovati
		anje anja enje enja anjem enjem ala ale ali alo ila ile ili ilo ao io`)
}

// polishWords are words of Polish grammar.
const polishWords = `a
aby
ale
albo
ani
bez
bo
by
był
była
było
być
będzie
będę
ci
co
czy
czyli
dla
do
gdy
gdzie
go
i
ich
ile
im
iż
ja
jak
jaka
jaki
jakie
jako
je
jednak
jego
jej
jest
jestem
jeszcze
jeśli
jeżeli
już
ją
kiedy
kto
która
które
którego
której
który
których
którym
lub
ma
mam
mi
mnie
mogę
moje
moja
mój
można
mu
może
my
na
nad
nam
nas
nie
niego
niej
nich
nim
niż
o
od
on
ona
one
oni
oraz
po
pod
przed
przez
przy
są
się
swoje
ta
tak
takie
także
tam
te
tego
tej
ten
to
tu
ty
tylko
tym
tych
u
w
we
więc
wszystkie
z
za
ze
że
żeby
`

// croatianWords are words of Croatian grammar.
const croatianWords = `a
ako
ali
bez
bi
bio
bila
bilo
biti
bude
budem
da
do
dok
ga
gdje
i
ih
ili
im
iz
ja
je
jer
jesam
jesu
još
ju
kada
kako
kao
ko
koga
koja
koje
kojem
koji
kojih
koju
koliko
li
me
mi
mogu
moj
moja
moje
može
mu
na
nad
nakon
ne
nego
neki
nije
nisam
nisu
njega
njih
no
o
od
on
ona
oni
ono
ova
ovaj
ove
ovo
po
pod
prema
pri
prije
s
sa
sam
samo
se
smo
su
svoj
svoje
što
ta
taj
te
ti
to
toga
tu
u
uz
va
već
vi
za
zašto
će
ću
`
