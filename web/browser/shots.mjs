// Pictures of every state of the pages and the box, into shots/ beside this
// file: node shots.mjs [address of a running kb]
//
// The box is on a page of another origin, which a kb that already runs does
// not know: it is left out then. ONLY=home,entry takes those states alone, and
// ONLY=readme the picture of README.md, which looks best in Noto Sans.

import {mkdir} from 'node:fs/promises';
import path from 'node:path';
import {colours, demo, host, launch, serve} from './kb.mjs';

const folder = path.join(import.meta.dirname, 'shots');
const widths = [320, 768, 1440];
const typed = text => async page => {
	await page.fill('#q', text);
	await page.waitForFunction(text => document.title.startsWith(text), text);
};
const boxed = text => async page => {
	await page.locator('kb-search input[part]').fill(text);
	await page.locator('kb-search .count', {hasText: text}).waitFor();
};
const states = {
	home: {at: '/'},
	results: {at: '/search?q=multi-device+credential'},
	closed: {at: '/search?q=multi-device+credential&open=-multi-device-credential'},
	open: {at: '/search?q=passkey+javascript&open=*'},
	none: {at: '/search?q=xylophone+quartet'},
	weak: {at: '/search?q=how+do+I+bake+bread'},
	mend: {at: '/search?q=pasky+atestation'},
	typed: {at: '/', act: typed('lost phone')},
	narrowed: {at: '/search?q=passkey&section=security'},
	unfolded: {at: '/search?q=passkey', act: page => page.click('.facets summary')},
	skip: {at: '/search?q=passkey', act: page => page.focus('#results .skip')},
	last: {at: '/search?q=passkey&page=2'},
	entry: {at: '/q/webauthn-create'},
	table: {at: '/q/synced-vs-device-bound'},
	section: {at: '/section/intro-to-passkeys'},
	missing: {at: '/q/no-such-question'},
	focus: {at: '/search?q=passkey', act: async page => {
		await page.focus('#q');
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowDown');
	}},
	box: {},
	'box-results': {act: boxed('multi-device credential')},
	'box-none': {act: boxed('xylophone quartet')},
	'box-unfolded': {act: async page => {
		await boxed('passkey')(page);
		await page.click('kb-search .facets summary');
	}},
	'box-table': {act: boxed('difference synced device-bound')},
	'box-arabic': {box: 'lang="ar" dir="rtl"', act: boxed('passkey')},
};

const site = process.argv[2] ? null : await host(at => demo(server.address, states[at.slice(1)]?.box));
const server = site ? await serve('--origin', site.address) : {address: process.argv[2].replace(/\/$/, ''), stop() {}};
const browser = await launch();
await mkdir(folder, {recursive: true});
const only = process.env.ONLY?.split(',');
for (const [name, {at, act}] of Object.entries(states)) {
	if (only && !only.includes(name) || !at && !site) continue;
	for (const width of widths) for (const colorScheme of colours) {
		const page = await browser.newPage({viewport: {width, height: Math.min(900, width * 2)}, colorScheme});
		await page.goto(at ? server.address + at : `${site.address}/${name}`);
		await act?.(page);
		await page.screenshot({path: path.join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: width < 1000});
		await page.close();
	}
}
if (only?.includes('readme')) {
	const page = await browser.newPage({viewport: {width: 1180, height: 940}, colorScheme: 'light'});
	await page.goto(server.address + states.results.at);
	await page.screenshot({path: path.join(import.meta.dirname, 'demo/page.png')});
}
await browser.close();
await server.stop();
await site?.stop();
