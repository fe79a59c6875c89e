// Every page of the FAQ that ships, and of 55 real ones where they are at
// hand: valid HTML, unique ids, links and fragments that lead somewhere, and
// text that is escaped once.

import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {HtmlValidate} from 'html-validate';
import {launch, patience, root, serve} from './kb.mjs';

// Not here: what is a matter of taste, and what answers bring along.
const validator = new HtmlValidate({
	extends: ['html-validate:recommended', 'html-validate:a11y'],
	rules: {
		'no-trailing-whitespace': 'off',
		'long-title': 'off', // a question is as long as it is
		'void-style': 'off', // answers are written as golang.org/x/net/html does
		'valid-id': ['error', {relaxed: true}],
		'no-inline-style': 'error',
	},
});

let browser;
before(async () => { browser = await launch(); }, {timeout: patience});
after(() => browser?.close());

const get = async url => {
	const response = await fetch(url, {redirect: 'manual'});
	return {status: response.status, body: await response.text()};
};

// read takes a page apart in the browser.
const read = (page, html) => page.evaluate(html => {
	const doc = new DOMParser().parseFromString(html, 'text/html');
	const text = node => node?.textContent.replace(/\s+/g, ' ').trim();
	return {
		ids: [...doc.querySelectorAll('[id]')].map(each => each.id),
		links: [...doc.querySelectorAll('a[href]')].map(each => each.getAttribute('href')),
		question: text(doc.querySelector('h1')),
		answer: text(doc.querySelector('article .answer')),
		jsonld: [...doc.querySelectorAll('script[type="application/ld+json"]')].map(each => each.textContent),
	};
}, html);
const plain = (page, html) => page.evaluate(html => new DOMParser().parseFromString(html, 'text/html').body.textContent.replace(/\s+/g, ' ').trim(), html);

// own are the addresses of kb. Other paths in the answers of the real FAQs are
// of the sites they come from, whose address is not in them.
const own = /^\/($|q\/|section\/|search|results|assets\/|kb-search|[a-z]+\.(xml|txt|atom)$)/;

// crawl visits every page of a site and returns what is wrong with it. In the
// FAQ that ships every link must lead somewhere and have a text; in others only
// the links that kb makes.
async function crawl(address, shipped) {
	const page = await browser.newPage();
	const faults = [], seen = new Map(), queue = ['/', '/search?q=passkey', '/search?q=how+do+i&open=*', '/search?q=xylophone+quartet', '/q/no-such-question'];
	const sitemap = await get(address + '/sitemap.xml');
	for (const [, loc] of sitemap.body.matchAll(/<loc>(.*?)<\/loc>/g)) queue.push(loc.slice(address.length) || '/');
	const fragments = [], foreign = [];
	for (const at of queue) {
		if (seen.has(at)) continue;
		const {status, body} = await get(address + at);
		const wanted = at === '/q/no-such-question' ? 404 : 200;
		if (status !== wanted) faults.push(`${at}: status ${status}`);
		const found = await read(page, body);
		seen.set(at, new Set(found.ids));
		const {results} = validator.validateStringSync(body, at);
		for (const {messages} of results) for (const {ruleId, message, line} of messages) if (shipped || ruleId !== 'wcag/h30') faults.push(`${at}:${line}: ${message} (${ruleId})`);
		for (const id of found.ids) if (found.ids.indexOf(id) !== found.ids.lastIndexOf(id)) faults.push(`${at}: id ${id} is there twice`);
		for (const data of found.jsonld) JSON.parse(data);
		for (const link of found.links) {
			const [to, fragment] = link.split('#');
			if (link.startsWith('#')) fragments.push([at, at, fragment]);
			else if (own.test(to)) {
				queue.push(to);
				if (fragment) fragments.push([at, to, fragment]);
			} else if (!/^(https?|mailto|tel):/.test(link)) foreign.push(`${at}: ${link}`);
		}
		if (at.startsWith('/q/') && status === 200) faults.push(...await once(page, address, at, found));
	}
	for (const [from, to, fragment] of fragments) if ((shipped || /^(main|kb-)/.test(fragment)) && !seen.get(to)?.has(decodeURIComponent(fragment))) faults.push(`${from}: link to ${to}#${fragment} leads nowhere`);
	await page.close();
	return {faults, foreign, pages: seen.size};
}

// once compares a page with what the API says: text that is escaped twice, or
// not at all, differs.
async function once(page, address, at, found) {
	const entry = JSON.parse((await get(`${address}/api/v1/entries/${at.slice(3)}`)).body);
	const faults = [];
	if (found.question !== entry.question.replace(/\s+/g, ' ').trim()) faults.push(`${at}: question is ${found.question}, want ${entry.question}`);
	if (entry.answered && found.answer !== await plain(page, entry.answer_html)) faults.push(`${at}: answer differs from the API's`);
	return faults;
}

const unique = faults => [...new Set(faults)].slice(0, 40);

test('the FAQ that ships', {timeout: 10 * patience}, async t => {
	const kb = await serve();
	t.after(() => kb.stop());
	const {faults, pages, foreign} = await crawl(kb.address, true);
	t.diagnostic(`${pages} pages`);
	assert.ok(pages > 100);
	assert.deepEqual(unique(faults), []);
	assert.deepEqual(foreign, []);
});

const real = path.join(root, '../shared/extraction/dev');
test('55 real FAQs', {timeout: 30 * patience, skip: !existsSync(real) && `${real} is not there`}, async t => {
	const kb = await serve('--content', real);
	t.after(() => kb.stop());
	const {faults, pages} = await crawl(kb.address, false);
	t.diagnostic(`${pages} pages`);
	assert.ok(pages > 500);
	assert.deepEqual(unique(faults), []);
});

test('seeded faults are found', async () => {
	const page = '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><main><h1>a</h1><p id="x">&amp;amp;</p><p id="x"><img src="a.png"></p></main></body></html>';
	const {results} = validator.validateStringSync(page, 'seed');
	const rules = results.flatMap(({messages}) => messages.map(({ruleId}) => ruleId));
	assert.ok(rules.includes('no-dup-id') && rules.includes('wcag/h37'), rules.join());
});
