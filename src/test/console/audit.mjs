// Lighthouse: accessibility 100, for the empty page, a conversation and a turn.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import lighthouse from './lighthouse/node_modules/lighthouse/core/index.js';
import { says, submit, world } from './world.mjs';

let browser;
let port;
before(async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  ({ port } = probe.address());
  probe.close();
  await once(probe, 'close');
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
    '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', `--remote-debugging-port=${port}`] });
});
after(() => browser?.close());

for (const formFactor of ['mobile', 'desktop']) {
  for (const [name, path] of [['empty', () => '/'], ['conversation', (url) => `/#/?url=${url}`], ['turn', (url) => `/#/turn?url=${url}`]]) {
    test(`Lighthouse gives 100 for accessibility: ${name}, ${formFactor}`, async (context) => {
      const { endpoints } = await submit(says('markdown'));
      const screen = formFactor === 'desktop' ? { screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1 } } : {};
      const { lhr, report } = await lighthouse(world.server.url + path(new URL(endpoints.status_url).pathname),
        { port, output: 'html', logLevel: 'error', formFactor, ...screen, throttlingMethod: 'provided' });
      writeFileSync(`lighthouse-${name}-${formFactor}.html`, report);
      const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
      context.diagnostic(JSON.stringify(scores));
      const faults = Object.values(lhr.audits).filter(({ id, score }) =>
        score !== null && score < 1 && lhr.categories.accessibility.auditRefs.some((reference) => reference.id === id)).map(({ id }) => id);
      assert.deepEqual([scores.accessibility, faults], [100, []]);
    });
  }
}
