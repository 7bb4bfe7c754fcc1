// What all tests share: one browser, one upstream, one server that has no key of its own.
import { after, afterEach, before } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { startServer } from './server.mjs';
import { startUpstream } from './upstream.mjs';

export const KEY = 'sk-only-in-memory-4711';
export const world = {};

/** Begins and ends the world of the file that calls it. */
export function useWorld(settings = {}) {
  before(async () => {
    world.upstream = await startUpstream();
    [world.browser, world.server] = await Promise.all([
      launch(), startServer({ OFFLOAD_UPSTREAM_URL: world.upstream.url, OFFLOAD_WEBHOOK_ALLOW: '127.0.0.0/8', ...settings }),
    ]);
  });
  afterEach(() => Promise.all(world.browser.contexts().map((context) => context.close())));
  after(async () => {
    await world.browser?.close();
    await world.server?.close();
    world.upstream?.close();
  });
}

/** A page that has the key, at `path`; that a person can type it is tested where keys are. */
export async function keyed(path = '/', options = {}) {
  const page = await openPage(world.browser, options);
  await page.goto(world.server.url + path);
  await typeKey(page);
  return page;
}

export const typeKey = (page) => page.locator('#key-upstream').evaluate((field, key) => {
  field.value = key;
  field.dispatchEvent(new Event('input'));
}, KEY);

/** Starts a turn without the page. */
export async function submit(body, endpoint = 'stream-chatgpt') {
  const response = await fetch(`${world.server.url}/v1/${endpoint}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'X-OpenAI-API-Key': KEY }, body: JSON.stringify(body),
  });
  return response.json();
}

export const says = (content) => ({ messages: [{ role: 'user', content }] });
