// A person looks into a turn.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { answerText, ask, assertQuiet, badge, openPage, sees } from './browser.mjs';
import { keyed, KEY, says, submit, world } from './world.mjs';

const turnPage = async (url, options) => {
  const page = await openPage(world.browser, options);
  await page.goto(`${world.server.url}/#/turn?url=${encodeURIComponent(url)}`);
  return page;
};

test('any URL of a turn opens its page', async () => {
  const { endpoints } = await submit(says('echo found'));
  const page = await openPage(world.browser);
  await page.goto(`${world.server.url}/#/turn`);
  for (const url of [endpoints.status_url, endpoints.stream_events_url, endpoints.stop_url, new URL(endpoints.status_url).pathname]) {
    await page.getByLabel('URL', { exact: true }).fill(url);
    await page.keyboard.press('Enter');
    await badge(page, 'done');
    assert.equal(await answerText(page), 'found');
    await page.getByRole('link', { name: 'Another URL' }).click();
  }
  await page.getByLabel('URL', { exact: true }).fill('https://example.org/');
  await page.keyboard.press('Enter');
  await sees(page, 'That is no URL of a turn');
  assertQuiet(page);
});

test('the records are those of the event file, with its offsets', async () => {
  const { endpoints } = await submit(says('markdown'));
  const page = await turnPage(endpoints.status_url);
  await badge(page, 'done');
  const file = await (await fetch(endpoints.stream_events_url)).text();
  await page.getByRole('tab', { name: 'Records' }).click();
  const rows = page.locator('.records tbody tr');
  assert.equal(await rows.count(), file.match(/^id: /gm).length);
  assert.match(await page.getByRole('tabpanel', { name: 'Records' }).innerText(), new RegExp(`${Buffer.byteLength(file).toLocaleString('en')} bytes`));
  const [, second] = [...file.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  assert.equal(await rows.nth(2).locator('td').first().innerText(), second.toLocaleString('en'));
  await rows.nth(1).locator('summary').click();
  assert.equal(await rows.nth(1).locator('pre').innerText(), /^data: (.*)$/m.exec(file.slice(file.indexOf('id: ')))[1]);
  await page.getByLabel('Find in the records').fill('[DONE]');
  assert.equal(await rows.count(), 1);
  assertQuiet(page);
});

test('the status is a tree, and the timeline tells its times', async () => {
  const { endpoints, conversation_id } = await submit(says('echo tree'));
  const page = await turnPage(endpoints.status_url);
  await badge(page, 'done');
  await page.getByRole('tab', { name: 'Status' }).click();
  await page.locator('.json').getByText(`"${conversation_id}"`).waitFor();
  await page.locator('.json summary', { hasText: 'messages' }).click();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  const moments = await page.locator('.timeline .moment').allInnerTexts();
  assert.deepEqual(moments, ['submitted', 'sent to the upstream', 'first byte', 'done', 'written']);
  assertQuiet(page);
});

test('an async turn is followed through its status', async () => {
  const { endpoints } = await submit(says('hold'), 'async-chatgpt');
  const talk = await world.upstream.held();
  const page = await turnPage(endpoints.status_url);
  talk.say('As it ');
  await sees(page, 'As it');
  talk.say('comes.');
  talk.end();
  await badge(page, 'done');
  assert.equal(await answerText(page), 'As it comes.');
  await page.getByRole('tab', { name: 'Code' }).click();
  for (const name of ['curl', 'EventSource', 'PHP', 'openai SDK']) {
    await page.locator('.picks').getByText(name, { exact: true }).click();
    const code = await page.locator('.snippet pre').last().innerText();
    assert.equal(code.split(`${endpoints.status_url}?wait=60`).length, 2, `${name} waits for the end: ${code}`);
  }
  assertQuiet(page);
});

test('each try of the webhook is on the timeline', async () => {
  const receiver = createServer((request, response) => request.resume().on('end', () => response.writeHead(204).end())).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { endpoints } = await submit({ ...says('echo hook'), webhook_url: `http://127.0.0.1:${receiver.address().port}/in?secret=1` });
  const page = await turnPage(endpoints.status_url);
  await badge(page, 'done');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await sees(page, 'webhook, try 1');
  assert.match(await page.locator('.timeline').innerText(), /HTTP 204/);
  receiver.close();
  assertQuiet(page);
});

test('who leaves a turn whose webhook is asked for asks no more', async () => {
  const page = await openPage(world.browser);
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  let asked = 0;
  await page.route('**/*.webhook.json', async (route) => {
    asked++;
    await arrived;
    await route.fulfill({ json: { url: 'http://127.0.0.1:1/', state: 'pending', attempts: [] } });
  });
  await page.clock.install();
  const { endpoints } = await submit({ ...says('echo hook'), webhook_url: 'http://127.0.0.1:1/' });
  await page.goto(`${world.server.url}/#/turn?url=${encodeURIComponent(endpoints.status_url)}`);
  await badge(page, 'done');
  const requested = page.waitForRequest('**/*.webhook.json');
  const answered = page.waitForResponse('**/*.webhook.json');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await requested;
  await page.getByRole('link', { name: 'Another URL' }).click();
  await page.getByRole('heading', { name: 'Look into a turn' }).waitFor();
  arrive();
  await (await answered).finished();
  await page.evaluate(() => fetch('/health/live').then((response) => response.text()));
  await page.clock.fastForward(60_000);
  await page.evaluate(() => fetch('/health/live').then((response) => response.text()));
  assert.equal(asked, 1);
  assertQuiet(page);
});

test('code in seven languages asks the same and reads the turn', async () => {
  const { endpoints } = await submit({ ...says("echo it's \"quoted\" \\ $HOME"), temperature: 0.5 });
  const page = await turnPage(endpoints.status_url);
  await badge(page, 'done');
  await page.getByRole('tab', { name: 'Code' }).click();
  for (const name of ['curl', 'fetch', 'EventSource', 'PHP', 'Python', 'Java', 'openai SDK']) {
    await page.locator('.picks').getByText(name, { exact: true }).click();
    const code = await page.locator('.snippet pre').last().innerText();
    assert.ok(code.includes(endpoints.stream_events_url), `${name} reads the events: ${code}`);
    assert.ok(!code.includes(KEY));
  }
  assertQuiet(page);
});

test('a private turn asks for its token, and takes the stream token too', async () => {
  const { endpoints, authorization } = await submit({ ...says('echo secret'), access: 'private' });
  const page = await turnPage(endpoints.status_url);
  await page.getByRole('heading', { name: 'This turn is private' }).waitFor();
  await page.getByLabel('Bearer token, or stream_token=…').fill(authorization.stream_url_arg);
  await page.keyboard.press('Enter');
  await badge(page, 'done');
  assert.equal(await answerText(page), 'secret');
  const second = await turnPage(endpoints.status_url);
  await second.getByLabel('Bearer token, or stream_token=…').fill(authorization.bearer_token);
  await second.keyboard.press('Enter');
  await badge(second, 'done');
  await second.getByRole('tab', { name: 'Status' }).click();
  await second.locator('.json').getByText('"completed"').waitFor();
  assertQuiet(page);
  assertQuiet(second);
});

test('a token in a link is used and taken out of the address', async () => {
  const { endpoints, authorization } = await submit({ ...says('echo linked'), access: 'private' });
  const page = await turnPage(`${endpoints.stream_events_url}?${authorization.stream_url_arg}`);
  await badge(page, 'done');
  assert.equal(await answerText(page), 'linked');
  assert.ok(!page.url().includes('stream_token'), page.url());
  assertQuiet(page);
});

test('a private turn needs its token again after a reload, unless that was ticked', async () => {
  const page = await keyed();
  await page.locator('label[for="access-private"]').click();
  await ask(page, 'echo mine');
  await badge(page, 'done');
  await page.reload();
  await page.getByRole('heading', { name: 'This turn is private' }).waitFor();
  assert.doesNotMatch(await page.evaluate(() => localStorage.getItem('offload.turns')), /token/);
  const other = await keyed();
  await other.locator('label[for="access-private"]').click();
  await other.getByLabel(/Keep the token/).check();
  await ask(other, 'echo mine');
  await badge(other, 'done');
  await other.reload();
  await badge(other, 'done');
  assert.equal(await answerText(other), 'mine');
  assertQuiet(page);
});

test('what is not there says so', async () => {
  const page = await turnPage('/1/r/pub/2026/01/01/00/00/00/nothing.json');
  await sees(page, 'There is nothing here (any more)');
  assertQuiet(page);
});

test('delete asks first, then the turn is gone for everybody', async () => {
  const { endpoints } = await submit(says('echo gone'));
  const page = await turnPage(endpoints.status_url);
  await badge(page, 'done');
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  assert.equal((await fetch(endpoints.status_url)).status, 200);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Look into a turn' }).waitFor();
  assert.equal((await fetch(endpoints.status_url)).status, 404);
  assertQuiet(page);
});
