// What a screen reader is told: Chromium's accessibility tree.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {demo, host, launch, patience, serve} from './kb.mjs';

let kb, site, browser;
before(async () => {
	site = await host(() => demo(kb.address));
	kb = await serve('--origin', site.address);
	browser = await launch();
}, {timeout: 5 * patience});
after(async () => {
	await browser?.close();
	await kb?.stop();
	await site?.stop();
});

const visit = async (t, address) => {
	const page = await browser.newPage();
	page.setDefaultTimeout(patience);
	t.after(() => page.close());
	await page.goto(address);
	return page;
};
const headings = tree => [...tree.matchAll(/- heading "(.*)" \[level=(\d)\]/g)].map(([, name, level]) => [name, +level]);

test('results are headings with buttons that say whether they are open', async t => {
	const page = await visit(t, kb.address + '/search?q=multi-device+credential');
	const tree = await page.locator('body').ariaSnapshot();
	assert.match(tree, /- link "Skip to content"/);
	assert.match(tree, /- search:\n(.*\n)*?\s*- searchbox "Search questions and answers": multi-device credential/);
	assert.match(tree, /- navigation "Sections"/);
	const [title, ...questions] = headings(tree);
	assert.deepEqual(title, ['Search', 1]);
	assert.ok(questions.length >= 10 && questions.every(([, level]) => level === 2), 'every question is a heading');
	assert.match(tree, /- heading "What is a multi-device FIDO credential\?" \[level=2\]:\n\s*- button "What is a multi-device FIDO credential\?" \[expanded\]/);
	assert.equal(tree.match(/ \[expanded\]/g).length, 1);
	assert.match(tree, /- link "Permanent link – What is a multi-device FIDO credential\?"/);
	assert.match(tree, /- status$/m, 'the live region is there before it speaks');
});

test('a closed answer is not read, an open one is', async t => {
	const page = await visit(t, kb.address + '/section/intro-to-passkeys');
	const item = page.locator('#q-single-device-credential'), words = /never leaves the authenticator that created it\. It cannot/;
	await page.locator('.excerpt').evaluateAll(all => all.forEach(each => each.remove()));
	assert.doesNotMatch(await item.ariaSnapshot(), words);
	await item.getByRole('button', {expanded: false}).press('Enter');
	assert.match(await item.ariaSnapshot(), words);
});

// The keyboard behaviour of a disclosure: w3.org/WAI/ARIA/apg/patterns/disclosure
test('a disclosure behaves as the ARIA Authoring Practices say', async t => {
	const page = await visit(t, kb.address + '/section/intro-to-passkeys');
	const buttons = page.locator('[aria-expanded]');
	for (const button of await buttons.all()) {
		const [controls, expanded] = await button.evaluate(it => [it.getAttribute('aria-controls'), it.getAttribute('aria-expanded')]);
		assert.equal(await page.locator(`[id="${controls}"]`).count(), 1);
		assert.equal(expanded, 'false');
	}
	const second = buttons.nth(1), panel = page.locator('.panel').nth(1), answer = panel.locator('.answer');
	for (const key of ['Enter', 'Space']) {
		await second.press(key);
		assert.equal(await second.getAttribute('aria-expanded'), 'true', key);
		assert.ok(await answer.evaluate(it => it.checkVisibility()));
		await second.press(key);
		assert.equal(await second.getAttribute('aria-expanded'), 'false', key);
		assert.ok(!await answer.evaluate(it => it.checkVisibility()));
	}
	await second.click();
	assert.equal(await second.getAttribute('aria-expanded'), 'true', 'a click');
	await second.focus();
	await page.keyboard.press('Tab');
	assert.ok(await page.evaluate(() => document.activeElement.closest('li').id === document.querySelectorAll('.items > li')[1].id), 'Tab leads into the open answer');
	await buttons.first().focus();
	await page.keyboard.press('Tab');
	assert.ok(await second.evaluate(it => it === document.activeElement), 'and over a closed one');
});

test('the order of headings holds on every kind of page', async t => {
	for (const path of ['/', '/search?q=passkey&open=*', '/section/registration?open=*', '/q/webauthn-create', '/q/nothing']) {
		const page = await visit(t, kb.address + path);
		const levels = headings(await page.locator('body').ariaSnapshot()).map(([, level]) => level);
		assert.equal(levels[0], 1, path);
		assert.equal(levels.filter(level => level === 1).length, 1, path);
		levels.reduce((before, level) => (assert.ok(level <= before + 1, `${path}: ${levels}`), level));
	}
});

test('the box is a search with a list of disclosures', async t => {
	const page = await visit(t, site.address);
	await page.locator('kb-search input[part]').fill('multi-device credential');
	await page.locator('kb-search .count').waitFor();
	const tree = await page.locator('kb-search').ariaSnapshot();
	assert.match(tree, /- search:\n\s*- searchbox "Search": multi-device credential\n\s*- button "Search"/);
	assert.match(tree, /- heading "\d+ answers? for “multi-device credential”" \[level=2\]/);
	assert.match(tree, /- heading "What is a multi-device FIDO credential\?" \[level=3\]:\n\s*- button "What is a multi-device FIDO credential\?" \[expanded\]/);
	assert.doesNotMatch(tree, /combobox|listbox|option/);
});
