// The first look: a server as anybody starts it, on the embedded upstream, without any key.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answerText, ask, assertQuiet, badge, openPage, sees } from './browser.mjs';
import { startServer } from './server.mjs';
import { world } from './world.mjs';

let server;
before(async () => (server = await startServer({ OFFLOAD_UPSTREAM_URL: 'embedded' })));
after(() => server?.close());

test('on the embedded upstream a question is answered without any key, and the conversation goes on', async () => {
  const page = await openPage(world.browser);
  await page.goto(server.url);
  await page.getByLabel('Max tokens').fill('12');
  await page.getByRole('button', { name: /^Explain/ }).click();
  await page.keyboard.press('Enter');
  await badge(page, 'incomplete');
  assert.ok((await answerText(page)).length > 20);
  await sees(page, 'Cut off at the token limit');
  assert.match((await page.locator('.facts').innerText()).replace(/\s+/g, ' '), /out 12 tokens/);
  await ask(page, 'And now in one line');
  await page.waitForFunction(() => document.querySelectorAll('.message.user').length === 2);
  await badge(page, 'incomplete');
  assertQuiet(page);
});
