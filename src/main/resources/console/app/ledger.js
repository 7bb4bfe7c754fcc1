// The conversations started in this browser: URLs and titles, nothing else, in local storage. A private turn's token is
// kept only where the user ticked for it. Other tabs see a change at once.
import { bearerOf, rememberBearer } from './session-keys.js';
import { HOME, parseTurnUrl } from './turn-url.js';

/** Servers below different paths of one host share its storage, and have each their own list. */
const PLACE = HOME === '/' ? 'offload.turns' : `offload.turns ${HOME}`;
const MOST = 400;
const listeners = new Set();

/** @returns {{url: string, title: string, token?: string}[]} newest first; `url` is the path without its suffix */
export function entries() {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  } catch {
    return [];
  }
}

const isEntry = (entry) => typeof entry?.url === 'string' && typeof entry.title === 'string' && parseTurnUrl(entry.url) !== null;

function write(list) {
  try {
    localStorage.setItem(PLACE, JSON.stringify(list.slice(0, MOST)));
  } catch {
    // Storage is full or forbidden: the list is a convenience, the turns are on the server.
  }
  changed();
}

/**
 * Notes a turn. A conversation has one line: its newest turn, which shows the whole of it.
 * @param {string} title kept from the line that this turn continues, where there is one
 * @param {{replaces?: ?string, withToken?: boolean}} how which turn it continues; whether the user ticked for the token
 */
export function noteTurn(url, title, { replaces = null, withToken = false } = {}) {
  const list = entries();
  const before = list.find((entry) => entry.url === replaces);
  const entry = { url, title: before?.title ?? title };
  if (withToken && bearerOf(url)) entry.token = bearerOf(url);
  write([entry, ...list.filter((other) => other !== before && other.url !== url)]);
}

export function rename(url, title) {
  write(entries().map((entry) => (entry.url === url ? { ...entry, title } : entry)));
}

export function forget(url) {
  write(entries().filter((entry) => entry.url !== url));
}

/** Takes back that a line was forgotten; what the list has got since stays. */
export function restore(entry, at) {
  const list = entries().filter(({ url }) => url !== entry.url);
  write(list.toSpliced(at, 0, entry));
}

export function onChange(listener) {
  listeners.add(listener);
}

/** Hands the tokens that were kept to the keys in memory. */
export function recallTokens() {
  for (const { url, token } of entries()) rememberBearer(url, token);
}

function changed() {
  recallTokens();
  for (const listener of listeners) listener();
}

addEventListener('storage', (event) => {
  if (event.key === PLACE || event.key === null) changed();
});

/** Marks that turn what follows around, without an end: a title stands inside sentences, tooltips and the name of the tab. */
const TURNS_AROUND = /[\u202A-\u202E\u2066-\u2069]/g;

/** A title out of what was asked. */
export function titleOf(text) {
  const line = text.replace(TURNS_AROUND, '').trim().split('\n')[0].replace(/\s+/g, ' ');
  return line.length > 70 ? `${line.slice(0, 69)}…` : line || 'Untitled';
}
