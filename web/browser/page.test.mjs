// The search page as a visitor meets it.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {axe, colours, launch, patience, serve} from './kb.mjs';

let site, shop, browser;
before(async () => {
	site = await serve();
	shop = await serve('web/testdata/shop');
	browser = await launch();
}, {timeout: 5 * patience});
after(async () => {
	await browser?.close();
	await site?.stop();
	await shop?.stop();
});

// visit opens a page and fails the test on any error in its console.
async function visit(t, path, options, at = site) {
	const page = await browser.newPage({viewport: {width: 1024, height: 768}, ...options});
	page.setDefaultTimeout(patience);
	const faults = [];
	page.on('pageerror', error => faults.push(error.message));
	page.on('console', message => message.type() === 'error' && faults.push(message.text()));
	t.after(async () => {
		await page.close();
		assert.deepEqual(faults, []);
	});
	await page.goto(at.address + path);
	return page;
}

const question = (page, id) => page.locator(`#q-${id} [aria-expanded]`);
const expanded = (page, id) => question(page, id).getAttribute('aria-expanded');
const answered = (page, text) => page.locator('.count', {hasText: text}).waitFor();
const focused = page => page.evaluate(() => document.activeElement.closest('li')?.id ?? document.activeElement.id);
const type = async (page, text) => {
	await page.focus('#q');
	await page.keyboard.type(text);
	await answered(page, text);
};

test('typing finds, and the keyboard opens', async t => {
	const page = await visit(t, '/');
	await page.keyboard.press('/');
	assert.equal(await focused(page), 'q');
	await type(page, 'multi-device credential');
	assert.match(page.url(), /\/search\?q=multi-device\+credential$/);
	assert.match(await page.title(), /^multi-device credential – /);
	assert.equal(await expanded(page, 'multi-device-credential'), 'true', 'the best hit is open');
	assert.equal(await page.inputValue('#q'), 'multi-device credential');

	await page.keyboard.press('ArrowDown');
	assert.equal(await focused(page), 'q-multi-device-credential');
	await page.keyboard.press('ArrowDown');
	const second = await focused(page);
	const id = second.slice(2);
	assert.equal(await expanded(page, id), 'false');
	await page.keyboard.press('Enter');
	assert.equal(await expanded(page, id), 'true');
	assert.ok(await page.locator(`#a-${id}`).isVisible());
	assert.equal(await expanded(page, 'multi-device-credential'), 'true', 'several may be open');
	await page.keyboard.press('Space');
	assert.equal(await expanded(page, id), 'false');
	assert.equal(await focused(page), second, 'focus stays');
});

test('keys move through the questions and back', async t => {
	const page = await visit(t, '/search?q=passkey');
	const ids = await page.locator('.items > li').evaluateAll(all => all.map(each => each.id));
	await page.focus('#q');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('End');
	assert.equal(await focused(page), ids.at(-1));
	await page.keyboard.press('ArrowDown');
	assert.equal(await focused(page), ids.at(-1));
	await page.keyboard.press('Home');
	assert.equal(await focused(page), ids[0]);
	await page.keyboard.press('Escape');
	assert.equal(await page.locator('[aria-expanded]').first().getAttribute('aria-expanded'), 'false', 'Escape closes first');
	assert.equal(await focused(page), ids[0]);
	await page.keyboard.press('Escape');
	assert.equal(await focused(page), 'q', 'and then leads back');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowUp');
	assert.equal(await focused(page), 'q');
	assert.equal(await page.inputValue('#q'), 'passkey', 'what was typed is never replaced');
	await page.keyboard.press('Escape');
	assert.equal(await page.inputValue('#q'), '');
	await page.locator('#sections').waitFor();
	assert.equal(new URL(page.url()).pathname, '/');
	await page.keyboard.press('Control+k');
	assert.equal(await focused(page), 'q');
});

test('without script everything works', async t => {
	const page = await visit(t, '/', {javaScriptEnabled: false});
	await page.fill('#q', 'multi-device credential');
	await page.keyboard.press('Enter');
	await answered(page, 'multi-device credential');
	assert.equal(await expanded(page, 'multi-device-credential'), 'true');

	const closed = page.locator('[aria-expanded=false]').first();
	const id = (await closed.getAttribute('aria-controls')).slice(2);
	await closed.focus();
	await page.keyboard.press('Enter');
	await page.waitForURL(/open=/);
	assert.equal(await expanded(page, id), 'true');
	assert.equal(await expanded(page, 'multi-device-credential'), 'true', 'several stay open');
	await question(page, 'multi-device-credential').click();
	await page.waitForURL(/open=-multi-device-credential/);
	assert.equal(await expanded(page, 'multi-device-credential'), 'false');
	assert.equal(await expanded(page, id), 'true');
	await question(page, 'multi-device-credential').click();
	await page.locator('#q-multi-device-credential [aria-expanded=true]').waitFor();
	await page.getByRole('button', {name: 'Open all'}).click();
	await page.waitForURL(/open=\*/);
	assert.equal(await page.locator('[aria-expanded=false]').count(), 0);
	await page.getByRole('button', {name: 'Close all'}).click();
	await page.waitForURL(/open=-\*/);
	assert.equal(await page.locator('[aria-expanded=true]').count(), 0);

	await page.locator('.facets a').nth(1).click();
	await page.waitForURL(/section=/);
	await page.goto(site.address + '/search?q=passkey');
	await page.locator('a[rel=next]').click();
	await page.waitForURL(/page=2/);
	await page.goto(site.address);
	await page.locator('.sections a').first().click();
	await page.waitForURL(/\/section\//);
	await page.locator('[aria-expanded=false]').first().click();
	await page.waitForURL(/\/section\/.*open=/);
	assert.equal(await page.locator('[aria-expanded=true]').count(), 1);
	await page.locator('[aria-expanded=true]').locator('xpath=ancestor::li').getByRole('link', {name: /^Permanent link/}).click();
	await page.waitForURL(/\/q\//);
});

test('sections beyond the first few unfold, and can be skipped', async t => {
	for (const javaScriptEnabled of [true, false]) {
		const page = await visit(t, '/search?q=passkey', {javaScriptEnabled, viewport: {width: 320, height: 640}});
		assert.equal(await page.locator('.facets > ul > li').count(), 7, 'everywhere and six');
		assert.ok(await page.locator('.items [aria-expanded]').first().evaluate(first => first.getBoundingClientRect().bottom < innerHeight), 'the first question is in sight');

		const skip = page.locator('#results .skip');
		assert.ok(await skip.evaluate(link => getComputedStyle(link).clipPath !== 'none'), 'out of sight');
		await skip.focus();
		assert.ok(await skip.evaluate(link => { const {left, top, right} = link.getBoundingClientRect(); return left >= 0 && top >= 0 && right <= innerWidth; }), 'in sight with the focus');
		await page.keyboard.press('Enter');
		if (!javaScriptEnabled) await page.keyboard.press('Tab');
		assert.ok(await page.evaluate(() => document.activeElement === document.querySelector('.items [aria-expanded]')));

		const last = page.locator('.facets details a').last();
		assert.equal(await last.isVisible(), false);
		await page.locator('.facets summary').focus();
		await page.keyboard.press('Enter');
		if (javaScriptEnabled) assert.deepEqual(await axe(page), []);
		const name = (await last.textContent()).replace(/ \d+$/, '');
		await last.click();
		await page.locator('.facets > ul [aria-current]', {hasText: name}).waitFor();
	}
});

test('what has the focus has room around it', async t => {
	const page = await visit(t, '/search?q=passkey', {viewport: {width: 320, height: 640}});
	// ring returns where the ring of what has the focus begins and ends, from the top, and what a selector finds.
	const ring = selector => page.evaluate(selector => {
		const held = document.activeElement, style = getComputedStyle(held), box = held.getBoundingClientRect();
		const wide = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth);
		return {top: box.top - wide, left: box.left - wide, bottom: box.bottom + wide, next: document.querySelector(selector).getBoundingClientRect().top};
	}, selector);
	await page.keyboard.press('Tab');
	const first = await ring('header');
	assert.ok(first.top >= 0 && first.left >= 0, 'all of the first link is on the screen');
	assert.ok(first.bottom <= first.next, 'it lies over nothing');
	await page.focus('#results .skip');
	const second = await ring('.facets');
	assert.ok(second.bottom <= second.next, 'the way past the sections lies over none');
	await page.focus('#q');
	await page.keyboard.press('ArrowDown');
	const third = await ring('.items .crumbs');
	assert.ok(third.bottom <= third.next, 'a question leaves its section alone');
});

test('history follows the search', async t => {
	const page = await visit(t, '/');
	await type(page, 'attestation');
	await page.locator('.facets a').nth(1).click();
	await page.waitForURL(/section=/);
	assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-current')), 'true');
	await page.goBack();
	await page.waitForURL(/q=attestation$/);
	await page.locator('.facets li:first-child [aria-current]').waitFor();
	await page.goBack();
	await page.locator('#sections').waitFor();
	assert.equal(await page.inputValue('#q'), '');
	await page.goForward();
	await answered(page, 'attestation');
	assert.equal(await page.inputValue('#q'), 'attestation');
});

test('what is open survives a reload', async t => {
	const page = await visit(t, '/search?q=passkey');
	const [first, second] = await page.locator('[aria-expanded]').evaluateAll(all => all.map(each => each.getAttribute('aria-controls').slice(2)));
	await question(page, second).click();
	await question(page, first).click();
	await page.reload();
	assert.equal(await expanded(page, first), 'false');
	assert.equal(await expanded(page, second), 'true');
});

test('late answers never replace newer ones', async t => {
	const page = await visit(t, '/');
	let held;
	await page.route('**/results?*', async route => {
		if (new URL(route.request().url()).searchParams.get('q') === 'lost') {
			await new Promise(done => held = done);
			await route.continue().catch(() => {}); // aborted by then
		} else await route.continue();
	});
	await page.focus('#q');
	await page.keyboard.insertText('lost');
	await page.waitForFunction(() => document.activeElement.value === 'lost');
	while (!held) await page.evaluate(() => new Promise(requestAnimationFrame));
	await page.keyboard.insertText(' phone');
	await answered(page, 'lost phone');
	held();
	await type(page, 's');
	await answered(page, 'lost phones');
});

test('the count is announced, and what was mended', async t => {
	const page = await visit(t, '/');
	await type(page, 'atestation');
	await page.waitForFunction(() => document.getElementById('status').textContent.includes('atestation'));
	const said = await page.locator('#status').textContent();
	const shown = await page.locator('.count').textContent();
	assert.ok(said.startsWith(shown), `${said} does not start with ${shown}`);
});

test('a failed search says so, and Enter tries the server', async t => {
	const page = await browser.newPage();
	t.after(() => page.close());
	await page.goto(site.address);
	await page.route('**/results?*', route => route.abort());
	await page.fill('#q', 'lost phone');
	await page.getByText('cannot be reached', {exact: false}).first().waitFor();
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/search\?q=lost\+phone/);
	await answered(page, 'lost phone');
});

test('an address with a hash opens its question', async t => {
	const page = await visit(t, '/section/intro-to-passkeys#synced-vs-device-bound');
	await page.locator('#q-synced-vs-device-bound [aria-expanded=true]').waitFor();
	assert.ok(await page.locator('#q-synced-vs-device-bound').evaluate(item => item.getBoundingClientRect().top < innerHeight / 2));
	await page.evaluate(() => location.hash = '#q-what-is-a-passkey');
	await page.locator('#q-what-is-a-passkey [aria-expanded=true]').waitFor();
	assert.equal(await expanded(page, 'synced-vs-device-bound'), 'true');
	await page.goBack();
	assert.equal(await expanded(page, 'synced-vs-device-bound'), 'true');
});

test('find in page reaches closed answers', async t => {
	const page = await visit(t, '/section/intro-to-passkeys');
	const item = page.locator('.items > li').nth(2);
	const words = await item.locator('.answer').evaluate(answer => answer.lastElementChild.textContent.trim().split(/\s+/).slice(-4).join(' '));
	// A text fragment searches as find-in-page does, and can be automated.
	await page.goto(site.address + '/section/intro-to-passkeys#:~:text=' + encodeURIComponent(words.replace(/[.,]$/, '')).replace(/-/g, '%2D'));
	await item.locator('[aria-expanded=true]').waitFor();
});

test('a table that goes on beyond the edge shows it', async t => {
	for (const colorScheme of colours) {
		const page = await visit(t, '/q/synced-vs-device-bound', {colorScheme, viewport: {width: 320, height: 640}});
		const table = page.locator('.answer table');
		await table.scrollIntoViewIfNeeded();
		const {x, y, width} = await table.boundingBox();
		// The padding above the headings: what is there is background alone.
		const edges = async () => [await page.screenshot({clip: {x, y, width: 6, height: 4}}), await page.screenshot({clip: {x: x + width - 6, y, width: 6, height: 4}})];
		const [left, right] = await edges();
		assert.ok(!left.equals(right), 'a shadow at the right alone');
		await table.evaluate(it => it.scrollLeft = it.scrollWidth);
		const [leftAtEnd, rightAtEnd] = await edges();
		assert.ok(rightAtEnd.equals(left) && !leftAtEnd.equals(left), 'at the end, at the left alone');
		await page.setViewportSize({width: 1024, height: 768});
		await table.scrollIntoViewIfNeeded();
		const box = await table.boundingBox();
		assert.ok((await page.screenshot({clip: {x: Math.floor(box.x + box.width) - 6, y: Math.ceil(box.y), width: 6, height: 4}})).equals(left), 'none where all is in sight');

		await page.setViewportSize({width: 320, height: 640});
		await page.reload();
		assert.deepEqual(await axe(page), []);
	}
});

test('a table is as wide as its texts need', async t => {
	const viewport = {width: 320, height: 640};
	for (const path of ['/q/how-long-does-delivery-take', '/search?q=how+long+does+delivery+take']) {
		const page = await visit(t, path, {viewport}, shop);
		const table = page.locator('.answer table').first();
		assert.ok(await table.evaluate(it => it.scrollWidth <= it.clientWidth), `${path}: short cells are all in sight`);
	}
	const page = await visit(t, '/q/which-parcels-may-be-left-with-a-neighbour', {viewport}, shop);
	const narrowest = await page.locator('td').evaluateAll(all => Math.min(...all.map(each => each.offsetWidth)));
	assert.ok(narrowest >= 112, `a column of long texts has ${narrowest} px`);
});

test('previews keep the rows of a table and the items of a list apart', async t => {
	const page = await visit(t, '/section/delivery', {}, shop);
	const preview = id => page.locator(`#q-${id} .excerpt`).textContent();
	assert.equal(await preview('how-long-does-delivery-take'), 'Zone | Days | Price · Home | 2–4 | €4.90 · Europe | 4–7 | €9.90 · World | 7–14 | €19.90');
	assert.equal(await preview('what-do-i-pay-for-returns'), '• Nothing within Germany. • Postage elsewhere. Keep the receipt.');
	assert.match(await preview('where-can-i-follow-my-parcel'), /itself: https:\S+&lang=en…$/, 'an address is whole');
});

test('a bright colour of the site stays as it is on the button', async t => {
	for (const colorScheme of colours) {
		const page = await visit(t, '/search?q=delivery', {colorScheme}, shop);
		assert.equal(await page.locator('.field button').evaluate(button => getComputedStyle(button).backgroundColor), 'rgb(255, 238, 0)');
		assert.deepEqual(await axe(page), []);
	}
});

test('print shows every answer', async t => {
	const page = await visit(t, '/section/intro-to-passkeys');
	const seen = () => page.locator('.answer').evaluateAll(all => all.map(each => each.checkVisibility()));
	assert.ok((await seen()).every(each => !each));
	await page.emulateMedia({media: 'print'});
	assert.ok((await seen()).every(each => each));
	assert.equal(await page.locator('search').isVisible(), false);
});

test('copy link gives the permanent address', async t => {
	const page = await visit(t, '/q/what-is-a-passkey');
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.getByRole('button', {name: 'Copy link'}).click();
	await page.locator('#status', {hasText: 'Link copied'}).waitFor({state: 'attached'});
	assert.equal(await page.evaluate(() => navigator.clipboard.readText()), site.address + '/q/what-is-a-passkey');
});

test('nothing shifts on load, and only what follows on opening', async t => {
	const page = await visit(t, '/');
	await page.addInitScript(() => {
		globalThis.shift = 0;
		new PerformanceObserver(list => list.getEntries().forEach(each => shift += each.hadRecentInput ? 0 : each.value)).observe({type: 'layout-shift', buffered: true});
	});
	await page.goto(site.address + '/search?q=passkey');
	await page.waitForLoadState('networkidle');
	const top = () => page.locator('.items > li').nth(1).evaluate(item => item.getBoundingClientRect().top + scrollY);
	const before = await top();
	await page.locator('[aria-expanded]').nth(1).click();
	assert.equal(await top(), before);
	await type(page, ' phone');
	assert.equal(await page.evaluate(() => shift), 0);
});

for (const path of ['/', '/search?q=passkey', '/search?q=passkey&open=*', '/search?q=xylophone+quartet', '/q/webauthn-create', '/section/registration', '/q/nothing']) {
	test('fits 320 px: ' + path, async t => {
		const page = await browser.newPage({viewport: {width: 320, height: 640}});
		t.after(() => page.close());
		await page.goto(site.address + path);
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320);
	});
	for (const colorScheme of colours) for (const forcedColors of ['none', 'active']) test(`axe finds nothing: ${path} ${colorScheme}, forced colours ${forcedColors}`, async t => {
		const page = await browser.newPage({colorScheme, forcedColors});
		t.after(() => page.close());
		await page.goto(site.address + path);
		assert.deepEqual(await axe(page), []);
	});
}

test('axe finds a seeded fault', async t => {
	const page = await visit(t, '/search?q=passkey');
	await page.evaluate(() => document.querySelector('.count').setAttribute('role', 'nothing'));
	assert.match((await axe(page)).join('\n'), /aria-roles/);
});
