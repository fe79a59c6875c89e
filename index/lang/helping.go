package lang

// helping returns the words of grammar that every question is made of and the
// lists of bleve, which were made for news, leave out: the verbs can, must, want,
// be, have and do, and what asks.
func helping(base string) []byte {
	switch base {
	case "ca":
		return listed("puc pots pot podem podeu poden poder puga podria he has hem heu han haig haver cal caldria vull vol voler ser estar fer faig fa")
	case "da":
		return listed("kan må skal bør får vil være have gøre hvordan hvornår hvorfor hvem hvad hvor")
	case "de":
		return listed("darf dürfen dürfte müssen müsste können könnten möchte möchten sollen sein haben wann wieso weshalb warum")
	case "es":
		return listed(`puedo puedes puede podemos pueden poder podría podrían pudo debo debes debe debemos deben deber debería
			deberían quiero quiere queremos quieren querer quisiera hago haces hace hacemos hacen hacer ser ir voy va vamos van
			tener haber hay qué quién quiénes cómo cuál cuáles cuándo cuánto cuánta cuántos cuántas dónde si`)
	case "fi":
		return listed("voi voin voit voimme voitte voivat voiko voinko voisi pitää pitääkö täytyy saa saako saan olla tehdä miten milloin missä miksi mitä kuka")
	case "fr":
		return listed(`puis peux peut pouvons pouvez peuvent pouvoir pourrais pourrait dois doit devons devez doivent devoir
			devrais devrait faut faudrait veux veut voulons voulez veulent vouloir voudrais fais fait faisons faites font faire
			être avoir comment quand où quoi quel quelle quels quelles combien pourquoi si`)
	case "gl":
		return listed("podo podes pode podemos poden poder podería debo debe debemos deben deber quero quere querer fago fai facer ser ir ter cando onde como cal cales canto")
	case "it":
		return listed(`posso puoi può possiamo potete possono potere poter potuto potrei potrebbe potrò potrà devo devi deve dobbiamo
			dovete devono dovere dover dovuto dovrei dovrebbe dovrò dovrà voglio vuoi vuole vogliamo volete vogliono volere
			voler voluto vorrei vorrebbe bisogna occorre fare far fatto avere aver essere esser stare star stato stata stati
			state cosa quando quali qualche perche ogni altro altra altri altre stesso stessa molto molti poco pochi solo
			già ancora sempre mai poi così quindi allora però mentre prima dopo durante fino senza verso sotto sopra oltre
			qui qua lì là ora adesso tra fra oppure né pure quasi troppo tanto proprio ke nn xke xche perke perchè cmq`)
	case "nl":
		return listed("mag mogen moet moeten kan kunnen wil willen zal zullen hebben doen waar wanneer waarom hoe wie wat welke")
	case "no":
		return listed("kan må skal bør får vil være ha gjøre hvordan når hvorfor hvem hva hvor")
	case "pt":
		return listed(`posso podes pode podemos podem poder poderia devo deve devemos devem dever deveria quero quer queremos
			querem querer queria preciso precisa faço faz fazemos fazem fazer ser ir vou vai ter haver onde quais quanto quanta
			quantos quantas quem porquê`)
	case "ro":
		return listed("pot poți poate putem puteți putea trebuie vreau vrei vrea vor fac faci face facem fi avea când cum unde ce care cine cât câte")
	case "sv":
		return listed("kan måste ska skall bör får vill vara ha göra hur när varför vem vad var")
	}
	return nil
}
