// A model's words are hostile. Whatever they are and wherever they stand, no script runs, nothing is loaded from
// elsewhere, nothing on the server is touched, and nothing covers the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerText, ask, askAndWait, assertQuiet, badge, openPage, sees } from './browser.mjs';
import { keyed, says, submit, world } from './world.mjs';

const RUN = 'window.hurt=(window.hurt||0)+1';
const CORPUS = [
  `<script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<svg onload="${RUN}"><animate onbegin="${RUN}" attributeName=x dur=1s>`,
  `<iframe srcdoc="<script>parent.hurt=1</script>"></iframe>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN}&gt;">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${RUN}>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<details open ontoggle="${RUN}">x</details>`,
  `<a href="javascript:${RUN}">html link</a>`,
  `[link](javascript:${RUN})`,
  `[link](JaVaScRiPt&colon;${RUN})`,
  `[link](\u0001javascript:${RUN})`,
  `[link](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`,
  `[link](vbscript:msgbox(1))`,
  `[x]: javascript:${RUN}\n\n[x]`,
  `<javascript:${RUN}>`,
  `![picture](http://127.0.0.1:1/leak?said=everything)`,
  `![picture](data:image/svg+xml,<svg onload=${RUN}>)`,
  `![x"onerror="${RUN}](x)`,
  `[a](https://example.org/"onmouseover="${RUN})`,
  '```"><img src=x onerror=' + RUN + '>\ncode\n```',
  '```html\n<script>' + RUN + '</script>\n```',
  `<style>*{display:none}</style><link rel=stylesheet href=//127.0.0.1:1/x.css>`,
  `<p style="position:fixed;inset:0;background:red" class="bar" id="view">cover</p>`,
  `<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<form action="/v1/stream-chatgpt"><button formaction="javascript:${RUN}">x</button></form>`,
  `<object data="javascript:${RUN}"></object><embed src="javascript:${RUN}">`,
  `{{constructor.constructor('${RUN}')()}} \${${RUN}} <%= ${RUN} %>`,
  `<xmp><p title="</xmp><svg/onload=${RUN}>">`,
  `<template><img src=x onerror=${RUN}></template><div is=x-y onclick=${RUN}>`,
  '| <img src=x onerror=' + RUN + '> |\n| --- |\n| `</code><script>' + RUN + '</script>` |',
];

/** Nothing ran, and everything in the answers is what the page itself may make of text. */
async function unhurt(page) {
  assert.equal(await page.evaluate(() => window.hurt ?? 0), 0);
  const strange = await page.evaluate(() => [...document.querySelectorAll('#view *')].flatMap((node) => [
    /^(script|style|iframe|object|embed|img|base|meta|link|template|math|video|audio|portal)$/i.test(node.tagName) && node.tagName,
    ...[...node.attributes].filter(({ name, value }) => /^on|^is$|^srcdoc$/i.test(name)
      || (name === 'href' && !/^(#|https?:|mailto:|\/1\/r\/)/.test(value))
      || (name === 'style' && node.closest('.prose'))).map(({ name, value }) => `${name}=${value}`),
  ]).filter(Boolean));
  assert.deepEqual(strange, []);
  assertQuiet(page);
}

test('a corpus of attacks as an answer runs nothing', async () => {
  const page = await keyed();
  await ask(page, `echo ${CORPUS.join('\n\n')}`);
  await badge(page, 'done');
  for (const link of await page.locator('.prose a').all()) assert.match(await link.getAttribute('rel'), /noopener/);
  await unhurt(page);
});

test('an attack that arrives byte by byte runs nothing on the way', async () => {
  const page = await keyed();
  await ask(page, 'hold');
  const talk = await world.upstream.held();
  for (const piece of CORPUS.slice(0, 12).join('\n\n').match(/[^]{1,3}/g)) talk.say(piece);
  await page.locator('.turn .prose', { hasText: 'ontoggle' }).waitFor();
  await unhurt(page);
  talk.end();
  await badge(page, 'done');
  await unhurt(page);
});

test('attacks in every other field run nothing', async () => {
  const attack = `</script><img src=x onerror="${RUN}">`;
  const deltas = [
    { reasoning_content: CORPUS.join('\n\n') }, { refusal: attack }, { role: attack },
    { tool_calls: [{ index: 0, id: attack, type: 'function', function: { name: attack, arguments: attack } }] },
  ];
  const { endpoints } = await submit({ model: attack, messages: [{ role: 'system', content: attack },
    { role: 'assistant', content: CORPUS.join('\n\n') }, { role: 'user', content: `json ${JSON.stringify(deltas)}` }] });
  for (const view of ['#/', '#/turn']) {
    const page = await openPage(world.browser);
    await page.goto(`${world.server.url}/${view}?url=${encodeURIComponent(endpoints.status_url)}`);
    await badge(page, 'done');
    if (view === '#/turn') {
      for (const tab of ['Timeline', 'Records', 'Status', 'Request', 'Code']) await page.getByRole('tab', { name: tab }).click();
    }
    await unhurt(page);
  }
});

test('a chunk whose parts are null, or none at all, takes nothing away: neither here nor in the records', async () => {
  const page = await keyed();
  await ask(page, 'hold');
  const talk = await world.upstream.held();
  talk.say('one ');
  for (const choices of [[{ index: 0, delta: null }], [{ index: null, delta: {} }], [{ index: -1, delta: {} }], [null], {}, null]) talk.chunk({ choices });
  for (const calls of [{}, [null], [{ index: 0, id: 'call_1', function: null }]]) talk.delta({ tool_calls: calls });
  talk.say('two');
  talk.end();
  await badge(page, 'done');
  assert.equal(await answerText(page), 'one two');
  await page.goto(page.url().replace('#/?', '#/turn?'));
  await badge(page, 'done');
  assert.equal(await answerText(page), 'one two');
  await page.getByRole('tab', { name: 'Records' }).click();
  await page.locator('summary', { hasText: '[DONE]' }).waitFor();
  await unhurt(page);
});

test('a history whose parts are not as they should be is shown as far as it can be read', async () => {
  const odd = [{ tool_calls: {} }, { tool_calls: 'none' }, { tool_calls: [null, { id: {}, function: { name: ['f'], arguments: { city: 'Bern' } } }] },
    { reasoning_content: { step: 1 } }, { reasoning_content: [{ type: 'text', text: 'because' }] }, { role: 'constructor' }, { role: 7 }, { content: [null, 7] },
    { content: null, function_call: { name: 'old_call', arguments: '{}' } }];
  const { endpoints } = await submit({ messages: [...odd.map((parts) => ({ role: 'assistant', content: 'odd', ...parts })), ...says('echo after them').messages] });
  const page = await openPage(world.browser);
  await page.goto(`${world.server.url}/#/?url=${endpoints.status_url}`);
  await badge(page, 'done');
  assert.equal(await answerText(page), 'after them');
  assert.equal(await page.locator('.message').count(), odd.length + 1);
  for (const shown of ['"city": "Bern"', 'because', 'old_call']) assert.match(await page.locator('.log').textContent(), new RegExp(shown));
  await page.goto(page.url().replace('#/?', '#/turn?'));
  await badge(page, 'done');
  await page.getByRole('tab', { name: 'Request' }).click();
  assert.equal(await page.locator('.log.small .message').count(), odd.length + 1);
  await unhurt(page);
});

test('tool calls with indexes that no list has do not stop the page', async () => {
  const calls = [2_000_000_000, -1, 'constructor', 0.5].map((index) => ({ index, id: `call ${index}`, function: { name: 'f', arguments: '{}' } }));
  const page = await keyed();
  await ask(page, `json ${JSON.stringify([{ tool_calls: calls }])}`);
  await badge(page, 'done');
  assert.equal(await page.locator('.call').count(), calls.length);
  await unhurt(page);
});

test('an async answer whose parts are null is shown as far as there is one', async () => {
  const page = await keyed();
  const whole = { id: 'c', object: 'chat.completion', choices: [{ index: null, message: null, finish_reason: 'stop' }, { message: { content: [null, { type: 'text', text: 'two' }] } }] };
  await page.route('**/*.json', async (route) => {
    const response = await route.fetch();
    const status = await response.json();
    if (!status.response) return route.fulfill({ response });
    return route.fulfill({ response, json: { ...status, response: { ...status.response, body: whole } } });
  });
  const { endpoints } = await submit(says('echo one'), 'async-chatgpt');
  await page.goto(`${world.server.url}/#/turn?url=${encodeURIComponent(endpoints.status_url)}`);
  await badge(page, 'done');
  assert.match(await answerText(page), /two/);
  await unhurt(page);
});

test('a link to this service, which could stop or delete something, is text', async () => {
  const page = await keyed();
  await ask(page, `echo [stop](${world.server.url}/1/r/pub/2026/01/01/00/00/00/x/stop), [alias](http://localhost:${world.server.port}/1/r/pub/2026/01/01/00/00/00/x/stop) and [out](https://example.org/)`);
  await badge(page, 'done');
  assert.deepEqual(await page.locator('.prose a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), ['https://example.org/']);
  assertQuiet(page);
});

test('hostile addresses of the page open nothing', async () => {
  const page = await openPage(world.browser);
  for (const url of [`javascript:${RUN}`, '//example.org/1/r/pub/2026/01/01/00/00/00/x.json', '<img src=x onerror=1>', '/1/r/pub/../../x.json']) {
    await page.goto(`${world.server.url}/#/turn?url=${encodeURIComponent(url)}`);
    await page.locator('#view h1').waitFor();
    await unhurt(page);
  }
});

test('a URL of another host is read from this server alone, and says so', async () => {
  const { endpoints, authorization } = await submit({ ...says('echo here'), access: 'private' });
  const page = await keyed(`/#/turn?url=${encodeURIComponent(`https://evil.example${new URL(endpoints.status_url).pathname}`)}&token=${authorization.bearer_token}`);
  await badge(page, 'done');
  await sees(page, 'The URL named evil.example');
  await unhurt(page);
});

test('a list that somebody else has written opens nothing else', async () => {
  const page = await openPage(world.browser);
  await page.addInitScript((list) => localStorage.setItem('offload.turns', list), JSON.stringify([null, { url: 7, title: 'x' },
    { url: `javascript:${RUN}`, title: `<img src=x onerror=${RUN}>` }, { url: '//evil.example/1/r/pub/2026/01/01/00/00/00/x', title: 'evil', token: 'T' }]));
  await page.goto(world.server.url);
  assert.deepEqual(await page.locator('.ledger .title').allInnerTexts(), ['evil']);
  await page.locator('.ledger a').click();
  await sees(page, 'There is nothing here (any more)');
  await unhurt(page);
});

test('the policy stops a script even where the sanitiser would fail', async () => {
  const page = await openPage(world.browser);
  await page.goto(world.server.url);
  page.faults.length = 0;
  const refused = await page.evaluate((code) => {
    try {
      document.body.insertAdjacentHTML('beforeend', `<img src=x onerror="${code}">`);
      return false;
    } catch (fault) {
      return fault instanceof TypeError;
    }
  }, RUN);
  assert.ok(refused, 'a string became markup');
  assert.equal(await page.evaluate(() => window.hurt ?? 0), 0);
  assert.ok((await submit(says('echo still here'))).endpoints);
});

test('marks that pile up on a letter cover nothing of the page', async () => {
  const heads = [];
  for (const answer of ['Z', `Z${'\u0301'.repeat(500)}`]) {
    const page = await keyed();
    await askAndWait(page, `echo ${answer}`);
    heads.push((await page.locator('.turn-head').screenshot()).toString('base64'));
    assertQuiet(page);
  }
  assert.equal(heads[1], heads[0]);
});

test('what ends such marks cuts no number of a list', async () => {
  const page = await keyed();
  await askAndWait(page, 'echo 1999. It was a year');
  const { x, y, width, height } = await page.locator('.prose ol').boundingBox();
  const seen = async () => (await page.screenshot({ clip: { x: x - 60, y, width: width + 60, height } })).toString('base64');
  const cut = await seen();
  await page.locator('.prose:has(ol)').evaluate((prose) => Object.assign(prose.style, { clipPath: 'none', overflow: 'visible' }));
  assert.equal(cut, await seen());
});
