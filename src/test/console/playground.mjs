// A person asks, stops, asks again, edits, goes on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerText, ask, askAndWait, assertQuiet, badge, openPage, sees } from './browser.mjs';
import { MARKDOWN } from './upstream.mjs';
import { KEY, keyed, says, submit, world } from './world.mjs';

const lastRequest = () => world.upstream.requests.at(-1);
const settle = (page, state = 'done') => badge(page, state);

test('an answer is rendered as markdown with highlighted code, and its measures stand below', async () => {
  const page = await keyed();
  await askAndWait(page, 'What is an event stream?');
  assert.equal(await page.locator('.prose h2').innerText(), 'Streams');
  assert.equal(await page.locator('.prose td.align-right').innerText(), '12');
  assert.ok(await page.locator('.prose .hljs-keyword').count() > 0);
  const facts = await page.locator('.facts').innerText();
  for (const fact of ['scripted', 'first token', '7 tokens', 'total time']) assert.ok(facts.replace(/\s+/g, ' ').includes(fact), `${fact} in ${facts}`);
  assert.equal(lastRequest().headers.authorization, `Bearer ${KEY}`);
  assertQuiet(page);
});

test('speed and a plot of the arrival are shown for what came live', async () => {
  const page = await keyed();
  await ask(page, 'hold');
  const talk = await world.upstream.held();
  const bars = page.locator('svg.plot rect');
  while (await bars.count() < 3) {
    talk.say('word ');
    await page.waitForTimeout(20);
  }
  talk.end();
  await settle(page);
  assert.match(await page.locator('.facts').innerText(), /speed\s+[\d,.]+ tokens\/s/);
  assert.match(await page.locator('svg.plot').getAttribute('aria-label'), /pieces per second/);
  assertQuiet(page);
});

test('a missing key is asked for, typed, and kept in memory only', async () => {
  const page = await openPage(world.browser);
  await page.goto(world.server.url);
  await ask(page, 'echo hello');
  await sees(page, 'A key is missing or wrong');
  await page.getByRole('button', { name: 'Enter a key' }).click();
  assert.match(await page.locator('.promise').innerText(), /memory only/);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'key-upstream');
  await page.keyboard.type(KEY);
  await page.getByRole('button', { name: 'Try again' }).click();
  await settle(page);
  assert.equal(await answerText(page), 'hello');
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie, history.state, location.href]));
  assert.ok(!kept.includes(KEY), kept);
  await page.reload();
  assert.equal(await page.getByLabel('Upstream API key', { exact: true }).inputValue(), '');
  assertQuiet(page);
});

test('a key that was copied with an invisible character is named, not taken for a lost network', async () => {
  const page = await openPage(world.browser);
  await page.goto(world.server.url);
  await page.locator('#key-upstream').evaluate((field, key) => {
    field.value = key;
    field.dispatchEvent(new Event('input'));
  }, 'sk-\u200b4711');
  await ask(page, 'echo hello');
  await sees(page, 'The text for X-OpenAI-API-Key holds a character that no key has');
  await page.getByRole('button', { name: 'Enter a key' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'key-upstream');
  assertQuiet(page);
});

test('who looks at something else while the question is on its way is left there, and the list has the turn', async () => {
  const page = await keyed();
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  await page.route('**/v1/**', async (route) => {
    await arrived;
    await route.continue();
  });
  await ask(page, 'echo late');
  await page.getByRole('link', { name: 'Turn' }).click();
  arrive();
  await page.locator('.ledger .title', { hasText: 'echo late' }).waitFor();
  assert.match(page.url(), /#\/turn$/);
  await page.getByRole('heading', { name: 'Look into a turn' }).waitFor();
  assertQuiet(page);
});

test('stop keeps what has come', async () => {
  const page = await keyed();
  await ask(page, 'hold');
  const talk = await world.upstream.held();
  talk.say('Half an ');
  await sees(page, 'Half an');
  await page.getByRole('button', { name: 'Stop the answer' }).click();
  await settle(page, 'stopped');
  assert.equal(await answerText(page), 'Half an');
  assertQuiet(page);
});

test('regenerate asks the same again in the same conversation', async () => {
  const page = await keyed();
  await askAndWait(page, 'echo once');
  const first = page.url();
  await page.getByRole('button', { name: 'Regenerate' }).click();
  await page.waitForFunction((old) => location.href !== old, first);
  await settle(page);
  assert.deepEqual(lastRequest().body.messages, [{ role: 'user', content: 'echo once' }]);
  assert.equal(await page.locator('.ledger li').count(), 1);
  assertQuiet(page);
});

test('what asked for an answer is asked for again, also where no field can hold it', async () => {
  const odd = { stop: ['\n\n', ' END'], temperature: 3, max_tokens: 7, user: ' u ' };
  const { endpoints } = await submit({ ...says('echo once'), ...odd });
  const page = await keyed(`/#/?url=${encodeURIComponent(endpoints.status_url)}`);
  await settle(page);
  const first = page.url();
  await page.getByRole('button', { name: 'Regenerate' }).click();
  await page.waitForFunction((old) => location.href !== old, first);
  await settle(page);
  const { stop, temperature, max_tokens, user } = lastRequest().body;
  assert.deepEqual({ stop, temperature, max_tokens, user }, odd);
  assert.equal(await page.getByLabel('Max tokens').inputValue(), '7');
  assertQuiet(page);
});

test('a double click asks once', async () => {
  const page = await keyed();
  await askAndWait(page, 'echo once');
  const first = page.url();
  const before = world.upstream.requests.length;
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  let submissions = 0;
  await page.route('**/v1/**', async (route) => {
    submissions++;
    await arrived;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Regenerate' }).dblclick();
  arrive();
  await page.waitForFunction((old) => location.href !== old, first);
  await settle(page);
  assert.equal(submissions, 1);
  assert.equal(world.upstream.requests.length - before, 1);
  await askAndWait(page, 'echo twice');
  assertQuiet(page);
});

test('a draft outlives another question: one that is regenerated, and one that is on its way', async () => {
  const page = await keyed();
  const field = page.getByRole('textbox', { name: 'Message', exact: true });
  await askAndWait(page, 'echo once');
  assert.equal(await field.inputValue(), '');
  const first = page.url();
  await field.fill('a draft');
  await page.getByRole('button', { name: 'Regenerate' }).click();
  await page.waitForFunction((old) => location.href !== old, first);
  await settle(page);
  assert.equal(await field.inputValue(), 'a draft');
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  await page.route('**/v1/**', async (route) => {
    await arrived;
    await route.continue();
  });
  const second = page.url();
  await ask(page, 'echo first');
  await page.keyboard.type(', and more');
  arrive();
  await page.waitForFunction((old) => location.href !== old, second);
  await settle(page);
  assert.equal(await field.inputValue(), 'echo first, and more');
  assertQuiet(page);
});

test('an earlier message can be edited and sent again', async () => {
  const page = await keyed();
  await askAndWait(page, 'echo one');
  await page.locator('.message.user').hover();
  await page.getByRole('button', { name: 'Edit and resend' }).click();
  await page.getByLabel('Edit the message').fill('echo two');
  await page.keyboard.press('Enter');
  await page.locator('.turn .prose', { hasText: 'two' }).waitFor();
  assert.deepEqual(lastRequest().body.messages, [{ role: 'user', content: 'echo two' }]);
  assertQuiet(page);
});

test('a conversation goes on from the earlier status', async () => {
  const page = await keyed();
  await page.locator('.system-box summary').click();
  await page.getByLabel('System message').fill('Be brief.');
  await askAndWait(page, 'echo red');
  await askAndWait(page, 'echo blue');
  await page.locator('.turn .prose', { hasText: 'blue' }).waitFor();
  assert.deepEqual(lastRequest().body.messages.map(({ role, content }) => [role, content]),
    [['system', 'Be brief.'], ['user', 'echo red'], ['assistant', 'red'], ['user', 'echo blue']]);
  assert.equal(await page.locator('.message').count(), 4);
  assertQuiet(page);
});

test('several choices stand side by side', async () => {
  const page = await keyed();
  await page.getByLabel('Choices').fill('3');
  await askAndWait(page, 'Three, please');
  const boxes = await Promise.all((await page.locator('.choice').all()).map((choice) => choice.boundingBox()));
  assert.equal(boxes.length, 3);
  assert.ok(boxes[2].x > boxes[1].x && boxes[1].x > boxes[0].x && boxes.every(({ y }) => y === boxes[0].y), 'each is beside the one before');
  assert.match(await page.locator('.choice').nth(2).innerText(), /Choice 3\./);
  assertQuiet(page);
});

test('a tool call is shown as one, and its result is sent back', async () => {
  const page = await keyed();
  await askAndWait(page, 'tool please');
  assert.equal(await page.locator('.call code').innerText(), 'get_weather');
  assert.equal(await page.locator('.call pre').innerText(), '{\n  "city": "Bern"\n}');
  await page.getByLabel('Result of get_weather').fill('21 degrees');
  await page.getByRole('button', { name: 'Send results' }).click();
  await sees(page, 'In Bern it is 21 degrees.');
  assert.deepEqual(lastRequest().body.messages.slice(-1), [{ role: 'tool', tool_call_id: 'call_7', content: '21 degrees' }]);
  assertQuiet(page);
});

test('two tool calls that the upstream both numbers 0 are two, and each gets its result', async () => {
  const page = await keyed();
  const call = (id, name, input) => ({ tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: input } }] });
  await askAndWait(page, `json ${JSON.stringify([call('call_1', 'get_weather', '{"city":'), call('call_1', 'get_weather', '"Bern"}'), call('call_2', 'get_time', '{}')])}`);
  assert.deepEqual(await page.locator('.call header code').allInnerTexts(), ['get_weather', 'get_time']);
  for (const name of ['get_weather', 'get_time']) await page.getByLabel(`Result of ${name}`).fill(`said ${name}`);
  const before = page.url();
  await page.getByRole('button', { name: 'Send results' }).click();
  await page.waitForFunction((old) => location.href !== old, before);
  await badge(page, 'done');
  assert.deepEqual(lastRequest().body.messages.slice(-2), [
    { role: 'tool', tool_call_id: 'call_1', content: 'said get_weather' }, { role: 'tool', tool_call_id: 'call_2', content: 'said get_time' }]);
  assertQuiet(page);
});

test('an answer that comes in parts is shown as its text', async () => {
  const page = await keyed();
  await ask(page, `json ${JSON.stringify([{ content: [{ type: 'text', text: 'one ' }] }, { content: [{ type: 'text', text: 'two' }, { type: 'thinking', thinking: [] }, null] }])}`);
  await badge(page, 'done');
  assert.equal(await answerText(page), 'one two');
  assertQuiet(page);
});

test('reasoning is shown apart from the answer', async () => {
  const page = await keyed();
  await askAndWait(page, 'reason well');
  await page.locator('.reasoning summary').click();
  assert.equal(await page.locator('.reasoning em').innerText(), 'think');
  assert.equal(await answerText(page), 'Then I speak.');
  assertQuiet(page);
});

test('an upstream error says what happened', async () => {
  const page = await keyed();
  await askAndWait(page, 'refuse me', 'error');
  assert.match(await page.locator('.problem').innerText(), /The upstream answered with an error[^]*Slow down, <b>please<\/b>/);
  await page.getByRole('button', { name: 'Regenerate' }).waitFor();
  assertQuiet(page);
});

test('a field that cannot be sent is named and focused', async () => {
  const page = await keyed();
  await page.getByLabel('Temperature').fill('warm');
  await ask(page, 'echo hi');
  await sees(page, '“Temperature” must be a number.');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'field-temperature');
  assertQuiet(page);
});

test('every parameter is sent as it was typed', async () => {
  const page = await keyed();
  for (const [label, value] of [['Model', 'm-1'], ['Temperature', '0.70'], ['Max tokens', '50'], ['Stop at', 'END\nFIN']]) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await page.locator('summary', { hasText: 'More fields' }).click();
  await page.getByLabel('JSON object').fill('{ "seed": 12345678901234567890, "logit_bias": { "50256": -100 } }');
  await askAndWait(page, 'echo parameters');
  const { model, temperature, max_tokens, stop, logit_bias } = lastRequest().body;
  assert.deepEqual({ model, temperature, max_tokens, stop, logit_bias },
    { model: 'm-1', temperature: 0.7, max_tokens: 50, stop: ['END', 'FIN'], logit_bias: { 50256: -100 } });
  await page.getByRole('link', { name: 'Details' }).click();
  await page.getByRole('tab', { name: 'Request' }).click();
  await sees(page, '12345678901234567890');
  assertQuiet(page);
});

test('a key of an input method is the input method’s, also where it comes after the end of the composition', async () => {
  const page = await keyed();
  await askAndWait(page, 'echo once');
  const untouched = (field, init) => field.evaluate((node, given) => node.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...given })), init);
  const late = { key: 'Enter', keyCode: 229 };
  const message = page.getByRole('textbox', { name: 'Message', exact: true });
  await message.fill('日本');
  assert.ok(await untouched(message, late), 'it sends nothing');
  await page.getByRole('button', { name: 'Edit and resend' }).click();
  const edited = page.getByLabel('Edit the message');
  assert.ok(await untouched(edited, late), 'it resends nothing');
  await untouched(edited, { key: 'Escape', isComposing: true });
  assert.ok(await edited.isVisible(), 'it drops no edit');
  await page.locator('.ledger button').first().click();
  const title = page.getByLabel('New title');
  assert.ok(await untouched(title, late), 'it ends no renaming');
  assertQuiet(page);
});

for (const [reason, words] of [['length', 'Cut off at the token limit'], ['MAX_TOKENS', 'Cut off at the token limit'], ['SAFETY', 'Held back by the content filter']]) {
  test(`why an answer is incomplete is told, in whoever’s words the upstream says it: ${reason}`, async () => {
    const page = await keyed();
    await ask(page, `cut ${reason}`);
    await page.locator('.answer').getByText(words).waitFor();
    await badge(page, 'incomplete');
    assertQuiet(page);
  });
}

test('copying gives the answer as it came', async () => {
  const page = await keyed();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await askAndWait(page, 'markdown');
  await page.getByRole('button', { name: 'Copy the answer as Markdown' }).click();
  await page.waitForFunction((text) => navigator.clipboard.readText().then((copied) => copied === text), MARKDOWN);
  assertQuiet(page);
});

test('where the Clipboard API is missing, copying leaves the focus where it was', async () => {
  const page = await keyed();
  await askAndWait(page, 'echo once');
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  const copy = page.getByRole('button', { name: 'Copy the answer as Markdown' });
  await copy.press('Enter');
  await page.locator('#announcer', { hasText: /Copied|did not allow/ }).waitFor({ state: 'attached' });
  assert.ok(await copy.evaluate((node) => node === document.activeElement));
  assertQuiet(page);
});

test('what is printed is the whole conversation in dark ink, and nothing to press', async () => {
  const page = await keyed('/', { colorScheme: 'dark' });
  await askAndWait(page, `echo ${'A paragraph.\n\n'.repeat(60)}The end.`);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const paper = await page.evaluate(() => ({
    ground: getComputedStyle(document.body).backgroundColor,
    below: document.querySelector('.prose').getBoundingClientRect().bottom - document.body.getBoundingClientRect().bottom,
    cut: document.querySelector('.pane').scrollHeight - document.querySelector('.pane').clientHeight,
  }));
  assert.equal(paper.ground, 'rgb(255, 255, 255)');
  assert.ok(paper.below <= 0 && paper.cut <= 0, JSON.stringify(paper));
  for (const button of await page.locator('button').all()) assert.ok(!await button.isVisible(), await button.innerText());
  assertQuiet(page);
});

test('a list begins with the number that the answer gives it', async () => {
  const page = await keyed();
  await askAndWait(page, 'echo 3. The third');
  assert.equal(await page.locator('.prose ol').getAttribute('start'), '3');
  assertQuiet(page);
});
