// The page before anything was asked.
import { el } from './element.js';

const IDEAS = [
  ['Explain', 'Explain how an EventSource resumes after a lost connection, with a short example.'],
  ['Compare', 'Compare server-sent events and WebSockets in a table.'],
  ['Write', 'Write a PHP function that reads a text/event-stream line by line.'],
];

/** @param {(text: string) => void} onIdea */
export function welcome(onIdea) {
  return el('section.welcome', {},
    el('h1', {}, 'Ask, and walk away.'),
    el('p', {}, 'The answer is written on the server whether or not this page is open. Reload, lose the network, open it on your phone: it goes on where it was.'),
    el('div.ideas', {}, IDEAS.map(([name, text]) =>
      el('button.idea', { type: 'button', on: { click: () => onIdea(text) } }, el('b', {}, name), el('span', {}, text)))));
}
