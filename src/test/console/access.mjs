// For everybody: axe finds nothing, the keyboard does it all, it fits a phone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askAndWait, assertQuiet, AXE, badge, openPage, PHONE } from './browser.mjs';
import { keyed, says, submit, typeKey, world } from './world.mjs';

const COLOURS = { runOnly: ['color-contrast', 'link-in-text-block'] };

/** axe is put in by the debugger, past the page's policy; every rule that it has but experiments, best practices and WCAG 2.2's too, or those of `only`. */
async function axe(page, where, only = {}) {
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.effect.getTiming().iterations === Infinity));
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((some) => globalThis.axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } }, ...some }), only);
  assert.deepEqual(violations.map(({ id, nodes }) => `${where}: ${id} at ${nodes.map(({ target }) => target).join(', ')}`), []);
}

for (const [name, options] of [
  ['light, desktop', {}], ['dark, desktop', { colorScheme: 'dark' }],
  ['light, phone', PHONE], ['dark, phone', { ...PHONE, colorScheme: 'dark' }],
]) {
  test(`axe finds no violation: ${name}`, async () => {
    const page = await keyed('/', options);
    const only = options.colorScheme === 'dark' ? COLOURS : {}; // dark changes nothing else
    await axe(page, 'empty', only);
    await askAndWait(page, 'markdown');
    await axe(page, 'conversation', only);
    if (await page.locator('#settings').isHidden()) await page.locator('#toggle-settings').click();
    const closed = page.locator('#settings details:not([open]) > summary');
    while (await closed.count() > 0) await closed.first().click();
    await axe(page, 'settings', only);
    if (name.includes('phone')) await page.locator('#close-settings').click();
    await page.getByRole('link', { name: 'Details' }).click();
    const tabs = name.includes('phone') ? ['Timeline', 'Code'] : ['Answer', 'Timeline', 'Records', 'Status', 'Request', 'Code'];
    for (const tab of tabs) {
      await page.getByRole('tab', { name: tab }).click();
      await axe(page, tab, only);
    }
    await page.getByRole('button', { name: 'Delete' }).last().click();
    await axe(page, 'dialog', only);
    assertQuiet(page);
  });
}

test('axe finds no violation where something went wrong', async () => {
  const page = await keyed();
  await askAndWait(page, 'refuse', 'error');
  await axe(page, 'error');
  await page.goto(`${world.server.url}/#/turn`);
  await axe(page, 'URL form');
  const { endpoints } = await submit({ ...says('tool'), access: 'private' });
  await page.goto(`${world.server.url}/#/turn?url=${endpoints.status_url}`);
  await page.getByRole('heading', { name: 'This turn is private' }).waitFor();
  await axe(page, 'token form');
});

/** Tabs on until what has the focus answers to this name. */
async function tabTo(page, name, key = 'Tab') {
  const seen = [];
  for (let count = 0; count < 80; count++) {
    await page.keyboard.press(key);
    seen.push(await page.evaluate(() => {
      const node = document.activeElement;
      return node.getAttribute('aria-label') ?? node.labels?.[0]?.innerText ?? node.innerText ?? '';
    }));
    if (seen.at(-1).trim() === name) return;
  }
  assert.fail(`no ${name} in ${seen}`);
}

test('everything can be done with the keyboard alone', async () => {
  const page = await openPage(world.browser);
  await page.goto(world.server.url);
  await tabTo(page, 'Keys');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Upstream API key');
  await page.keyboard.type('sk-typed');
  await tabTo(page, 'Message', 'Shift+Tab');
  await page.keyboard.type('echo by hand');
  await page.keyboard.press('Enter');
  await badge(page, 'done');
  await tabTo(page, 'Regenerate', 'Shift+Tab');
  const before = page.url();
  await page.keyboard.press('Enter');
  await page.waitForFunction((old) => location.href !== old, before);
  await badge(page, 'done');
  await tabTo(page, 'Edit and resend', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await tabTo(page, 'Details');
  await page.keyboard.press('Enter');
  await badge(page, 'done');
  await tabTo(page, 'Answer');
  for (const key of ['ArrowRight', 'ArrowRight', 'End', 'Home', 'ArrowRight']) await page.keyboard.press(key);
  assert.equal(await page.evaluate(() => document.activeElement.innerText), 'Timeline');
  await page.locator('.timeline').waitFor();
  await tabTo(page, 'Rename echo by hand', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Typed');
  await page.keyboard.press('Enter');
  await page.locator('.ledger .title', { hasText: 'Typed' }).waitFor();
  await tabTo(page, 'Delete Typed on the server');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Delete');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.ledger li').length === 0);
  assertQuiet(page);
});

test('nothing is wider than a phone, and its drawers open, close and give the focus back', async () => {
  const page = await openPage(world.browser, { ...PHONE, viewport: { width: 320, height: 640 } });
  await page.goto(world.server.url);
  await typeKey(page);
  const fits = async (where) => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth
    && document.querySelector('#view').scrollWidth <= innerWidth), `${where} is too wide`);
  await fits('the empty page');
  await askAndWait(page, 'markdown');
  await fits('a conversation');
  const field = page.getByRole('textbox', { name: 'Message', exact: true });
  assert.ok(await field.evaluate((empty) => empty.scrollHeight <= empty.clientHeight), 'what the empty field says is cut off below');
  await page.locator('#toggle-list').click();
  await page.locator('.ledger li').waitFor();
  const small = await page.locator('.button:visible').evaluateAll((nodes) => nodes.filter((node) => node.getBoundingClientRect().height < 44).map((node) => node.outerHTML));
  assert.deepEqual(small, [], 'a finger finds every button');
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'toggle-list');
  await page.getByRole('link', { name: 'Details' }).click();
  for (const tab of ['Timeline', 'Records', 'Status', 'Code']) {
    await page.getByRole('tab', { name: tab }).click();
    await fits(tab);
  }
  assertQuiet(page);
});

test('on a screen as low as one that is enlarged four times, a new conversation is read from its beginning and an old one at its end', async () => {
  const page = await keyed('/', { viewport: { width: 320, height: 256 } });
  const seen = (selector) => page.waitForFunction((wanted) => {
    const pane = document.querySelector('.pane').getBoundingClientRect();
    const { top } = document.querySelector(wanted)?.getBoundingClientRect() ?? {};
    return top >= pane.top && top < pane.bottom;
  }, selector);
  await page.locator('.welcome').waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))));
  await seen('.welcome h1');
  await page.locator('.pane').evaluate((pane) => pane.scrollBy(0, 100));
  await page.waitForFunction(() => document.querySelector('.pane').scrollTop > 0);
  assert.ok(await page.locator('.to-end').isHidden(), 'nothing is newer than the welcome');
  await askAndWait(page, 'echo low');
  await seen('.turn-foot .actions');
  await page.locator('#toggle-list').click();
  await page.locator('#new').click();
  await seen('.welcome h1');
  assertQuiet(page);
});

test('without JavaScript the page says so in sentences', async () => {
  const page = await openPage(world.browser, { javaScriptEnabled: false });
  await page.goto(world.server.url);
  const said = await page.locator('noscript p').boundingBox();
  const link = await page.getByRole('link', { name: 'llms.txt' }).boundingBox();
  assert.ok(said.height < 3 * link.height, 'its link stands in their lines');
});

test('what is chosen can be seen where the system forces its colours', async () => {
  const { endpoints } = await submit(says('echo plain'));
  const page = await keyed(`/#/turn?url=${endpoints.status_url}`, { forcedColors: 'active' });
  await badge(page, 'done');
  await page.getByRole('tab', { name: 'Code' }).click();
  const marks = (selector, mark) => page.locator(selector).evaluateAll((nodes, name) => nodes.map((node) => getComputedStyle(node)[name]), mark);
  assert.deepEqual(await marks('.tab', 'borderBottomStyle'), ['none', 'none', 'none', 'none', 'none', 'solid']);
  assert.deepEqual(await marks('.pick span', 'outlineStyle'), ['solid', ...Array(6).fill('none')]);
  assertQuiet(page);
});

test('the theme can be chosen and is kept', async () => {
  const page = await openPage(world.browser);
  await page.goto(world.server.url);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.locator('#theme').click();
  await page.locator('#theme').click();
  assert.notEqual(await ground(), light);
  await page.reload();
  assert.equal(await page.locator('#theme').getAttribute('aria-label'), 'Theme: dark');
  assert.notEqual(await ground(), light);
  assertQuiet(page);
});
