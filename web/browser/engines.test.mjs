// Two more engines, of other makers, in every state: each sees what the
// others miss. Each is shown to find a seeded fault, because both say nothing
// at all when they do not run.

import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {Audit, Outcome} from '@siteimprove/alfa-act';
import {Playwright} from '@siteimprove/alfa-playwright';
import rules from '@siteimprove/alfa-rules';
import {Conformance, Criterion} from '@siteimprove/alfa-wcag';
import {colours, demo, host, launch, patience, serve} from './kb.mjs';

const ace = readFileSync(createRequire(import.meta.url).resolve('accessibility-checker-engine/ace.js'), 'utf8');

let kb, site, browser;
before(async () => {
	site = await host(at => demo(kb.address, at === '/arabic' ? 'lang="ar" dir="rtl"' : ''));
	kb = await serve('--origin', site.address);
	browser = await launch();
}, {timeout: 5 * patience});
after(async () => {
	await browser?.close();
	await kb?.stop();
	await site?.stop();
});

// IBM Equal Access: WCAG 2.2, violations only.
async function ibm(page) {
	await page.evaluate(ace + ';0');
	return page.evaluate(async () => {
		const {results} = await new ace.Checker().check(document, ['WCAG_2_2']);
		return results.filter(({value}) => value[0] === 'VIOLATION' && value[1] === 'FAIL').map(({ruleId, snippet, message}) => `${ruleId}: ${message} ${snippet}`);
	});
}

// Siteimprove Alfa: rules for a WCAG criterion of level A or AA.
async function alfa(page) {
	const document = await page.evaluateHandle(() => window.document);
	const wanted = [...rules].filter(rule => [...rule.requirements].some(each => Criterion.isCriterion(each) && Conformance.isAA()(each)));
	const outcomes = await Audit.of(await Playwright.toPage(document), wanted).evaluate();
	return [...outcomes].filter(Outcome.isFailed).map(({rule, target}) => `${rule.uri} ${String(target).slice(0, 300)}`);
}

const ask = async (page, input, text) => {
	await page.locator(input).fill(text);
	await page.locator('.count', {hasText: text}).waitFor();
};
const box = 'kb-search input[part]';
const states = {
	'home': page => page.goto(kb.address),
	'results': page => page.goto(kb.address + '/search?q=multi-device+credential'),
	'all open': page => page.goto(kb.address + '/search?q=passkey+javascript&open=*'),
	'nothing': page => page.goto(kb.address + '/search?q=xylophone+quartet'),
	'question': page => page.goto(kb.address + '/q/synced-vs-device-bound'),
	'section': page => page.goto(kb.address + '/section/registration'),
	'error': page => page.goto(kb.address + '/q/nothing'),
	'box closed': page => page.goto(site.address),
	'box open': async page => {
		await page.goto(site.address);
		await ask(page, box, 'passkey');
		await page.locator('kb-search [part=question]').nth(1).click();
	},
	'box from right to left': async page => {
		await page.goto(site.address + '/arabic');
		await ask(page, box, 'passkey');
		await page.locator('kb-search .out[dir=rtl]').waitFor();
	},
};
const looks = {...Object.fromEntries(colours.map(colorScheme => [colorScheme, {colorScheme}])), '320 px': {viewport: {width: 320, height: 640}}};
const seeds = {
	'page': [states.results, () => {
		document.querySelector('.answer').insertAdjacentElement('afterbegin', document.createElement('img')).src = '/logo.png';
		document.querySelector('#q').removeAttribute('id');
	}],
	'box': [states['box open'], () => document.querySelector('kb-search').field.removeAttribute('aria-label')],
};

for (const [engine, run] of Object.entries({ibm, alfa})) {
	for (const [name, state] of Object.entries(states)) for (const [look, options] of Object.entries(looks)) test(`${engine} finds nothing: ${name}, ${look}`, async t => {
		const page = await browser.newPage({...options, bypassCSP: true});
		t.after(() => page.close());
		page.setDefaultTimeout(patience);
		await state(page);
		assert.deepEqual(await run(page), []);
	});
	for (const [name, [state, seed]] of Object.entries(seeds)) test(`${engine} finds a seeded fault: ${name}`, async t => {
		const page = await browser.newPage({bypassCSP: true});
		t.after(() => page.close());
		await state(page);
		await page.evaluate(seed);
		assert.notDeepEqual(await run(page), []);
	});
}
