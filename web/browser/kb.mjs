// A real kb server and a real browser for the tests beside it.

import {execFile, spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {chromium} from 'playwright-core';

export const root = path.resolve(import.meta.dirname, '../..');

// How long anything may take on a machine that does much else, in ms.
export const patience = 60_000;

// binary is a built kb: the one that $KB names, else one built now.
const binary = async () => {
	if (process.env.KB) return {kb: path.resolve(process.env.KB)};
	const folder = await mkdtemp(path.join(tmpdir(), 'kb-'));
	const kb = path.join(folder, 'kb');
	await promisify(execFile)('go', ['build', '-o', kb, './cmd/kb'], {cwd: root});
	return {kb, folder};
};

// serve starts kb serve and returns where it is, without a slash at the end,
// and how to stop it.
export async function serve(...args) {
	const {kb, folder} = await binary();
	const server = spawn(kb, ['serve', '--addr', '127.0.0.1:0', ...args], {cwd: root, stdio: ['ignore', 'pipe', 'inherit']});
	const address = await new Promise((done, fail) => {
		let printed = '';
		server.stdout.on('data', data => {
			printed += data;
			const found = printed.match(/^http:\/\/\S+?(?=\/?$)/m);
			if (found && printed.includes('\n')) done(found[0]);
		});
		server.on('exit', code => fail(new Error(`kb serve ended with ${code} before it printed an address: ${printed}`)));
	});
	return {
		address,
		async stop() {
			server.removeAllListeners('exit');
			const ended = new Promise(done => server.on('exit', done));
			server.kill();
			await ended;
			if (folder) await rm(folder, {recursive: true});
		},
	};
}

export const launch = () => chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox']});

const source = (pkg, file) => readFileSync(path.join(path.dirname(createRequire(import.meta.url).resolve(pkg + '/package.json')), file), 'utf8');
const axeSource = source('axe-core', 'axe.min.js');

// axe returns the violations that axe-core finds on a page, as lines.
export async function axe(page) {
	await page.evaluate(axeSource + ';0');
	const {violations} = await page.evaluate(() => axe.run(document, {
		runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']},
	}));
	return violations.flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.html} ${node.failureSummary}`));
}

// colours are the schemes that every page is tested in.
export const colours = ['light', 'dark'];

// strict is a Content-Security-Policy under which only what needs nothing
// works; kb is where the box comes from.
export const strict = kb => `default-src 'none'; script-src ${kb}; connect-src ${kb}; style-src 'self'; form-action ${kb}; ` +
	"base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

// host serves a page of another origin. answer(path) returns its HTML, or
// nothing for the style of the demo; policy() its Content-Security-Policy.
export async function host(answer, policy = () => null) {
	const server = createServer((request, response) => {
		if (request.url === '/demo.css') return response.setHeader('Content-Type', 'text/css').end(readFileSync(path.join(import.meta.dirname, 'demo/demo.css')));
		const csp = policy(request.url);
		if (csp) response.setHeader('Content-Security-Policy', csp);
		response.setHeader('Content-Type', 'text/html; charset=utf-8').end(answer(request.url));
	});
	await new Promise(done => server.listen(0, '127.0.0.1', done));
	return {address: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise(done => server.close(done))};
}

// demo returns the demo page with its box from the kb at that address, and
// attributes of the box besides.
export const demo = (kb, attributes = '') => readFileSync(path.join(import.meta.dirname, 'demo/index.html'), 'utf8')
	.replaceAll('https://kb.example.org', kb).replace('<kb-search', `<kb-search ${attributes}`);
