// The list of conversations: URLs and titles in this browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askAndWait, assertQuiet, badge } from './browser.mjs';
import { keyed, world } from './world.mjs';

const titles = (page) => page.locator('.ledger .title').allInnerTexts();

async function withTwo() {
  const page = await keyed();
  await askAndWait(page, 'echo first words');
  await page.getByRole('button', { name: 'New conversation' }).click();
  await askAndWait(page, 'echo second words');
  return page;
}

/** A row's buttons are there while the mouse is over it; a list that was drawn anew wants the mouse to move again. */
async function press(page, name) {
  const button = page.getByRole('button', { name });
  for (let left = 20; left > 0 && !(await button.isVisible()); left--) {
    await page.mouse.move(0, 0);
    await page.locator('.ledger li').first().hover();
    await button.waitFor({ timeout: 500 }).catch(() => {});
  }
  await button.click();
}

test('conversations are listed by URL and title alone, found, and opened', async () => {
  const page = await withTwo();
  assert.deepEqual(await titles(page), ['echo second words', 'echo first words']);
  const kept = JSON.parse(await page.evaluate(() => localStorage.getItem('offload.turns')));
  assert.deepEqual(kept.map((entry) => Object.keys(entry).sort()), [['title', 'url'], ['title', 'url']]);
  await page.getByLabel('Search conversations').fill('FIRST');
  assert.deepEqual(await titles(page), ['echo first words']);
  await page.locator('.ledger a').click();
  await page.locator('.turn .prose', { hasText: 'first words' }).waitFor();
  await badge(page, 'done');
  assertQuiet(page);
});

test('rename, forget with undo, and delete on the server', async () => {
  const page = await withTwo();
  await page.locator('.ledger li').first().hover();
  const [title, actions] = await page.locator('.ledger li').first().evaluate((row) => [row.querySelector('.title'), row.querySelector('.row-actions')].map((node) => node.getBoundingClientRect()));
  assert.ok(actions.top >= title.bottom - 1, 'the buttons do not cover the title');
  await press(page, 'Rename echo second words');
  await page.keyboard.type('A better name');
  await page.keyboard.press('Enter');
  assert.deepEqual(await titles(page), ['A better name', 'echo first words']);
  await press(page, 'Forget A better name in this browser');
  assert.deepEqual(await titles(page), ['echo first words']);
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.deepEqual(await titles(page), ['A better name', 'echo first words']);
  const [{ url }] = JSON.parse(await page.evaluate(() => localStorage.getItem('offload.turns')));
  await press(page, 'Delete A better name on the server');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.ledger li').length === 1);
  assert.equal((await fetch(`${world.server.url}${url}.json`)).status, 404);
  assertQuiet(page);
});

test('the key that ends a renaming does nothing else, and one that an input method takes ends none', async () => {
  const page = await withTwo();
  const presses = (key, init = {}) => page.locator('.ledger input').evaluate((field, [name, more]) => {
    const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more });
    let climbed = false;
    addEventListener('keydown', () => (climbed = true), { once: true });
    field.dispatchEvent(event);
    return { leftToBrowser: !event.defaultPrevented, climbed };
  }, [key, init]);
  for (const key of ['Enter', 'Escape']) {
    await press(page, 'Rename echo second words');
    await presses(key, { isComposing: true });
    await page.locator('.ledger input').waitFor();
    assert.deepEqual(await presses(key), { leftToBrowser: false, climbed: false }, key);
    await page.locator('.ledger input').waitFor({ state: 'detached' });
  }
  assertQuiet(page);
});

test('a title turns around neither the page nor the tab', async () => {
  const page = await keyed();
  await askAndWait(page, 'echo \u202Ebackwards \u2067and on');
  assert.deepEqual(await titles(page), ['echo backwards and on']);
  assert.equal(await page.title(), 'echo backwards and on · Offload');
  // One that a person gave, or an older page kept.
  await page.evaluate(() => localStorage.setItem('offload.turns', localStorage.getItem('offload.turns').replace('backwards', '\u202Ebackwards')));
  await page.reload();
  await press(page, /^Delete/);
  const [from, to] = await page.locator('dialog p').evaluate((sentence) => {
    const place = (word) => {
      const text = sentence.lastChild;
      const range = document.createRange();
      range.setStart(text, text.data.indexOf(word));
      range.setEnd(text, text.data.indexOf(word) + word.length);
      return range.getBoundingClientRect();
    };
    return [place('its'), place('status')].map(({ left, top }) => ({ left, top }));
  });
  assert.ok(from.top < to.top || from.left < to.left, 'the sentence goes on from the left to the right');
  assertQuiet(page);
});

test('to take a forgetting back takes back nothing else', async () => {
  const page = await withTwo();
  await press(page, 'Forget echo second words in this browser');
  await page.getByRole('button', { name: 'New conversation' }).click();
  await askAndWait(page, 'echo third words');
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.deepEqual((await titles(page)).toSorted(), ['echo first words', 'echo second words', 'echo third words']);
  assertQuiet(page);
});

test('what can be undone can be for as long as a person needs to get there, and is closed by hand', async () => {
  const page = await withTwo();
  await page.clock.install();
  await press(page, 'Forget echo second words in this browser');
  await page.mouse.move(0, 0);
  await page.clock.fastForward(3_600_000);
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.deepEqual(await titles(page), ['echo second words', 'echo first words']);
  await press(page, 'Forget echo second words in this browser');
  await page.getByRole('button', { name: 'Close this note' }).press('Enter');
  assert.equal(await page.locator('.note').count(), 0);
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY');
  assert.deepEqual(await titles(page), ['echo first words']);
  assertQuiet(page);
});

test('another tab sees a change at once', async () => {
  const page = await keyed();
  const other = await page.context().newPage();
  await other.goto(world.server.url);
  await askAndWait(page, 'echo to both');
  await other.getByText('echo to both').waitFor();
  assertQuiet(page);
});
