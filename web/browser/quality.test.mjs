// Lighthouse, budgets in bytes and requests, and schema.org.

import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {promisify} from 'node:util';
import {gunzipSync} from 'node:zlib';
import {get} from 'node:http';
import lighthouse from 'lighthouse';
import {chromium} from 'playwright-core';
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

// sent returns the size in bytes of a response as it is sent, compressed.
const sent = address => new Promise((done, fail) => get(address, {headers: {'Accept-Encoding': 'gzip'}}, response => {
	const chunks = [];
	response.on('data', chunk => chunks.push(chunk));
	response.on('end', () => {
		const body = Buffer.concat(chunks);
		if (response.statusCode !== 200) fail(new Error(`${address}: ${response.statusCode}`));
		if (response.headers['content-encoding'] === 'gzip') gunzipSync(body);
		done(body.length);
	});
}).on('error', fail));

const asset = async name => kb.address + (await (await fetch(kb.address)).text()).match(new RegExp(`/assets/${name.replace('.', '\\.[0-9a-f]+\\.')}`))[0];

// Bytes as sent, and what each may be.
const budgets = {
	'the box': [5_000, () => sent(kb.address + '/kb-search.js')],
	'the script of the page': [2_600, async () => sent(await asset('page.js'))],
	'the style of the page': [3_000, async () => sent(await asset('page.css'))],
	'a page of ten answers': [30_000, () => sent(kb.address + '/search?q=multi-device+credential')],
	'ten answers as one types': [6_000, () => sent(kb.address + '/results?q=multi-device+credential')],
	'the first search of the box': [15_000, async () => await sent(kb.address + '/kb-search.js') + await sent(kb.address + '/results?q=multi-device+credential&level=3')],
};
for (const [name, [most, size]] of Object.entries(budgets)) test(`${name} takes at most ${most} bytes`, async t => {
	const bytes = await size();
	t.diagnostic(`${bytes} bytes`);
	assert.ok(bytes <= most, `${bytes} bytes`);
});

test('a page asks for one style and one script, and keeps nothing', async t => {
	const page = await browser.newPage();
	t.after(() => page.close());
	const asked = [];
	page.on('request', request => asked.push(request.resourceType() + ' ' + new URL(request.url()).origin));
	await page.goto(kb.address + '/search?q=passkey');
	await page.waitForLoadState('networkidle');
	assert.deepEqual(asked.sort(), ['document', 'script', 'stylesheet'].map(type => `${type} ${kb.address}`));
	assert.deepEqual(await page.context().cookies(), []);
	assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
});

test('a key asks for one thing', async t => {
	const page = await browser.newPage();
	t.after(() => page.close());
	await page.goto(kb.address);
	await page.waitForLoadState('networkidle');
	const asked = [];
	page.on('request', request => asked.push(request.url()));
	await page.focus('#q');
	await page.keyboard.insertText('attestation');
	await page.locator('.count', {hasText: 'attestation'}).waitFor();
	assert.deepEqual(asked, [kb.address + '/results?q=attestation']);
});

// Performance is left to the budgets above: it varies with the machine.
const audits = {'/': {}, '/q/what-is-a-passkey': {}, '/section/registration': {}, '/search?q=passkey': {skipAudits: ['is-crawlable']}};
test('Lighthouse gives full marks', {timeout: 10 * patience}, async t => {
	const port = 9000 + process.pid % 1000;
	const chrome = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', `--remote-debugging-port=${port}`]});
	t.after(() => chrome.close());
	for (const [at, options] of Object.entries(audits)) {
		const {lhr} = await lighthouse(kb.address + at, {port, onlyCategories: ['accessibility', 'best-practices', 'seo'], ...options});
		for (const category of Object.values(lhr.categories)) {
			const missed = category.auditRefs.filter(({id, weight}) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 1).map(({id}) => id);
			assert.equal(category.score, 1, `${at}: ${category.title} ${category.score}: ${missed}`);
		}
		assert.equal(lhr.runtimeError, undefined);
	}
});

// compile type-checks a value as a schema.org type.
async function compile(t, type, json) {
	const folder = await mkdtemp(path.join(import.meta.dirname, 'node_modules/.schema-'));
	t.after(() => rm(folder, {recursive: true}));
	const file = path.join(folder, 'data.ts');
	await writeFile(file, `import type {WithContext, ${type}} from 'schema-dts';\nexport const data: WithContext<${type}> = ${json};\n`);
	const tsc = path.join(import.meta.dirname, 'node_modules/typescript/bin/tsc');
	return promisify(execFile)(process.execPath, [tsc, '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--moduleResolution', 'nodenext', file]);
}
const jsonld = async at => (await (await fetch(kb.address + at)).text()).match(/<script type="application\/ld\+json">(.*?)<\/script>/s)[1];

test('pages say in the words of schema.org what they are', {timeout: 3 * patience}, async t => {
	const question = await jsonld('/q/what-is-a-passkey'), faq = await jsonld('/section/registration');
	await compile(t, 'Question', question);
	await compile(t, 'FAQPage', faq);
	assert.equal(JSON.parse(question).acceptedAnswer['@type'], 'Answer');
	assert.ok(JSON.parse(faq).mainEntity.length >= 5);
	await assert.rejects(compile(t, 'Question', question.replace('"acceptedAnswer"', '"acceptedAnswr"')), 'a misspelt property is found');
});
