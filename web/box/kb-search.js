// <kb-search>: the search of a kb site on any other page. It needs no style,
// no inline script and no Trusted Types policy of its host, and without this
// script the plain form inside it still works.

const SCRIPT = document.currentScript?.src;
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

const element = (name, attributes, ...children) => {
	const made = document.createElement(name);
	for (const key in attributes) if (attributes[key] != null) made.setAttribute(key, attributes[key]);
	made.append(...children);
	return made;
};

customElements.get('kb-search') ?? customElements.define('kb-search', class extends HTMLElement {
	#gone;

	connectedCallback() {
		this.#gone = new AbortController();
		if (!this.shadowRoot) this.#build();
		hotkeys(this.field, (this.getAttribute('hotkey') ?? '').split(' '), this.#gone.signal);
	}

	disconnectedCallback() {
		this.#gone.abort();
	}

	#build() {
		const own = name => this.getAttribute(name) || null;
		const plain = this.querySelector('form');
		const site = own('src') ?? (plain ? new URL('.', plain.action) : new URL('.', SCRIPT)).href;
		const at = path => new URL(path, site.replace(/\/?$/, '/')).href;
		const lang = own('lang') ?? this.closest('[lang]')?.lang;
		const word = WORDS.search[lang?.split('-')[0]] ?? WORDS.search[''];
		const here = own('open-in') !== 'page';

		this.field = element('input', {
			type: 'search', name: 'q', part: 'input', placeholder: own('placeholder'), 'aria-label': own('placeholder') ?? word,
			maxlength: 400, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', enterkeyhint: 'search', dir: 'auto',
		});
		const button = element('button', {type: 'submit', part: 'button'}, word);
		const section = own('section') && element('input', {type: 'hidden', name: 'section', value: own('section')});
		const form = element('form', {id: 'search', action: at('search'), role: 'search', part: 'form'}, this.field, button, section ?? '');
		const out = element('div', {class: 'out', part: 'results', hidden: ''});
		const status = element('p', {class: 'vh', role: 'status', 'data-copied': WORDS.copied, 'data-unreachable': WORDS.unreachable});
		this.attachShadow({mode: 'open', delegatesFocus: true}).append(form, out, status);
		this.shadowRoot.adoptedStyleSheets = [sheet];

		let failed = false;
		const say = speaker(status);
		const search = searchAsYouType({
			field: this.field, out, say,
			address(params) {
				const asked = new URLSearchParams(params);
				for (const [name, value] of Object.entries({section: asked.get('section') ?? own('section'), limit: own('limit'), lang, level: 3}))
					if (value) asked.set(name, value);
				return at('results?' + asked);
			},
			shown: found => {
				failed = false;
				out.hidden = !this.field.value.trim();
				Object.assign(status.dataset, found.documentElement.dataset);
				out.lang = found.documentElement.lang;
				out.dir = found.documentElement.dir;
				for (const each of out.querySelectorAll('[aria-expanded]')) each.part = 'question';
				for (const each of out.querySelectorAll('.answer')) each.part = 'answer';
			},
			broken() {
				failed = true;
				out.hidden = false;
				out.replaceChildren(status.dataset.unreachable);
				say('unreachable');
			},
		});
		accordions(out, {
			say,
			toggled: button => {
				const id = button.value.replace(/^-/, '');
				if (isOpen(button)) this.dispatchEvent(new CustomEvent('kb-open', {bubbles: true, composed: true, detail: {id}}));
			},
			leave: () => this.field.focus(),
		});
		form.addEventListener('submit', event => {
			if (!here || failed) return;
			event.preventDefault();
			if (this.field.value.trim()) search.load();
		});
		if (!here) out.addEventListener('click', event => {
			const question = event.target.closest('li [aria-expanded]');
			if (!question) return;
			event.stopImmediatePropagation();
			event.preventDefault();
			location.assign(question.closest('li').querySelector('.tools a').href);
		}, true);
	}
});
