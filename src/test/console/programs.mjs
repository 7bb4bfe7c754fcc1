// The programs that the turn page writes do what it says: each is run as it stands, for a public and a private turn, with
// a message full of quotes. A language that this machine does not have is skipped.
import assert from 'node:assert/strict';
import { spawnSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { badge, openPage } from './browser.mjs';
import { KEY, submit, world } from './world.mjs';

const SAID = `echo it's "quoted", """three""", \\ \\n $HOME \${x} <?php ?> – ü\nand a second line`;
const ANSWER = 'and a second line';
const BROWSER_NAMES = 'const upstreamKey = process.env.OPENAI_API_KEY, serviceKey = "", bearerToken = process.env.BEARER_TOKEN;\n';

const LANGUAGES = {
  curl: (code) => ['bash', ['-c', code]],
  fetch: (code, part) => ['node', ['--input-type=module', '-e', BROWSER_NAMES + code + (part === 'ask' ? '\nconsole.log(endpoints.status_url);' : '')]],
  PHP: (code) => ['php', [file('program.php', code)]],
  Python: (code) => ['python3', ['-c', code]],
  Java: (code) => [process.env.OFFLOAD_JAVA, [file('Program.java', code)]],
  'openai SDK': (code) => ['node', [file('lighthouse/program.mjs', code)]],
};

function file(name, code) {
  writeFileSync(name, code);
  return name;
}

/** Every program that the page shows for a turn. */
async function programs(endpoints, token) {
  const page = await openPage(world.browser);
  await page.goto(`${world.server.url}/#/turn?url=${encodeURIComponent(endpoints.status_url)}${token ? `&token=${token}` : ''}`);
  await badge(page, 'done');
  await page.getByRole('tab', { name: 'Code' }).click();
  const found = {};
  for (const name of [...Object.keys(LANGUAGES), 'EventSource']) {
    await page.locator('.picks').getByText(name, { exact: true }).click();
    found[name] = await page.locator('.snippet pre').evaluateAll((nodes) => nodes.map((node) => node.textContent));
  }
  await page.context().close();
  return found;
}

async function run([command, parameters], token) {
  const child = spawn(command, parameters, { env: { ...process.env, OPENAI_API_KEY: KEY, OFFLOAD_KEY: 'none', BEARER_TOKEN: token ?? '' } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += bytes));
  const [code] = await once(child, 'close');
  assert.equal(code, 0, output);
  return output;
}

const missing = (command) => spawnSync(command, ['--version']).error !== undefined;

for (const access of ['public', 'private']) {
  const started = async () => {
    const { endpoints, authorization } = await submit({ messages: [{ role: 'user', content: SAID }], access, temperature: 0.5 });
    return { endpoints, authorization, shown: await programs(endpoints, authorization.bearer_token) };
  };
  for (const [name, command] of Object.entries(LANGUAGES)) {
    test(`${name} asks and reads: ${access}`, async (context) => {
      const { authorization, shown } = await started();
      const [ask, read] = shown[name];
      if (missing(command('', 'ask')[0])) return context.skip(`no ${command('', 'ask')[0]} here`);
      const before = world.upstream.requests.length;
      const asked = await run(command(ask, 'ask'), authorization.bearer_token);
      assert.match(asked, access === 'public' ? /\/r\/pub\/.*\.json/ : /\/r\/priv\/.*\.json/);
      assert.equal(world.upstream.requests.length, before + 1);
      const { messages, temperature } = world.upstream.requests.at(-1).body;
      assert.deepEqual([messages, temperature], [[{ role: 'user', content: SAID }], 0.5]);
      assert.ok((await run(command(read, 'read'), authorization.bearer_token)).includes(ANSWER));
    });
  }

  test(`EventSource reads: ${access}`, async () => {
    const { authorization, shown } = await started();
    const page = await openPage(world.browser);
    let heard = '';
    const whole = page.waitForEvent('console', { predicate: (message) => (heard += message.text()).includes(ANSWER) });
    await page.goto(`${world.server.url}/llms.txt`);
    await page.evaluate(`{ const stream_url_arg = ${JSON.stringify(authorization.stream_url_arg ?? '')}; ${shown.EventSource.at(-1)} }`);
    await whole;
  });
}
