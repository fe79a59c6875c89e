// What the page and the box share: accordions, and a field that fills them.

// Milliseconds of silence before a count is announced, so that nobody who is
// still typing is talked over.
const PAUSE = 900;

// fetchDocument returns the document at an address. It is parsed by the
// browser on arrival: no script here ever turns a string into markup, so it
// works under any Trusted Types policy.
const fetchDocument = (address, signal) => new Promise((done, fail) => {
	const request = new XMLHttpRequest();
	request.open('GET', address);
	request.responseType = 'document';
	request.onload = () => request.status === 200 && request.response ? done(request.response) : fail(request.status);
	request.onerror = fail;
	signal.onabort = () => request.abort();
	request.send();
});

const setOpen = (button, open) => {
	const panel = button.getRootNode().getElementById(button.getAttribute('aria-controls'));
	button.setAttribute('aria-expanded', open);
	if (open) panel.removeAttribute('hidden');
	else panel.setAttribute('hidden', 'until-found');
	reachTables(panel);
};

// reachTables lets the keyboard scroll the open tables that are too wide.
const reachTables = root => root.querySelectorAll('table').forEach(table => {
	if (!table.closest('[hidden]') && table.scrollWidth > table.clientWidth) table.tabIndex = 0;
});

const isOpen = button => button.getAttribute('aria-expanded') === 'true';

// accordions brings the list in out to life. say announces a text to people
// who cannot see it; toggled is called after an item was opened or closed by
// hand; leave is called when the keyboard moves up and out of the list.
function accordions(out, {say, toggled, leave}) {
	const buttons = () => [...out.querySelectorAll('[aria-expanded]')];
	out.addEventListener('click', async event => {
		const button = event.target.closest('button');
		if (!button) return;
		if (button.name === 'open') {
			event.preventDefault();
			if (button.closest('.switch')) buttons().forEach(each => setOpen(each, button.value === '*'));
			else setOpen(button, !isOpen(button));
			toggled(button);
		} else if (button.className === 'copy') {
			await navigator.clipboard.writeText(new URL(button.value, location.href).href);
			say('copied');
		}
	});
	out.addEventListener('beforematch', event => {
		const button = event.target.closest('li')?.querySelector('[aria-expanded]');
		if (button) setOpen(button, true);
	});
	out.addEventListener('keydown', event => {
		if (event.altKey || event.ctrlKey || event.metaKey) return;
		const own = event.target.closest('li')?.querySelector('[aria-expanded]');
		if (event.key === 'Escape' && own) {
			event.preventDefault();
			if (!isOpen(own)) return leave();
			setOpen(own, false);
			own.focus();
			return toggled(own);
		}
		if (own !== event.target) return;
		const all = buttons(), at = all.indexOf(own);
		const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1}[event.key];
		if (to === undefined) return;
		event.preventDefault();
		if (to < 0) leave();
		else all[Math.min(to, all.length - 1)].focus();
	});
}

// prepare makes new answers ready, and shows the buttons that need a
// clipboard, where there is one.
const prepare = root => {
	reachTables(root);
	if (navigator.clipboard) root.querySelectorAll('.copy').forEach(button => button.hidden = false);
};

// speaker returns a function that announces the text of a key in the data of
// status, or any other text, after a pause.
function speaker(status) {
	let timer;
	return text => {
		clearTimeout(timer);
		status.textContent = '';
		timer = setTimeout(() => status.textContent = status.dataset[text] ?? text, text in status.dataset ? 0 : PAUSE);
	};
}

// searchAsYouType fills out with what address(params) has for every change of
// the field. A request is aborted by the next one. moved is called at once with
// how history is to follow, shown with the document that is now in out.
function searchAsYouType({field, out, say, address, moved, shown, broken}) {
	let running, composing = false, typing = false;
	const search = {params: new URLSearchParams(), load, follow};
	const clean = () => {
		const q = field.value.trim();
		search.params.delete('open');
		search.params.delete('opened');
		search.params.delete('page');
		if (q) search.params.set('q', q);
		else search.params = new URLSearchParams();
	};
	async function load(how) {
		if (how) moved?.(how);
		running?.abort();
		const mine = running = new AbortController();
		const silent = setTimeout(() => out.setAttribute('aria-busy', true), 500);
		try {
			const found = await fetchDocument(address(search.params), mine.signal);
			if (mine !== running) return;
			swap(found);
			shown(found);
			say([...out.querySelectorAll('.count, .note, .mend')].map(each => each.textContent.trim()).join('. '));
		} catch {
			if (mine === running) broken();
		} finally {
			clearTimeout(silent);
			if (mine === running) out.removeAttribute('aria-busy');
		}
	}
	// swap keeps the focus where it was, or brings it back to the field.
	function swap(found) {
		const root = out.getRootNode(), held = out.contains(root.activeElement) && (root.activeElement.closest('li')?.id ?? '');
		for (const link of found.querySelectorAll('a, img')) for (const name of ['href', 'src']) if (link.getAttribute(name)) link[name] = link[name];
		for (const button of found.querySelectorAll('.copy')) button.value = new URL(button.value, found.URL);
		out.replaceChildren(...found.body.childNodes);
		prepare(out);
		if (held !== false) (root.getElementById(held)?.querySelector('[aria-expanded]') ?? field).focus();
	}
	async function follow(link) {
		search.params = new URL(link.href).searchParams;
		field.value = search.params.get('q') ?? '';
		typing = false;
		await load('push');
		(out.querySelector('.facets [aria-current]') ?? field).focus();
	}
	const typed = () => {
		if (composing) return;
		clean();
		load(typing ? 'replace' : 'push');
		typing = true;
	};
	field.addEventListener('compositionstart', () => composing = true);
	field.addEventListener('compositionend', () => { composing = false; typed(); });
	field.addEventListener('input', typed);
	field.addEventListener('blur', () => typing = false);
	field.addEventListener('keydown', event => {
		if (event.isComposing) return;
		if (event.key === 'ArrowDown') {
			const first = out.querySelector('[aria-expanded]');
			if (first) { event.preventDefault(); first.focus(); }
		} else if (event.key === 'Escape' && field.value) {
			event.preventDefault();
			field.value = '';
			typed();
		}
	});
	out.addEventListener('click', event => {
		const link = event.target.closest('.skip, .facets a, .mend a, .pages a');
		if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
		event.preventDefault();
		if (link.className === 'skip') out.querySelector('[aria-expanded]').focus();
		else follow(link);
	});
	return search;
}

// hotkeys focuses the field on the keys, each a character or "mod+" and one,
// mod being Ctrl or Cmd; not while someone types elsewhere, unless with mod.
function hotkeys(field, keys, signal) {
	document.addEventListener('keydown', event => {
		const target = event.composedPath()[0], mod = event.ctrlKey || event.metaKey;
		const editable = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
		if (event.altKey || event.isComposing || !mod && editable) return;
		if (!keys.includes((mod ? 'mod+' : '') + event.key.toLowerCase())) return;
		event.preventDefault();
		field.focus();
		field.select();
	}, {signal});
}
