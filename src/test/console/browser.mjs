// A real Chromium, headless, with a fresh profile, and pages that complain about whatever a page should never do.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: ARGUMENTS });

/** The source of axe, for a page to run. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const DESK = { width: 1440, height: 900 };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/**
 * A page of the console as one person sees it.
 * @param {object} options of the browser context: viewport, colorScheme ...
 */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: DESK, colorScheme: 'light', ...options });
  context.setDefaultTimeout(60_000);
  return watch(await context.newPage());
}

/** Notes scripts that fail, policies that are hurt, and requests that leave the server. */
export function watch(page) {
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(`error: ${error.stack}`));
  page.on('dialog', (dialog) => (page.faults.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) page.faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && hostname !== '127.0.0.1') page.faults.push(`request to ${request.url()}`);
  });
  return page;
}

export const assertQuiet = (page) => assert.deepEqual(page.faults, []);

/** Types a message and sends it, as a person does. */
export async function ask(page, text) {
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

export const badge = (page, state) => page.locator(`.badge[data-state="${state}"]`).first().waitFor();

export async function askAndWait(page, text, state = 'done') {
  const before = page.url();
  await ask(page, text);
  await page.waitForFunction((old) => location.href !== old, before);
  await badge(page, state);
}

/** Waits until a person sees `text`; what is only said to a screen reader may say it once more. */
export const sees = (page, text) => page.locator('body > :not(#announcer)').getByText(text).waitFor();

export const answerText = (page) => page.locator('.turn .prose').last().innerText();
