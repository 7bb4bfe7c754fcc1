// The browser examples of the service's documentation, from a page of another origin: XMLHttpRequest with credentials
// submits, EventSource reads. Chromium decides what it lets them see, not a test.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { assertQuiet, badge, openPage } from './browser.mjs';
import { startServer } from './server.mjs';
import { KEY, says, submit, useWorld, world } from './world.mjs';

useWorld();

let foreign;
before(async () => {
  const pages = createServer((request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Shop</title>'));
  pages.listen(0, '127.0.0.1');
  await once(pages, 'listening');
  foreign = { url: `http://127.0.0.1:${pages.address().port}/`, close: () => (pages.closeAllConnections(), pages.close()) };
});
after(() => foreign?.close());

/** The documented example, with this server's address: runs in the page, gives what its console would show. */
function submitByXhr({ base, key, body }) {
  return new Promise((resolve) => {
    const data = JSON.stringify(body);
    const xhr = new XMLHttpRequest();
    xhr.withCredentials = true;
    xhr.addEventListener('readystatechange', function () {
      if (this.readyState === this.DONE) resolve({ status: this.status, text: this.responseText, location: this.getResponseHeader('Location') });
    });
    xhr.open('POST', `${base}/v1/stream-chatgpt`);
    xhr.setRequestHeader('content-type', 'application/json');
    xhr.setRequestHeader('X-OpenAI-API-Key', key);
    xhr.setRequestHeader('X-RapidAPI-Key', 'any');
    xhr.setRequestHeader('X-RapidAPI-Host', 'offloadgpt.p.rapidapi.com');
    xhr.send(data);
  });
}

/** Reads as the documentation says: default messages until [DONE]; then lets the browser reconnect, which must end it. */
function readByEventSource({ url, withCredentials }) {
  return new Promise((resolve) => {
    const source = new EventSource(url, { withCredentials });
    const seen = { text: '', messages: 0, opened: 0, done: 0, ids: [] };
    source.onopen = () => seen.opened++;
    source.onerror = () => source.readyState === EventSource.CLOSED && resolve(seen);
    source.onmessage = ({ data, lastEventId }) => {
      seen.messages++;
      seen.ids.push(Number(lastEventId));
      if (data === '[DONE]') return void seen.done++;
      seen.text += JSON.parse(data).choices[0].delta.content ?? '';
    };
  });
}

const MESSAGES = [{ role: 'system', content: 'You sell hardware.' }, { role: 'user', content: 'echo headphones, pros and cons' }];

async function foreignPage() {
  const page = await openPage(world.browser);
  await page.goto(foreign.url);
  return page;
}

const submitted = async (page, body, key = KEY) => {
  const answer = await page.evaluate(submitByXhr, { base: world.server.url, key, body });
  return { ...answer, json: JSON.parse(answer.text) };
};

for (const withCredentials of [false, true]) {
  test(`a public turn is submitted by XMLHttpRequest and read by EventSource${withCredentials ? ' with credentials' : ''}, from another origin`, async () => {
    const page = await foreignPage();
    const { status, location, json } = await submitted(page, { messages: MESSAGES });
    assert.equal(status, 200);
    assert.equal(location, json.endpoints.status_url);
    const seen = await page.evaluate(readByEventSource, { url: json.endpoints.stream_events_url, withCredentials });
    assert.equal(seen.text, 'headphones, pros and cons');
    assert.equal(seen.done, 1, 'the browser reconnects after the end, gets 204, and nothing twice');
    assert.deepEqual(seen.ids, [...new Set(seen.ids)].sort((one, other) => one - other));
  });
}

test('a private turn is read by EventSource with stream_url_arg, and by fetch with the bearer token', async () => {
  const page = await foreignPage();
  const { json } = await submitted(page, { messages: MESSAGES, access: 'private' });
  const { stream_events_url: events, status_url: status } = json.endpoints;
  const { bearer_token: bearer, stream_url_arg: argument } = json.authorization;
  const seen = await page.evaluate(readByEventSource, { url: `${events}?${argument}`, withCredentials: true });
  assert.deepEqual([seen.text, seen.done], ['headphones, pros and cons', 1]);
  const refused = await page.evaluate(readByEventSource, { url: events, withCredentials: false });
  assert.deepEqual([refused.messages, refused.opened], [0, 0]);
  const read = await page.evaluate(({ url, token }) => fetch(url, { headers: { Authorization: `Bearer ${token}` }, credentials: 'include' })
    .then((response) => response.json()), { url: status, token: bearer });
  assert.equal(read.status, 'done');
  assert.equal(await page.evaluate((url) => fetch(url).then((response) => response.status), status), 401);
});

test('an EventSource that loses its connection goes on by itself, and nothing comes twice', async () => {
  const page = await foreignPage();
  const { json } = await submitted(page, { messages: [{ role: 'user', content: 'hold' }] });
  const talk = await world.upstream.held();
  talk.say('before ');
  await page.evaluate((url) => {
    globalThis.heard = [];
    globalThis.source = new EventSource(url);
    source.onmessage = ({ data }) => heard.push(data === '[DONE]' ? data : JSON.parse(data).choices?.[0].delta.content ?? 'error');
  }, json.endpoints.stream_events_url);
  await page.waitForFunction(() => heard.includes('before '));
  await world.server.kill();
  await world.server.start();
  await page.waitForFunction(() => heard.includes('[DONE]'));
  const heard = await page.evaluate(() => heard);
  assert.deepEqual(heard, ['before ', 'error', '[DONE]']);
});

/** The program that the page of a turn writes to read it. */
async function written(name, { status_url }) {
  const page = await openPage(world.browser);
  await page.goto(`${world.server.url}/#/turn?url=${status_url}`);
  await badge(page, 'done');
  await page.getByRole('tab', { name: 'Code' }).click();
  await page.locator('.picks').getByText(name, { exact: true }).click();
  return page.locator('.snippet pre').last().innerText();
}

/** With this server's address. */
const PROGRAMS = {
  'the turn page writes': (endpoints) => written('EventSource', endpoints),
  'the README shows': async () => /```js\n([^]*?)```/.exec(readFileSync('../../README.md', 'utf8'))[1].replace('http://127.0.0.1:8080', world.server.url),
};

for (const [where, read] of Object.entries(PROGRAMS)) {
  test(`the program that ${where} begins anew at its cursor where a connection breaks: some browsers give up, some keep half an event`, async () => {
    const { endpoints } = await submit(says('markdown'));
    const program = await read(endpoints);
    const page = await foreignPage();
    const asked = [];
    await page.route(/\.txt/, async (route) => {
      if (route.request().method() === 'HEAD') return route.continue();
      asked.push(route.request());
      if (asked.length > 1) return route.continue();
      const response = await route.fetch();
      const [first, second] = (await response.text()).replaceAll(': hb\n', '').split(/(?<=\n\n)/);
      return route.fulfill({ response, body: first + second.slice(0, 20) });
    });
    let heard = '';
    const whole = page.waitForEvent('console', { predicate: (message) => (heard += message.text()).includes('That is all.') });
    await page.evaluate(`(async () => { ${program} })()`);
    await whole;
    assert.equal(asked.length, 2);
    assert.ok(Number(new URL(asked[1].url()).searchParams.get('offset')) > 0, asked[1].url());
    assert.equal(await asked[1].headerValue('Last-Event-ID'), null);
  });

  test(`the program that ${where} ends, and says why, where there is no such turn any more`, async () => {
    const { endpoints } = await submit(says('markdown'));
    const program = await read(endpoints);
    const page = await foreignPage();
    const asked = [];
    await page.route(/\.txt/, async (route) => {
      asked.push(route.request().method());
      return route.continue({ url: route.request().url().replace(/[^/]*\.txt/, 'deleted.txt') });
    });
    const told = page.waitForEvent('console', { predicate: (message) => message.text() === 'the stream was refused: 404' });
    await page.evaluate(`(async () => { ${program} })()`);
    await told;
    assert.deepEqual(asked, ['GET', 'HEAD']);
  });
}

test('the program that reads by fetch needs no stream to iterate over: Safari has none', async () => {
  const { endpoints } = await submit(says('echo That is all.'));
  const program = await written('fetch', endpoints);
  const page = await foreignPage();
  await page.evaluate(() => {
    delete ReadableStream.prototype[Symbol.asyncIterator];
  });
  const whole = page.waitForEvent('console', { predicate: (message) => message.text().includes('That is all.') });
  await Promise.all([whole, page.evaluate(`(async () => { ${program} })()`)]);
  assertQuiet(page);
});

test('errors can be read from another origin too', async () => {
  const page = await foreignPage();
  const { status, json } = await submitted(page, { messages: [] });
  assert.equal(status, 400);
  assert.ok(json.error.message);
});

test('a server that asks nobody for a key refuses pages of other origins', async () => {
  const open = await startServer({ OFFLOAD_UPSTREAM_URL: world.upstream.url, OFFLOAD_UPSTREAM_KEY: 'sk-of-the-operator' });
  try {
    const page = await foreignPage();
    const before = world.upstream.requests.length;
    const { status } = await page.evaluate(submitByXhr, { base: open.url, key: '', body: { messages: MESSAGES } });
    assert.ok(status === 403 || status === 0, `answered ${status}`);
    assert.equal(world.upstream.requests.length, before);
    const own = await openPage(world.browser);
    await own.goto(open.url);
    const { status: sameOrigin } = await own.evaluate(submitByXhr, { base: open.url, key: '', body: { messages: MESSAGES } });
    assert.equal(sameOrigin, 200);
  } finally {
    await open.close();
  }
});
