// Says things to screen readers, and shows passing notes at the foot of the page.
import { button, el } from './element.js';

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

/** Shows a note that goes away by itself, but not from under a hand, with one thing to do about it where there is one. */
export function note(text, action) {
  const host = document.getElementById('notes');
  const item = el('div.note', {}, el('span', {}, text));
  if (action) item.append(button(action.name, { className: 'plain', on: { click: () => (item.remove(), action.run()) } }));
  host.replaceChildren(item);
  const leave = () => (item.matches(':hover, :focus-within') ? setTimeout(leave, SHOWN_MS) : item.remove());
  setTimeout(leave, SHOWN_MS);
}
