// The calls to the service that answer once. Whatever goes wrong becomes an ApiProblem with words for a person.
import { readHeaders, removeHeaders, submitHeaders } from './session-keys.js';
import { here, statusPath, stopPath, webhookPath } from './turn-url.js';

const SENDABLE = /^[\x20-\x7e]*$/;

export class ApiProblem extends Error {
  /** @param {{message: string, status?: number, code?: string, param?: ?string, retryAfter?: ?number}} facts */
  constructor({ message, status = 0, code = 'unreachable', param = null, retryAfter = null }) {
    super(message);
    Object.assign(this, { status, code, param, retryAfter });
  }

  /** The request may have failed on its way only: the same one can be sent again. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

async function call(path, options = {}) {
  const headers = headersOf(options.headers);
  let response;
  try {
    response = await fetch(path, { cache: 'no-store', ...options, headers });
  } catch (failure) {
    if (options.signal?.aborted) throw failure;
    const message = navigator.onLine
      ? 'The server cannot be reached. It may be restarting; nothing is lost, try again.'
      : 'This device is offline. Nothing is lost, try again once the network is back.';
    throw new ApiProblem({ message });
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** A key that was copied together with a sign that looks like nothing is no key, and no network's fault. */
function headersOf(fields = {}) {
  const strange = Object.keys(fields).find((name) => !SENDABLE.test(fields[name]));
  if (!strange) return fields;
  throw new ApiProblem({
    message: `The text for ${strange} holds a character that no key has, such as a line break, a curly quote or an invisible space. Copy it once more.`,
    status: 401, code: 'unsendable_key', param: strange,
  });
}

/** Reads the error that an answer carries; an answer without one is named by its HTTP status. */
export async function problemOf(response) {
  const body = await response.json().catch(() => null);
  const error = body?.error ?? {};
  return new ApiProblem({
    message: error.message ?? `The server answered ${response.status} ${response.statusText}.`.replace(' .', '.'),
    status: response.status,
    code: error.code ?? `http_${response.status}`,
    param: error.param ?? null,
    retryAfter: Number(response.headers.get('Retry-After')) || null,
  });
}

/**
 * Starts a turn. One idempotency key per click: an answer lost on its way is asked for once more and starts nothing twice.
 * @param {'stream-chatgpt'|'async-chatgpt'} endpoint
 * @param {string} body the request as JSON text, so that numbers keep their digits
 */
export async function submit(endpoint, body) {
  const request = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey(), ...submitHeaders() },
    body,
  };
  try {
    return await (await call(here(`/v1/${endpoint}`), request)).json();
  } catch (problem) {
    if (problem.status !== 0) throw problem;
    return (await call(here(`/v1/${endpoint}`), request)).json();
  }
}

/** crypto.randomUUID is missing where the page is read over plain HTTP from another machine. */
function idempotencyKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The status document: parsed, and as the bytes' text for who wants to see it unchanged. */
export async function readStatus(turn, { signal } = {}) {
  const text = await (await call(statusPath(turn), { headers: readHeaders(turn.base), signal })).text();
  return { status: JSON.parse(text), text };
}

/** The record of the webhook's tries, or null where there is none (yet). */
export async function readWebhook(turn) {
  try {
    return await (await call(webhookPath(turn), { headers: readHeaders(turn.base) })).json();
  } catch (problem) {
    if (problem.status === 404) return null;
    throw problem;
  }
}

/** Ends a running turn; true where it was still running. */
export async function stop(turn) {
  try {
    await call(stopPath(turn), { method: 'POST', headers: readHeaders(turn.base) });
    return true;
  } catch (problem) {
    if (problem.status === 405) return false;
    throw problem;
  }
}

/** Removes the turn's files on the server. */
export async function remove(turn) {
  await call(statusPath(turn), { method: 'DELETE', headers: removeHeaders(turn) });
}
