// What a screen reader says: the regions of the page that are spoken when they change.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, askAndWait, assertQuiet, badge } from './browser.mjs';
import { keyed, world } from './world.mjs';

/** Notes what is spoken from now on, each change of a live region as one saying. */
const listen = (page) => page.evaluate(() => {
  globalThis.spoken = [];
  new MutationObserver((changes) => {
    for (const node of new Set(changes.flatMap(({ addedNodes }) => [...addedNodes]))) {
      const region = (node.closest ? node : node.parentElement)?.closest('[role=status], [role=alert], [aria-live]');
      const words = node.textContent.trim();
      if (region && words) globalThis.spoken.push(words);
    }
  }).observe(document.body, { childList: true, subtree: true });
});
const spoken = (page) => page.evaluate(() => globalThis.spoken);
const until = (page, words) => page.waitForFunction((wanted) => globalThis.spoken.at(-1) === wanted, words);

test('an answer that comes is spoken block by block, each once, and how it ended', async () => {
  const page = await keyed();
  await listen(page);
  await ask(page, 'hold this');
  await until(page, 'Waiting for the model');
  const talk = await world.upstream.held();
  talk.say('# Title\n\nFirst one.\n\nSec');
  await until(page, 'Title\nFirst one.');
  talk.say('ond.\n\n```js\nlet a;\n```\n\nThird');
  await until(page, 'Second.\nCode, js');
  talk.say('.');
  talk.end();
  await until(page, 'Third.\nAnswer done');
  await badge(page, 'done');
  assert.deepEqual(await spoken(page), ['Waiting for the model', 'Title\nFirst one.', 'Second.\nCode, js', 'Third.\nAnswer done']);
  assert.ok(await page.locator('#announcer p').count() > 1, 'who is behind finds each one');
  assertQuiet(page);
});

test('an error is spoken once, an old answer when it is gone to, and a tool by its name', async () => {
  const page = await keyed();
  await listen(page);
  await askAndWait(page, 'refuse', 'error');
  await page.waitForFunction(() => globalThis.spoken.some((words) => words.includes('Slow down')));
  assert.equal((await spoken(page)).filter((words) => /error/i.test(words)).length, 1);
  await askAndWait(page, 'tool');
  await until(page, 'Tool call get_weather\nAnswer done');
  await page.evaluate(() => {
    globalThis.spoken.length = 0;
    location.hash = location.hash.replace('#/', '#/turn');
  });
  await until(page, 'Answer done');
  assert.deepEqual(await spoken(page), ['Answer done']);
  assertQuiet(page);
});

test('a block that goes on for long is not read through for each piece of it', async () => {
  const page = await keyed();
  const looks = await page.evaluate(async () => {
    const { Narrator } = await import(new URL('console/app/narrator.js', document.baseURI));
    const narrator = new Narrator();
    let looks = 0;
    const answer = { get choices() {
      looks += 1;
      return [{ content: '```' }];
    } };
    for (let piece = 0; piece < 1_000; piece += 1) narrator.update({ arrivals: { startedAt: 0 }, answer }, 'live');
    return looks;
  });
  assert.ok(looks > 0 && looks < 20, `${looks} looks`);
  assertQuiet(page);
});
