// Understands every URL that the service hands out for one turn, and knows the others that belong to it.

/** Where the page was read from: `/`, or what a proxy puts before the server's own paths, such as `/offload/`. */
export const HOME = new URL('.', document.baseURI).pathname;

const TURN = /^\/([A-Za-z0-9_-]{1,64})\/r\/(pub|priv)\/(\d{4}\/\d{2}\/\d{2}\/\d{2}\/\d{2}\/\d{2})\/([A-Za-z0-9][A-Za-z0-9_-]{0,160})(\.json|\.txt|\.raw|\.webhook\.json|\/stop)?$/;

/**
 * @param {string} text a status, events, raw or stop URL, absolute or path only
 * @returns {?TurnUrl} null where it is none
 * @typedef {{base: string, access: 'public'|'private', name: string, time: Date, host: ?string, streamToken: ?string}} TurnUrl
 */
export function parseTurnUrl(text) {
  const url = absolute(text.trim());
  const match = url && TURN.exec(withoutHome(url.pathname));
  if (!match) return null;
  const [, shard, visibility, time, name] = match;
  return {
    base: `/${shard}/r/${visibility}/${time}/${name}`,
    access: visibility === 'priv' ? 'private' : 'public',
    name,
    time: timeOf(time),
    host: url.origin === location.origin ? null : url.host,
    streamToken: url.searchParams.get('stream_token'),
  };
}

const withoutHome = (path) => (path.startsWith(HOME) ? path.slice(HOME.length - 1) : path);

function absolute(text) {
  try {
    return new URL(text, location.origin);
  } catch {
    return null;
  }
}

function timeOf(path) {
  const [year, month, day, hour, minute, second] = path.split('/').map(Number);
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

/** A path of the server, as this page has to ask for it. */
export const here = (path) => HOME.slice(0, -1) + path;

export const statusPath = (turn) => here(`${turn.base}.json`);
export const eventsPath = (turn) => here(`${turn.base}.txt`);
export const rawPath = (turn) => here(`${turn.base}.raw`);
export const stopPath = (turn) => here(`${turn.base}/stop`);
export const webhookPath = (turn) => here(`${turn.base}.webhook.json`);

/** The same URL with this page's origin: what is shown and copied. */
export const shown = (path) => location.origin + path;
