// The console behind a proxy that has put the server below a path of its own, as `https://example.org/offload/`.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answerText, ask, assertQuiet, badge, openPage, sees } from './browser.mjs';
import { startProxy } from './proxy.mjs';
import { startServer } from './server.mjs';
import { typeKey, world } from './world.mjs';

const PREFIX = '/offload';
let proxy;
let server;
let home;

/** Takes the prefix away; whatever is asked for outside of it is not the server's. */
function below({ url }, outgoing) {
  if (url.startsWith(`${PREFIX}/`)) return url.slice(PREFIX.length);
  return outgoing.writeHead(418).end();
}

before(async () => {
  proxy = await startProxy(() => server, below);
  const base = proxy.url + PREFIX;
  home = `${base}/`;
  server = await startServer({ OFFLOAD_UPSTREAM_URL: world.upstream.url, OFFLOAD_PUBLIC_URL: base });
});
after(async () => {
  proxy?.close();
  await server?.close();
});

test('a conversation begins, goes on, is listed, looked into and deleted below a path', async () => {
  const page = await openPage(world.browser);
  page.on('response', (response) => response.status() === 418 && page.faults.push(`outside: ${response.url()}`));
  await page.goto(home);
  await typeKey(page);
  await ask(page, 'echo first');
  await badge(page, 'done');
  const first = page.url();
  await ask(page, 'echo second');
  await page.waitForFunction((old) => location.href !== old, first);
  await badge(page, 'done');
  assert.equal(world.upstream.requests.at(-1).body.messages.length, 3);
  await page.reload();
  await badge(page, 'done');
  assert.equal(await answerText(page), 'second');
  await page.getByRole('link', { name: 'Details' }).click();
  await badge(page, 'done');
  const address = await page.locator('.addresses dd .mono').first().innerText();
  assert.ok(address.startsWith(`${home}1/r/pub/`), address);
  assert.equal((await fetch(address)).status, 200);
  await page.getByRole('tab', { name: 'Code' }).click();
  assert.match(await page.locator('.snippet').first().innerText(), new RegExp(`${home}v1/stream-chatgpt`));
  await page.goto(`${home}#/turn?url=${address}`);
  await badge(page, 'done');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await sees(page, 'Look into a turn');
  assert.equal(await page.locator('.ledger li').count(), 0);
  assertQuiet(page);
});

test('what the reference tries out goes below the path, too', async () => {
  const page = await openPage(world.browser);
  await page.goto(`${home}docs`);
  await page.locator('.servers option').waitFor({ state: 'attached' });
  assert.equal(`${await page.locator('.servers option').innerText()}/`, home);
  assertQuiet(page);
});
