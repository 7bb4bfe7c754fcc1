// 2,000 tokens a second: the page must go on answering to the person who uses it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, assertQuiet, badge } from './browser.mjs';
import { keyed } from './world.mjs';

const PER_SECOND = 2_000;
const SECONDS = 10;
/** A person calls a page frozen when it does not answer for a second; the time is the clock's, on a machine that may be busy. */
const FROZEN_MS = 1_000;

/** The longest time that the page's one thread was taken, and how late a timer came. */
const watchThread = () => {
  globalThis.longest = { task: 0, lag: 0, tasks: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      longest.task = Math.max(longest.task, duration);
      longest.tasks++;
    }
  }).observe({ entryTypes: ['longtask'] });
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    longest.lag = Math.max(longest.lag, now - last - 20);
    last = now;
  }, 20);
};

test(`${PER_SECOND} tokens per second for ${SECONDS} s do not freeze the page`, async (context) => {
  const page = await keyed();
  await ask(page, `fast ${PER_SECOND * SECONDS} ${PER_SECOND}`);
  await badge(page, 'live');
  await page.evaluate(watchThread);
  const clicks = [];
  for (let round = 0; round < 8; round++) {
    const began = performance.now();
    await page.locator('#toggle-settings').click();
    clicks.push(Math.round(performance.now() - began));
  }
  await page.locator('.badge[data-state="done"]').waitFor({ timeout: 60_000 });
  const longest = await page.evaluate(() => longest);
  const facts = (await page.locator('.facts').innerText()).replace(/\s+/g, ' ');
  context.diagnostic(`longest task ${Math.round(longest.task)} ms, ${longest.tasks} tasks over 50 ms, a timer at most ${Math.round(longest.lag)} ms late, clicks ${clicks} ms; ${facts}`);
  assert.ok(longest.task < FROZEN_MS, `a task of ${longest.task} ms`);
  assert.match(facts, /out 20,00\d tokens/);
  assert.ok((await page.locator('.turn .prose').last().innerText()).includes(`word${PER_SECOND * SECONDS - 2}`));
  assertQuiet(page);
});

test('one code block of 20,000 tokens does not freeze the page either', async (context) => {
  const page = await keyed();
  await ask(page, 'listing 20000 2000');
  await badge(page, 'live');
  await page.evaluate(watchThread);
  await page.locator('.badge[data-state="done"]').waitFor({ timeout: 60_000 });
  const longest = await page.evaluate(() => longest);
  context.diagnostic(`longest task ${Math.round(longest.task)} ms, ${longest.tasks} tasks over 50 ms, a timer at most ${Math.round(longest.lag)} ms late`);
  assert.ok(longest.task < FROZEN_MS, `a task of ${longest.task} ms`);
  assertQuiet(page);
});
