// <kb-search> on a page of another origin.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {axe, colours, demo, host, launch, patience, serve, strict} from './kb.mjs';

let kb, shop, site, browser;
const pages = {
	'/': () => demo(kb.address),
	'/strict': () => demo(kb.address),
	'/limited': () => demo(kb.address, 'section="security" limit="2" placeholder="Is it safe?"'),
	'/page': () => demo(kb.address, 'open-in="page"'),
	'/keys': () => demo(kb.address, 'hotkey="/ mod+k"'),
	'/arabic': () => demo(kb.address, 'lang="ar"').replace('<html lang="en">', '<html lang="ar" dir="rtl">'),
	'/two': () => demo(kb.address).replace('<h2>', `<kb-search src="${kb.address}" section="privacy"></kb-search><h2>`),
	'/themed': () => demo(kb.address, 'class="themed"').replace('</head>', '<style>.themed { --kb-accent: rgb(120, 0, 60) } .themed::part(button) { border-radius: 20px } .themed::part(results) { border-width: 4px }</style></head>'),
	'/shop': () => demo(shop.address),
	'/bare': () => demo(kb.address).replace(/<kb-search[^]*<\/kb-search>/, `<kb-search></kb-search>`),
};

before(async () => {
	site = await host(path => pages[path]?.() ?? '', path => path === '/strict' && strict(kb.address));
	kb = await serve('--origin', site.address);
	shop = await serve('web/testdata/shop', '--origin', site.address);
	browser = await launch();
}, {timeout: 5 * patience});
after(async () => {
	await browser?.close();
	await kb?.stop();
	await shop?.stop();
	await site?.stop();
});

// visit opens a page of the other site and fails the test on any error in its
// console and any violation of its policy.
async function visit(t, path, options) {
	const page = await browser.newPage({viewport: {width: 1024, height: 768}, ...options});
	page.setDefaultTimeout(patience);
	const faults = [];
	page.on('pageerror', error => faults.push(error.message));
	page.on('console', message => message.type() === 'error' && !message.text().includes('favicon') && faults.push(message.text()));
	await page.exposeFunction('violated', what => faults.push(what));
	await page.addInitScript(() => addEventListener('securitypolicyviolation', event => violated(`${event.violatedDirective} ${event.blockedURI}`)));
	await page.route('**/favicon.ico', route => route.fulfill({status: 204}));
	t.after(async () => {
		await page.close();
		assert.deepEqual(faults, []);
	});
	await page.goto(site.address + path);
	return page;
}

const field = page => page.locator('kb-search input[type=search][part]').first();
const questions = page => page.locator('kb-search [part=question]');
const ask = async (page, text) => {
	await field(page).focus();
	await page.keyboard.type(text);
	await page.locator('kb-search .count', {hasText: text}).first().waitFor();
};
const focused = page => page.evaluate(() => {
	let at = document.activeElement;
	while (at.shadowRoot) at = at.shadowRoot.activeElement;
	return at?.closest('li')?.id ?? at?.name;
});

for (const path of ['/', '/strict', '/bare']) test('answers open in place: ' + path, async t => {
	const page = await visit(t, path);
	await ask(page, 'multi-device credential');
	const first = questions(page).first();
	assert.equal(await first.getAttribute('aria-expanded'), 'true');
	await page.locator('kb-search .answer').first().waitFor();
	const second = questions(page).nth(1);
	await second.click();
	assert.equal(await second.getAttribute('aria-expanded'), 'true');
	const link = page.locator('kb-search .tools a').nth(1);
	assert.match(await link.evaluate(a => a.href), new RegExp('^' + kb.address + '/q/'));
	assert.equal(page.url(), site.address + path, 'the host keeps its address');
	assert.equal(await page.locator('kb-search').first().evaluate(box => getComputedStyle(box.shadowRoot.querySelector('.items')).listStyleType), 'none', 'it has its style');
});

test('the keyboard moves as on the page', async t => {
	const page = await visit(t, '/keys');
	await page.keyboard.press('/');
	assert.equal(await focused(page), 'q');
	await ask(page, 'lost phone');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	const second = await focused(page);
	await page.keyboard.press('Enter');
	assert.equal(await questions(page).nth(1).getAttribute('aria-expanded'), 'true');
	await page.keyboard.press('Escape');
	assert.equal(await questions(page).nth(1).getAttribute('aria-expanded'), 'false');
	assert.equal(await focused(page), second);
	await page.keyboard.press('Home');
	await page.keyboard.press('ArrowUp');
	assert.equal(await focused(page), 'q');
	await page.keyboard.press('Escape');
	assert.equal(await field(page).inputValue(), '');
	await page.locator('kb-search .count').waitFor({state: 'hidden'});
	await page.locator('h1').click();
	await page.keyboard.press('Control+k');
	assert.equal(await focused(page), 'q');
});

test('a page without the attribute keeps its keys', async t => {
	const page = await visit(t, '/');
	await page.keyboard.press('/');
	assert.notEqual(await focused(page), 'q');
});

test('its sections can be skipped', async t => {
	const page = await visit(t, '/');
	await page.locator('kb-search input[part]').fill('passkey');
	await page.locator('kb-search .skip').press('Enter');
	assert.ok(await page.evaluate(() => document.querySelector('kb-search').shadowRoot.activeElement.matches('li:first-child [aria-expanded]')));
	assert.equal(page.url(), site.address + '/');
});

test('section and limit narrow it', async t => {
	const page = await visit(t, '/limited');
	assert.equal(await field(page).getAttribute('placeholder'), 'Is it safe?');
	await ask(page, 'passkey');
	assert.equal(await questions(page).count(), 2);
	for (const crumb of await page.locator('kb-search .items .crumbs').allTextContents()) assert.match(crumb, /Security/);
});

test('open-in page leads to the permanent page', async t => {
	const page = await visit(t, '/page');
	await ask(page, 'attestation');
	const id = (await questions(page).first().getAttribute('aria-controls')).slice(2);
	await questions(page).first().click();
	await page.waitForURL(kb.address + '/q/' + id);
});

test('two boxes do not meet', async t => {
	const page = await visit(t, '/two');
	const [one, two] = await page.locator('kb-search').all();
	await one.locator('input[part]').fill('attestation');
	await one.locator('.count').waitFor();
	assert.equal(await two.locator('.items').count(), 0);
	await two.locator('input[part]').fill('passkey');
	await two.locator('.count', {hasText: 'passkey'}).waitFor();
	assert.equal(await one.locator('input[part]').inputValue(), 'attestation');
	await two.locator('[part=question]').nth(1).click();
	assert.equal(await two.locator('[part=question]').nth(1).getAttribute('aria-expanded'), 'true');
	assert.match(await one.locator('.count').textContent(), /attestation/);
});

test('it speaks the language of its page, from right to left too', async t => {
	const page = await visit(t, '/arabic');
	assert.equal(await page.locator('kb-search [part=button]').textContent(), 'بحث');
	await ask(page, 'passkey');
	assert.match(await page.locator('kb-search .count').textContent(), /إجاب/);
	assert.equal(await page.locator('kb-search [part=results]').evaluate(out => getComputedStyle(out).direction), 'rtl');
	const [count, all] = [await page.locator('kb-search .count').boundingBox(), await page.locator('kb-search .switch').boundingBox()];
	assert.ok(all.x < count.x, 'it begins at the right');
	assert.equal(await questions(page).first().evaluate(it => getComputedStyle(it).direction), 'ltr', 'an English answer stays as it is');
});

test('a host sets its colours and parts', async t => {
	const page = await visit(t, '/themed');
	const style = (part, name) => page.locator(`kb-search [part=${part}]`).evaluate((it, name) => getComputedStyle(it)[name], name);
	assert.equal(await style('button', 'backgroundColor'), 'rgb(120, 0, 60)');
	assert.equal(await style('button', 'borderTopLeftRadius'), '20px');
	await ask(page, 'passkey');
	assert.equal(await style('results', 'borderTopWidth'), '4px');
});

test('it tells the host what was opened', async t => {
	const page = await visit(t, '/');
	await page.evaluate(() => addEventListener('kb-open', event => globalThis.opened = event.detail.id));
	await ask(page, 'attestation');
	await questions(page).nth(1).click();
	assert.equal('a-' + await page.evaluate(() => opened), await questions(page).nth(1).getAttribute('aria-controls'));
});

test('without its script the form leads to the site', async t => {
	const page = await browser.newPage();
	t.after(() => page.close());
	await page.route('**/kb-search.js', route => route.abort());
	await page.goto(site.address);
	await page.fill('kb-search > form input', 'attestation');
	await page.keyboard.press('Enter');
	await page.waitForURL(kb.address + '/search?q=attestation');
});

test('without its server it says so, and the form leads to the site', async t => {
	const page = await browser.newPage();
	t.after(() => page.close());
	await page.goto(site.address);
	await page.route('**/results?*', route => route.abort());
	await field(page).fill('attestation');
	await page.locator('kb-search [part=results]', {hasText: 'cannot be reached'}).waitFor();
	await page.keyboard.press('Enter');
	await page.waitForURL(kb.address + '/search?q=attestation');
});

test('an origin that is not configured gets the form alone', async t => {
	const other = await host(() => demo(kb.address));
	t.after(() => other.stop());
	const page = await browser.newPage();
	t.after(() => page.close());
	await page.goto(other.address);
	await field(page).fill('attestation');
	await page.locator('kb-search [part=results]', {hasText: 'cannot be reached'}).waitFor();
	await page.keyboard.press('Enter');
	await page.waitForURL(kb.address + '/search?q=attestation');
});

test('it fits 320 px, which 1280 px at 400 % are', async t => {
	const page = await visit(t, '/', {viewport: {width: 320, height: 256}});
	await ask(page, 'passkey');
	for (const each of await questions(page).all()) if (await each.getAttribute('aria-expanded') === 'false') await each.click();
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320);
});

test('a table of short cells fits 320 px', async t => {
	const page = await visit(t, '/shop', {viewport: {width: 320, height: 640}});
	await ask(page, 'how long does delivery take');
	assert.ok(await page.locator('kb-search .answer table').first().evaluate(it => it.scrollWidth <= it.clientWidth));
});

test('a line parts the last question from the one before', async t => {
	const page = await visit(t, '/shop');
	await ask(page, 'invoice');
	const last = page.locator('kb-search .items > li').last();
	assert.deepEqual(await last.evaluate(it => [getComputedStyle(it).borderTopWidth, getComputedStyle(it).borderBottomWidth]), ['1px', '0px']);
});

test('it shifts nothing on load', async t => {
	const page = await visit(t, '/');
	const shift = await page.evaluate(() => new Promise(done => {
		let sum = 0;
		new PerformanceObserver(list => list.getEntries().forEach(each => sum += each.value)).observe({type: 'layout-shift', buffered: true});
		requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
	}));
	assert.equal(shift, 0);
});

for (const colorScheme of colours) for (const forcedColors of ['none', 'active']) test(`axe finds nothing: ${colorScheme}, forced colours ${forcedColors}`, async t => {
	const page = await visit(t, '/', {colorScheme, forcedColors, reducedMotion: 'reduce'});
	assert.deepEqual(await axe(page), [], 'before anything is typed');
	await ask(page, 'passkey');
	await questions(page).nth(2).click();
	assert.deepEqual(await axe(page), [], 'with results');
	await field(page).fill('xylophone quartet');
	await page.locator('kb-search .next').waitFor();
	assert.deepEqual(await axe(page), [], 'without a good answer');
});

test('axe finds a seeded fault inside the box', async t => {
	const page = await visit(t, '/');
	await ask(page, 'passkey');
	await page.locator('kb-search').evaluate(box => box.field.removeAttribute('aria-label'));
	assert.match((await axe(page)).join('\n'), /label/);
});
