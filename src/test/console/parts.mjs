// Two parts of the page whose cuts nobody sees: the reader of records, cut at any byte, and the text that grows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertQuiet, openPage } from './browser.mjs';
import { world } from './world.mjs';

const TEXTS = [
  '# One\n\ntext *here*\n\n- a\n- b\n\n  more of b\n\n- c after a gap\n\nEnd.\n\n1. x\n\n   ```js\n   let a = 1;\n\n   let b = 2;\n   ```\n\n2. y\n\nDone',
  'Intro\n\n```python\ndef f():\n\n    return "```"\n\n\nprint(1)\n```\n\nAfter\n\n    indented code\n\n    goes on\n\nlast',
  '> quote\n\n> another\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\nA [reference] here\n\n[reference]: https://example.org/ "late"\n\n***\n\nx\n\n~~~\nopen fence\n\nto the end',
  'Setext\n===\n\nAnother\n---\n\n* * *\n\nline one\\\nline two  \nline three\n\n1) one\n\n2) two\n\n## End ##\n\n\n\n\nümläut 🙂 **bold\n\nnot bold**',
];

test('a text that grows letter by letter ends as the text rendered at once', async () => {
  const page = await openPage(world.browser);
  await page.goto(world.server.url);
  for (const text of TEXTS) {
    const { grown, whole } = await page.evaluate(async (source) => {
      const { LiveMarkdown } = await import('/console/app/live-markdown.js');
      const { render } = await import('/console/app/markdown.js');
      const host = document.createElement('div');
      const live = new LiveMarkdown(host);
      for (let end = 1; end <= source.length; end += 3) {
        live.update(source.slice(0, end));
        if (end % 2) await new Promise(requestAnimationFrame);
      }
      live.update(source, true);
      const tail = host.querySelector('.tail');
      tail.replaceWith(...tail.childNodes);
      const reference = document.createElement('div');
      reference.append(render(source));
      const plain = (node) => node.innerHTML.replace(/\n+/g, '\n').trim();
      return { grown: plain(host), whole: plain(reference) };
    }, text);
    assert.equal(grown, whole);
  }
  assertQuiet(page);
});

test('a formula keeps its TeX, a task its box, and money stays money', async () => {
  const page = await openPage(world.browser);
  await page.goto(world.server.url);
  const drawn = await page.evaluate(async (source) => {
    const host = document.createElement('div');
    host.append((await import('/console/app/markdown.js')).render(source));
    return { formulas: [...host.querySelectorAll('.math')].map((node) => node.textContent), items: [...host.querySelectorAll('li')].map((node) => node.textContent), text: host.textContent };
  }, String.raw`\(a_1*b_2*c\) and $E = mc^2$ and $$\int_0^1 x\,dx$$ and \[x\\y\], $<img src=x>$, but $5 and $10, $HOME/$PATH` + '\n\n- [x] done\n- [ ] open\n- [maybe] not');
  assert.deepEqual(drawn.formulas, [String.raw`\(a_1*b_2*c\)`, '$E = mc^2$', String.raw`$$\int_0^1 x\,dx$$`, String.raw`\[x\\y\]`, '$<img src=x>$']);
  assert.deepEqual(drawn.items, ['☑ done', '☐ open', '[maybe] not']);
  assert.match(drawn.text, /but \$5 and \$10, \$HOME\/\$PATH/);
  assertQuiet(page);
});

test('a list, a quotation and a table begin at the side where their text does, and code at the left', async () => {
  const page = await openPage(world.browser);
  await page.goto(world.server.url);
  const sides = await page.evaluate(async (texts) => {
    const { render } = await import('/console/app/markdown.js');
    const host = document.createElement('div');
    host.className = 'prose';
    document.querySelector('#view').append(host);
    return texts.map((text) => {
      host.replaceChildren(render(text));
      return [...host.querySelectorAll('ul, ol, blockquote, table, pre')].map((node) => `${node.tagName} ${getComputedStyle(node).direction}`).join();
    });
  }, ['- عنصر\n- two\n\n  > quoted', '1. שלום\n\n   ```\n   let a\n   ```', '> اقتباس\n>\n> - عنصر', '| عمود | b |\n| - | - |\n| 1 | 2 |', '- one\n- عنصر', '> quoted\n\n```\nعنصر\n```']);
  assert.deepEqual(sides, ['UL rtl,BLOCKQUOTE rtl', 'OL rtl,PRE ltr', 'BLOCKQUOTE rtl,UL rtl', 'TABLE rtl', 'UL ltr', 'BLOCKQUOTE ltr,PRE ltr']);
  assertQuiet(page);
});

test('the mark of an answer that is being written stands where the next word comes', async () => {
  const page = await openPage(world.browser);
  await page.goto(world.server.url);
  const ends = await page.evaluate(async (texts) => {
    const { LiveMarkdown } = await import('/console/app/live-markdown.js');
    const found = [];
    for (const text of texts) {
      const host = document.createElement('div');
      const live = new LiveMarkdown(host);
      live.update(text);
      while (!host.textContent) await new Promise(requestAnimationFrame);
      found.push([...host.querySelectorAll('.open-end')].map((node) => `${node.tagName} ${node.innerText}`).join());
      live.update(text, true);
      found.push(host.querySelector('.open-end'));
    }
    return found;
  }, ['One *word*', '- a\n- **b**', '1. a\n   - b\n   - c', '> quoted', '```js\nlet a']);
  assert.deepEqual(ends, ['P One word', null, 'LI b', null, 'LI c', null, 'P quoted', null, '', null]);
  assertQuiet(page);
});

test('a text that is final is drawn once more at the most, and its end is open no longer', async () => {
  const page = await openPage(world.browser);
  await page.goto(world.server.url);
  const { draws, open } = await page.evaluate(async () => {
    const { LiveMarkdown } = await import('/console/app/live-markdown.js');
    const host = document.createElement('div');
    const live = new LiveMarkdown(host);
    let draws = 0;
    new MutationObserver((changes) => (draws += changes.length)).observe(host.querySelector('.tail'), { childList: true });
    live.update('One *word*');
    live.update('One *word* more', true);
    live.update('One *word* more', true);
    for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
    return { draws, open: host.querySelectorAll('.open-end').length };
  });
  assert.deepEqual({ draws, open }, { draws: 1, open: 0 });
  assertQuiet(page);
});

test('records are read alike wherever the bytes are cut', async () => {
  const record = (start, data) => {
    const before = start + Buffer.byteLength(`data: ${data}\n`);
    let end = before;
    while (before + Buffer.byteLength(`id: ${end}\n\n`) !== end) end++;
    return { data, start, end, text: `data: ${data}\nid: ${end}\n\n` };
  };
  const records = [];
  for (const data of ['{"choices":[{"delta":{"content":"ü🙂"}}]}', '{"a":"x: y"}', '[DONE]']) records.push(record(records.at(-1)?.end ?? 0, data));
  const stream = `: hb\n${records[0].text}: hb\n: hb\n${records[1].text}${records[2].text}`;
  const page = await openPage(world.browser);
  await page.goto(world.server.url);
  const read = await page.evaluate(async (text) => {
    const { EventRecords } = await import('/console/app/event-records.js');
    const bytes = new TextEncoder().encode(text);
    return Array.from(bytes, (_, cut) => {
      const reader = new EventRecords();
      return [...reader.push(bytes.subarray(0, cut)), ...reader.push(bytes.subarray(cut))];
    });
  }, stream);
  const expected = records.map(({ data, start, end }) => ({ data, start, end }));
  for (const each of read) assert.deepEqual(each, expected);
});

test('tool calls under one index and without ids are told apart by their names, and where they come whole', async () => {
  const page = await openPage(world.browser);
  await page.goto(world.server.url);
  const calls = await page.evaluate(async () => {
    const { addCall } = await import('/console/app/tool-calls.js');
    const put = [];
    for (const [name, text] of [['f', '{"x"'], ['f', ':1}'], ['g', '{}'], ['g', '{"y":2}'], ['g', '{']]) addCall(put, { index: 0, id: null, function: { name, arguments: text } });
    return put.map(({ name, input }) => `${name} ${input}`);
  });
  assert.deepEqual(calls, ['f {"x":1}', 'g {}', 'g {"y":2}{']);
  assertQuiet(page);
});
