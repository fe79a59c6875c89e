// Pictures of every state of the pages and the box, into shots/ beside this
// file: node shots.mjs [address of a running kb]

import {mkdir} from 'node:fs/promises';
import path from 'node:path';
import {colours, launch, serve} from './kb.mjs';

const folder = path.join(import.meta.dirname, 'shots');
const widths = [320, 768, 1440];
const typed = text => async page => {
	await page.fill('#q', text);
	await page.waitForFunction(text => document.title.startsWith(text), text);
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
};

const server = process.argv[2] ? {address: process.argv[2].replace(/\/$/, ''), stop() {}} : await serve();
const browser = await launch();
await mkdir(folder, {recursive: true});
const only = process.env.ONLY?.split(',');
for (const [name, {at, act}] of Object.entries(states)) {
	if (only && !only.includes(name)) continue;
	for (const width of widths) for (const colorScheme of colours) {
		const page = await browser.newPage({viewport: {width, height: Math.min(900, width * 2)}, colorScheme});
		await page.goto(server.address + at);
		await act?.(page);
		await page.screenshot({path: path.join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: width < 1000});
		await page.close();
	}
}
await browser.close();
await server.stop();
