// Where the page is: the part of the address after `#`. It never reaches a server, and a token in it is taken out at once.
import { rememberBearer, rememberStreamToken } from './session-keys.js';
import { parseTurnUrl } from './turn-url.js';

/** @returns {{view: 'chat'|'turn', turn: ?import('./turn-url.js').TurnUrl, text: string}} */
export function currentRoute() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const text = parameters.get('url') ?? '';
  const turn = text ? parseTurnUrl(text) : null;
  if (turn) keepTokens(turn, parameters.get('token'));
  return { view: path === 'turn' ? 'turn' : 'chat', turn, text };
}

function keepTokens(turn, token) {
  rememberStreamToken(turn.base, turn.streamToken);
  rememberBearer(turn.base, token);
  if (token || turn.streamToken) {
    const view = location.hash.startsWith('#/turn') ? 'turn' : 'chat';
    history.replaceState(null, '', linkTo(view, `${turn.base}.json`));
  }
}

/** @param {string} [url] a status URL; the page's own host is left out, so that links stay short */
export function linkTo(view, url) {
  const path = view === 'turn' ? '#/turn' : '#/';
  return url ? `${path}?url=${encodeURIComponent(url).replaceAll('%2F', '/')}` : path;
}

export function go(view, url) {
  location.hash = linkTo(view, url);
}

/** Changes the address without leaving the view: a turn that has just begun gets its own. */
export function settle(view, url) {
  history.replaceState(null, '', linkTo(view, url));
  dispatchEvent(new Event('settled'));
}
