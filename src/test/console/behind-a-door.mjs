// The console behind a proxy that lets in only whom it knows, by a password or by a cookie of its own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answerText, askAndWait, assertQuiet, badge, openPage } from './browser.mjs';
import { startProxy } from './proxy.mjs';
import { typeKey, world } from './world.mjs';

const PERSON = { username: 'alice', password: 'between us' };
const PASSWORD = `Basic ${btoa(`${PERSON.username}:${PERSON.password}`)}`;
let proxy;

function door({ headers, url }, outgoing) {
  if (headers.authorization === PASSWORD || headers.cookie === 'session=alice') return url;
  return outgoing.writeHead(401, { 'WWW-Authenticate': 'Basic realm="door"' }).end();
}

before(async () => {
  proxy = await startProxy(() => world.server, door);
});
after(() => proxy?.close());

async function askBehindTheDoor(page) {
  await page.goto(proxy.url);
  await typeKey(page);
  await askAndWait(page, 'echo let in');
  assert.equal(await answerText(page), 'let in');
  await page.reload();
  await badge(page, 'done');
  assert.equal(await answerText(page), 'let in');
  assertQuiet(page);
}

test('who gave the password of a proxy asks and reads through it', async () => {
  await askBehindTheDoor(await openPage(world.browser, { httpCredentials: PERSON }));
});

test('who has the cookie of a proxy asks and reads through it', async () => {
  const page = await openPage(world.browser);
  await page.context().addCookies([{ name: 'session', value: 'alice', url: proxy.url, httpOnly: true, sameSite: 'Lax' }]);
  await askBehindTheDoor(page);
});
