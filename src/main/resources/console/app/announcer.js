// Says things to screen readers, and shows passing notes at the foot of the page.
import { button, el } from './element.js';
import { keepingFocus } from './focus.js';

const SHOWN_MS = 7_000;

/** So long a screen reader that is behind finds what was said: of one that another took the place of it says nothing. */
const SAID_MS = 30_000;

/** Speaks without showing. */
export function say(text) {
  if (!text) return;
  const saying = el('p', {}, text);
  document.getElementById('announcer').append(saying);
  setTimeout(() => saying.remove(), SAID_MS);
}

/**
 * Shows a note until another takes its place. One that is only read goes away by itself, but not from under a hand; one with
 * something to do stays until that is done or it is closed, however long who has no mouse is on the way (WCAG 2.2.1).
 */
export function note(text, action) {
  const item = el('div.note', {}, el('span', {}, text));
  if (action) item.append(...actionsOf(item, action));
  else setTimeout(() => leave(item), SHOWN_MS);
  document.getElementById('notes').replaceChildren(item);
}

function actionsOf(item, { name, run }) {
  return [
    button(name, { className: 'plain', on: { click: () => (item.remove(), run()) } }),
    button('Close this note', { picture: 'close', quiet: true, on: { click: () => keepingFocus(() => item.remove()) } }),
  ];
}

function leave(item) {
  if (item.matches(':hover')) setTimeout(() => leave(item), SHOWN_MS);
  else item.remove();
}
