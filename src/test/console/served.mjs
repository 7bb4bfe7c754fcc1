// How the console is served: pages, files, reference; policy, tags, compression; no third party.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { get } from 'node:http';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { assertQuiet, AXE, openPage, PHONE } from './browser.mjs';
import { world } from './world.mjs';

const call = (path, headers = {}, method = 'GET') => new Promise((resolve, reject) => get({ host: '127.0.0.1', port: world.server.port, path, headers, method }, (response) => {
  const parts = [];
  response.on('data', (part) => parts.push(part)).on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
}).on('error', reject));

test('pages and files carry a strict policy', async () => {
  for (const path of ['/', '/docs', '/llms.txt', '/console/app/main.js', '/console/style/page.css', '/console/vendor/purify.js', '/console/vendor/inter.woff2']) {
    const { status, headers } = await call(path);
    assert.equal(status, 200, path);
    const policy = headers['content-security-policy'];
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|http:|https:|\*/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['x-frame-options'], 'DENY');
    assert.equal(headers['cache-control'], 'no-cache');
  }
  assert.match((await call('/')).headers['content-security-policy'], /require-trusted-types-for 'script'/);
});

test('a file that is known is not sent again, and a text is sent compressed to who takes that', async () => {
  const plain = await call('/console/app/main.js');
  const packed = await call('/console/app/main.js', { 'Accept-Encoding': 'gzip, br' });
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.deepEqual(gunzipSync(packed.body), plain.body);
  assert.notEqual(packed.headers.etag, plain.headers.etag);
  assert.match(packed.headers.vary, /Accept-Encoding/);
  assert.equal((await call('/console/app/main.js', { 'If-None-Match': plain.headers.etag })).status, 304);
  assert.equal((await call('/console/app/main.js', { 'If-None-Match': packed.headers.etag, 'Accept-Encoding': 'gzip' })).status, 304);
  assert.equal((await call('/console/app/main.js', { 'Accept-Encoding': 'gzip;q=0' })).headers['content-encoding'], undefined);
  const head = await call('/console/app/main.js', {}, 'HEAD');
  assert.deepEqual([head.status, head.body.length, Number(head.headers['content-length'])], [200, 0, plain.body.length]);
});

test('what is not there is 404, and a path that could mislead is 400', async () => {
  for (const path of ['/console/', '/console/app/', '/console/app/nothing.js', '/console/index.html']) {
    assert.equal((await call(path)).status, 404, path);
  }
  for (const path of ['/console/../application.yaml', '/console/%2e%2e/openapi.json']) {
    assert.equal((await call(path)).status, 400, path);
  }
  assert.equal((await call('/', {}, 'POST')).status, 405);
});

test('every module of the page is fetched at once, not one behind the other', async () => {
  const page = await openPage(world.browser);
  const modules = [];
  page.on('request', (request) => request.url().endsWith('.js') && modules.push(new URL(request.url()).pathname));
  await page.goto(world.server.url, { waitUntil: 'networkidle' });
  const announced = await page.locator('link[rel=modulepreload], script[type=module]').evaluateAll((nodes) => nodes.map((node) => new URL(node.href ?? node.src).pathname));
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((path) => path.endsWith('.js')));
  assert.deepEqual([...new Set([...loaded, ...modules])].sort(), [...announced].sort());
  const used = await page.evaluate(importsOf, '/console/app/main.js');
  assert.deepEqual(announced.filter((path) => !used.includes(path)), []);
  assertQuiet(page);
});

/** Every module that one imports, by reading them. */
async function importsOf(entry) {
  const found = new Set([entry]);
  for (const path of found) {
    if (path.includes('/vendor/')) continue;
    const source = await (await fetch(path)).text();
    for (const [, target] of source.matchAll(/^import .*?'(.+?)';$/gm)) found.add(new URL(target, location.origin + path).pathname);
  }
  return [...found];
}

test('the libraries are those that were written down', async () => {
  const { files } = JSON.parse((await call('/console/vendor/vendored.json')).body);
  for (const { file, sha256 } of files) {
    assert.equal(createHash('sha256').update((await call(`/console/vendor/${file}`)).body).digest('hex'), sha256, file);
  }
  assert.ok(files.every(({ license, version }) => license && version));
});

for (const colorScheme of ['light', 'dark']) {
  test(`the API reference is drawn from this server’s own description, to be read on a phone too: ${colorScheme}`, async () => {
    const page = await openPage(world.browser, { ...PHONE, viewport: { width: 320, height: 640 }, colorScheme, reducedMotion: 'reduce' });
    await page.goto(`${world.server.url}/docs`);
    await page.locator('.opblock-summary-path', { hasText: 'stream-chatgpt' }).first().waitFor();
    await page.locator('.opblock-summary-control').first().click();
    await page.locator('.opblock-body').first().waitFor();
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['color-contrast', 'select-name', 'scrollable-region-focusable'] }));
    assert.deepEqual(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html.slice(0, 120))), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the phone');
    assertQuiet(page);
  });
}

test('the map for language models names the calls', async () => {
  const { body, headers } = await call('/llms.txt');
  assert.match(headers['content-type'], /^text\/plain/);
  for (const word of ['/v1/stream-chatgpt', 'X-OpenAI-API-Key', 'Last-Event-ID', '(openapi.json)']) assert.ok(body.includes(word), word);
});
