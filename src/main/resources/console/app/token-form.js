// Asks for what opens a private turn.
import { el } from './element.js';
import { forgetTokens, rememberBearer, rememberStreamToken } from './session-keys.js';

/** @param {import('./live-turn.js').LiveTurn} turn @param {() => void} onToken tries once more */
export function tokenForm(turn, onToken) {
  const wrong = turn.refused;
  const input = el('input.mono', { id: 'token', autocomplete: 'off', spellcheck: false, required: true, 'aria-describedby': 'token-hint', 'aria-invalid': wrong && 'true' });
  return el('form.card.token-form', { 'aria-labelledby': 'token-title', on: { submit: (event) => {
    event.preventDefault();
    take(turn.url.base, input.value.trim());
    onToken();
  } } },
  el('h2', { id: 'token-title' }, 'This turn is private'),
  el('div.field.wide', {}, el('label', { htmlFor: 'token' }, 'Bearer token, or stream_token=…'), input,
    el('p.hint', { id: 'token-hint' }, 'Both came with the answer to the submission. Kept in this page’s memory only; this page asks again after a reload. A stream token shows the answer, but not the status.')),
  wrong && el('p.fault', { role: 'alert' }, 'The token that was given does not open it.'),
  el('button.button.primary', { type: 'submit' }, 'Open'));
}

/** Only what was given last counts: a wrong bearer token would go before a stream token. */
function take(base, text) {
  forgetTokens(base);
  const stream = /(?:^|\?|&)stream_token=([^&]+)/.exec(text);
  if (stream) rememberStreamToken(base, stream[1]);
  else rememberBearer(base, text.replace(/^Bearer\s+/i, ''));
}
