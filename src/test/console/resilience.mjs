// What a person sees when the network goes, the machine sleeps, the page is loaded again, the server dies.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerText, ask, assertQuiet, badge, openPage, sees } from './browser.mjs';
import { keyed, says, submit, world } from './world.mjs';

/** Asks, and has the first words on the page. */
async function begun(options) {
  const page = await keyed('/', options);
  await ask(page, 'hold');
  const talk = await world.upstream.held();
  talk.say('one ');
  await page.locator('.turn .prose', { hasText: 'one' }).waitFor();
  return { page, talk };
}

const shows = (page, text) => page.waitForFunction((wanted) => [...document.querySelectorAll('.turn .prose')].at(-1)?.innerText.trim() === wanted, text);

test('a reload in mid-answer shows the whole answer and goes on', async () => {
  const { page, talk } = await begun();
  await page.reload();
  await shows(page, 'one');
  await badge(page, 'live');
  talk.say('two');
  talk.end();
  await badge(page, 'done');
  assert.equal(await answerText(page), 'one two');
  assert.equal(await page.locator('.message.user').innerText().then((text) => text.trim()), 'hold');
  assertQuiet(page);
});

test('two tabs are both live', async () => {
  const { page, talk } = await begun();
  const second = await page.context().newPage();
  await second.goto(page.url());
  await shows(second, 'one');
  talk.say('two ');
  await Promise.all([shows(page, 'one two'), shows(second, 'one two')]);
  talk.end();
  await Promise.all([badge(page, 'done'), badge(second, 'done')]);
  assert.equal(await second.locator('.ledger li').count(), 1);
  assertQuiet(page);
});

test('a lost network is told at once, and the answer goes on at the cursor', async () => {
  const { page, talk } = await begun();
  const cursors = [];
  page.on('request', (request) => request.url().endsWith('.txt') && cursors.push(Number(request.headers()['last-event-id'])));
  await page.context().setOffline(true);
  await badge(page, 'offline');
  talk.say('two ');
  talk.say('three');
  await page.context().setOffline(false);
  await badge(page, 'live');
  await shows(page, 'one two three');
  talk.end();
  await badge(page, 'done');
  assert.ok(cursors.length > 0 && cursors.every((cursor) => cursor > 0), `asked for ${cursors}`);
  assertQuiet(page);
});

test('after a sleep the page asks again at the cursor', async () => {
  const { page, talk } = await begun();
  await page.clock.install();
  const again = page.waitForRequest((request) => request.url().endsWith('.txt'));
  await page.clock.fastForward(120_000);
  assert.ok(Number((await again).headers()['last-event-id']) > 0);
  await page.clock.resume();
  talk.say('two');
  talk.end();
  await badge(page, 'done');
  assert.equal(await answerText(page), 'one two');
  assertQuiet(page);
});

test('a page that comes back from the cache of the browser asks again', async () => {
  const { page, talk } = await begun();
  await page.clock.install();
  await page.clock.setSystemTime(Date.now() + 30_000);
  const again = page.waitForRequest((request) => request.url().endsWith('.txt'));
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  assert.ok(Number((await again).headers()['last-event-id']) > 0);
  talk.say('two');
  talk.end();
  await badge(page, 'done');
  assert.equal(await answerText(page), 'one two');
  assertQuiet(page);
});

test('a tab that is not looked at gives its connection back, and still comes to the end', async () => {
  const { page, talk } = await begun();
  await page.clock.install();
  const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('.txt'));
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.clock.fastForward(31_000);
  await ended;
  await badge(page, 'paused');
  await page.clock.resume();
  talk.say('two');
  talk.end();
  await badge(page, 'done');
  assert.equal(await answerText(page), 'one two');
  assertQuiet(page);
});

test('a tab that is looked at again goes on at once', async () => {
  const { page, talk } = await begun();
  await page.clock.install();
  const look = (state) => page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
  await look('hidden');
  await page.clock.fastForward(31_000);
  await badge(page, 'paused');
  await page.clock.resume();
  await look('visible');
  await badge(page, 'live');
  talk.say('two');
  await shows(page, 'one two');
  talk.end();
  await badge(page, 'done');
  assertQuiet(page);
});

test('back and forward between conversations lose nothing', async () => {
  const { page, talk } = await begun();
  await page.getByRole('button', { name: 'New conversation' }).click();
  await sees(page, 'Ask, and walk away.');
  talk.say('two');
  talk.end();
  await page.goBack();
  await badge(page, 'done');
  assert.equal(await answerText(page), 'one two');
  assertQuiet(page);
});

for (const endpoint of ['stream-chatgpt', 'async-chatgpt']) {
  test(`a turn that somebody deletes while it is read says so, and the next question can be sent: ${endpoint}`, async () => {
    const { endpoints } = await submit(says('hold'), endpoint);
    const talk = await world.upstream.held();
    talk.say('one');
    const page = await keyed(`/#/?url=${endpoints.status_url}`);
    await page.locator('.turn .prose', { hasText: 'one' }).waitFor();
    let gone;
    const deleted = new Promise((resolve) => (gone = resolve));
    await page.route('**/*.json', async (route) => {
      await deleted; // else the page may still see it stopped, which is as true
      await route.continue();
    });
    assert.equal((await fetch(endpoints.status_url, { method: 'DELETE' })).status, 204);
    gone();
    await page.locator('.problem', { hasText: 'There is nothing here (any more)' }).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    assertQuiet(page);
  });
}

test('a server that is killed and started again: the badge says reconnecting, the partial answer stays, the end is told', async () => {
  const { page, talk } = await begun();
  const { endpoints } = await submit(says('hold'), 'async-chatgpt');
  (await world.upstream.held()).say('polled');
  const polled = await openPage(world.browser);
  await polled.goto(`${world.server.url}/#/turn?url=${endpoints.status_url}`);
  await badge(polled, 'live');
  talk.say('two');
  await shows(page, 'one two');
  await world.server.kill();
  await badge(page, 'reconnecting');
  await badge(polled, 'reconnecting');
  assert.equal(await answerText(page), 'one two');
  await world.server.start();
  await badge(page, 'error');
  assert.equal(await answerText(page), 'one two');
  assert.match(await page.locator('.problem').innerText(), /The server stopped in mid-answer[^]*interrupted/);
  await badge(polled, 'error');
  assertQuiet(page);
  assertQuiet(polled);
});

test('what is opened or sent while the server is away is not lost', async () => {
  const page = await keyed();
  const { endpoints } = await submit(says('echo earlier'));
  await fetch(`${endpoints.status_url}?wait=60`); // else the kill may come before its end, and it is told as interrupted
  const readers = [await openPage(world.browser), await openPage(world.browser)];
  for (const reader of readers) await reader.goto(world.server.url);
  await world.server.kill();
  for (const [at, view] of ['#/', '#/turn'].entries()) {
    await readers[at].evaluate((hash) => (location.hash = hash), `${view}?url=${endpoints.status_url}`);
    await readers[at].getByText('The server cannot be reached').waitFor();
  }
  await ask(page, 'echo patience');
  await sees(page, 'The server cannot be reached');
  await world.server.start();
  await page.getByRole('button', { name: 'Try again' }).click();
  await badge(page, 'done');
  assert.equal(await answerText(page), 'patience');
  for (const reader of readers) {
    await badge(reader, 'done');
    assert.equal(await answerText(reader), 'earlier');
    assert.equal(await reader.locator('.problem').count(), 0);
    assertQuiet(reader);
  }
  assertQuiet(page);
});
