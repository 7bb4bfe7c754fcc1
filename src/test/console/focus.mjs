// Where the focus is after the page was drawn anew: nowhere is a place that a keyboard does not come back from.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, askAndWait, assertQuiet, badge, PHONE } from './browser.mjs';
import { keyed, says, submit, world } from './world.mjs';

const press = async (target, key = 'Enter') => {
  await target.focus();
  await target.press(key);
};

/** Waits until what has the focus is called so. */
const focusIs = (page, name) => page.waitForFunction((wanted) => {
  const node = document.activeElement;
  return node !== document.body && wanted === (node.getAttribute('aria-label') ?? node.labels?.[0]?.textContent ?? node.innerText.trim().split('\n')[0]);
}, name);

const focusIsIn = (page, id) => page.waitForFunction((wanted) => document.activeElement.id === wanted, id);

test('who asks again, edits or opens another view is not left nowhere', async () => {
  const page = await keyed();
  await askAndWait(page, 'echo one');
  const before = page.url();
  await press(page.getByRole('button', { name: 'Regenerate' }));
  await page.waitForFunction((old) => location.href !== old, before);
  await focusIs(page, 'Conversation');
  await badge(page, 'done');
  await press(page.getByRole('button', { name: 'Edit and resend' }));
  await page.keyboard.press('Enter');
  await focusIs(page, 'Conversation');
  await badge(page, 'done');
  await press(page.getByRole('link', { name: 'Details' }));
  await focusIsIn(page, 'view');
  await badge(page, 'done');
  await press(page.locator('.turn-title').getByRole('button', { name: 'Delete' }));
  await press(page.getByRole('dialog').getByRole('button', { name: 'Delete' }));
  await page.getByRole('heading', { name: 'Look into a turn' }).waitFor();
  await focusIsIn(page, 'view');
  assertQuiet(page);
});

test('who tries again without a key stays at the conversation', async () => {
  const page = await keyed();
  await page.locator('#key-upstream').evaluate((field) => {
    field.value = '';
    field.dispatchEvent(new Event('input'));
  });
  await ask(page, 'echo one');
  await press(page.getByRole('button', { name: 'Try again' }));
  await focusIs(page, 'Conversation');
  assertQuiet(page);
});

test('the list keeps the focus where its rows are drawn anew, move up or go', async () => {
  const page = await keyed();
  for (const words of ['first', 'second', 'third']) {
    await page.locator('#new').click();
    await askAndWait(page, `echo ${words}`);
  }
  await press(page.locator('.ledger a', { hasText: 'echo first' }));
  await page.locator('.ledger a[aria-current]', { hasText: 'echo first' }).waitFor();
  assert.match(await page.evaluate(() => document.activeElement.innerText), /^echo first/);
  const renaming = page.getByRole('textbox', { name: 'New title' });
  await press(page.getByRole('button', { name: 'Rename echo third' }));
  await renaming.fill('last');
  await page.keyboard.press('Enter');
  await focusIs(page, 'Rename last');
  await page.keyboard.press('Enter');
  await renaming.waitFor();
  await page.keyboard.press('Tab');
  await renaming.waitFor({ state: 'detached' });
  assert.match(await page.evaluate(() => document.activeElement.innerText), /^echo second/);
  await press(page.getByRole('button', { name: 'Forget last in this browser' }));
  await focusIs(page, 'Forget echo second in this browser');
  await press(page.getByRole('button', { name: 'Undo' }));
  await focusIs(page, 'last');
  await press(page.getByRole('button', { name: 'Delete echo first on the server' }));
  await press(page.getByRole('dialog').getByRole('button', { name: 'Delete' }));
  await page.locator('.ledger a', { hasText: 'echo first' }).waitFor({ state: 'detached' });
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY');
  assertQuiet(page);
});

test('a record and a branch of the status keep the focus while more comes, and a turn that ends takes none away', async () => {
  const { endpoints } = await submit(says('hold this'));
  const talk = await world.upstream.held();
  talk.say('one');
  const page = await keyed(`/#/turn?url=${endpoints.status_url}`);
  await badge(page, 'live');
  await page.getByRole('tab', { name: 'Records' }).click();
  await page.locator('.records summary').first().focus();
  talk.say('two');
  await page.locator('.records tbody tr').nth(1).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.innerText), '"one"');
  await page.getByRole('tab', { name: 'Status' }).click();
  const branch = page.locator('.json summary', { hasText: 'endpoints' });
  await branch.focus();
  const old = await branch.elementHandle();
  talk.say('three');
  await page.waitForFunction((node) => !node.isConnected, old);
  assert.match(await page.evaluate(() => document.activeElement.innerText), /^endpoints/);
  await press(page.locator('.turn-title').getByRole('button', { name: 'Stop' }));
  await badge(page, 'stopped');
  await focusIsIn(page, 'view');
  assertQuiet(page);
});

for (const view of ['turn', '']) {
  test(`a token that opens nothing is told, and one of the other kind counts after it: ${view || 'playground'}`, async () => {
    const { endpoints, authorization } = await submit({ ...says('echo secret'), access: 'private' });
    const page = await keyed(`/#/${view}?url=${endpoints.status_url}`);
    for (const wrong of ['0123', 'stream_token=0123']) {
      await focusIsIn(page, 'token');
      await page.keyboard.type(wrong);
      await page.keyboard.press('Enter');
      await page.locator('#token[aria-invalid="true"]').waitFor();
      assert.ok(await page.getByRole('alert').getByText('The token that was given does not open it.').isVisible(), wrong);
    }
    await focusIsIn(page, 'token');
    await page.keyboard.type(authorization.stream_url_arg);
    await page.keyboard.press('Enter');
    await page.locator('.prose', { hasText: 'secret' }).waitFor();
    assert.equal(await page.getByText('The token that was given does not open it.').count(), 0);
    assertQuiet(page);
  });
}

test('a drawer over the page closes where the focus goes on behind it', async () => {
  const page = await keyed('/', PHONE);
  await page.locator('#toggle-settings').click();
  await page.locator('#settings').waitFor();
  await page.locator('#close-settings').focus();
  await page.keyboard.press('Shift+Tab');
  await page.locator('#settings').waitFor({ state: 'hidden' });
  assertQuiet(page);
});

test('a button is called what it says', async () => {
  const page = await keyed();
  await page.locator('.keys summary').click();
  await page.getByRole('button', { name: 'Show the Service key' }).click();
  const button = page.getByRole('button', { name: 'Hide the Service key' });
  assert.equal(await button.innerText(), 'Hide');
  assert.equal(await page.locator('#key-service').getAttribute('type'), 'text');
  assertQuiet(page);
});
