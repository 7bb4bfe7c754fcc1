// Asks for a turn's URL, where none was given or the one given is none.
import { el } from './element.js';
import { go } from './route.js';
import { parseTurnUrl, statusPath } from './turn-url.js';

const EXAMPLE = '/1/r/pub/2026/01/31/09/30/00/24b94bef-d2a6-4faa-bb20-1429e846c9d3.json';

/** @param {string} text what the address of this page held */
export function urlForm(text) {
  const input = el('input.mono', { id: 'turn-url', value: text, required: true, autocomplete: 'off', spellcheck: false, placeholder: EXAMPLE, 'aria-describedby': 'turn-url-hint', 'aria-invalid': text !== '' && 'true' });
  const tell = (good) => (input.setAttribute('aria-invalid', String(!good)), (fault.hidden = good));
  const fault = el('p.fault', { role: 'alert', hidden: !text }, 'That is no URL of a turn. It ends in .json, .txt, .raw or /stop, after a date and a name.');
  return el('form.card.url-form', { on: { submit: (event) => {
    event.preventDefault();
    const turn = parseTurnUrl(input.value);
    tell(turn !== null);
    if (turn) go('turn', statusPath(turn) + tokenOf(turn));
    else input.focus();
  } } },
  el('h1', {}, 'Look into a turn'),
  el('p', {}, 'Paste any URL that the service gave out: status, events, raw or stop.'),
  el('div.field.wide', {}, el('label', { htmlFor: 'turn-url' }, 'URL'), input,
    el('p.hint', { id: 'turn-url-hint' }, 'Only its path counts; it is read from this server. A stream_token in it is used and not kept.')),
  fault,
  el('button.button.primary', { type: 'submit' }, 'Open'));
}

const tokenOf = (turn) => (turn.streamToken ? `?stream_token=${turn.streamToken}` : '');
