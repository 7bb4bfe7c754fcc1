// Asks for what opens a private turn.
import { el } from './element.js';
import { rememberBearer, rememberStreamToken } from './session-keys.js';

/** @param {import('./turn-url.js').TurnUrl} turn @param {() => void} onToken tries once more */
export function tokenForm(turn, onToken) {
  const input = el('input.mono', { id: 'token', autocomplete: 'off', spellcheck: false, required: true, 'aria-describedby': 'token-hint' });
  return el('form.card.token-form', { on: { submit: (event) => {
    event.preventDefault();
    take(turn.base, input.value.trim());
    onToken();
  } } },
  el('h2', {}, 'This turn is private'),
  el('div.field.wide', {}, el('label', { htmlFor: 'token' }, 'Bearer token, or stream_token=…'), input,
    el('p.hint', { id: 'token-hint' }, 'Both came with the answer to the submission. Kept in this page’s memory only; this page asks again after a reload. A stream token shows the answer, but not the status.')),
  el('button.button.primary', { type: 'submit' }, 'Open'));
}

function take(base, text) {
  const stream = /(?:^|\?|&)stream_token=([^&]+)/.exec(text);
  if (stream) rememberStreamToken(base, stream[1]);
  else rememberBearer(base, text.replace(/^Bearer\s+/i, ''));
}
