const form = document.getElementById('search'), field = form.elements.q;
const out = document.getElementById('results'), status = document.getElementById('status');
const say = status && speaker(status);

hotkeys(field, ['/', 'mod+k']);
prepare(document);

// remember puts what is open into the address, so that a reload, a bookmark
// or the way back shows the same.
function remember() {
	const url = new URL(location.href);
	url.searchParams.delete('open');
	url.searchParams.delete('opened');
	out.querySelectorAll('[aria-expanded]').forEach((button, i) => {
		const id = button.getAttribute('aria-controls').slice(2);
		if (isOpen(button)) url.searchParams.append('open', id);
		else if (i === 0) url.searchParams.append('open', '-' + id);
	});
	history.replaceState(null, '', url);
}

// openHash opens the question that the address points at, as #id or #q-id.
function openHash() {
	const id = decodeURIComponent(location.hash.slice(1));
	if (!id) return;
	const item = document.getElementById('q-' + id) ?? document.getElementById(id)?.closest('.items > li');
	const button = item?.querySelector('[aria-expanded]');
	if (!button) return;
	setOpen(button, true);
	item.scrollIntoView();
}

accordions(out ?? document.querySelector('main'), {say, toggled: remember, leave: () => field.focus()});
if (out) {
	addEventListener('hashchange', openHash);
	openHash();
}
if (out?.dataset.from) live();

// afterPaint runs a task when the frame at hand is on the screen: history and
// title take milliseconds that results need not wait for.
const afterPaint = task => requestAnimationFrame(() => setTimeout(task));

function live() {
	let current = location.search, failed = false, due;
	function follow() {
		if (!due) return;
		const query = search.params.size ? '?' + search.params : '';
		history[due + 'State'](null, '', (query ? form.action : out.dataset.home) + query);
		current = location.search;
		due = '';
	}
	const search = searchAsYouType({
		field, out, say,
		address: params => out.dataset.from + '?' + params,
		moved(how) {
			if (due !== 'push') due = how;
			afterPaint(follow);
		},
		shown(found) {
			afterPaint(() => document.title = found.title);
			failed = false;
		},
		broken() {
			failed = true;
			out.replaceChildren(status.dataset.unreachable);
			say('unreachable');
		},
	});
	search.params = new URLSearchParams(current);
	form.addEventListener('submit', event => {
		if (failed || event.submitter?.name === 'open') return;
		event.preventDefault();
		search.load('push');
	});
	addEventListener('popstate', () => {
		if (location.search === current) return;
		current = location.search;
		due = '';
		search.params = new URLSearchParams(location.search);
		field.value = search.params.get('q') ?? '';
		search.load();
	});
	if (field.value.trim() !== (search.params.get('q') ?? '').trim()) field.dispatchEvent(new Event('input'));
}
