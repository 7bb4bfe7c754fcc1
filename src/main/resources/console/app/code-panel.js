// "The same in code": one language at a time, for asking again and for reading this turn.
import { copyButton } from './clipboard.js';
import { el, fill } from './element.js';
import { parseExact } from './exact-json.js';
import { render } from './markdown.js';
import { snippets } from './snippets.js';

/** @param {import('./live-turn.js').LiveTurn} turn */
export function codePanel(turn) {
  const all = snippets(parseExact(turn.statusText), turn.url);
  const place = el('div');
  const select = (name) => {
    const { language, ask, read, readNote } = all.find((snippet) => snippet.name === name);
    fill(place,
      ask && block('Ask the same', language, ask),
      read && block(readNote ?? 'Read this turn', language, read));
  };
  const picks = all.map(({ name }, at) => el('label.pick', {},
    el('input', { type: 'radio', name: 'language', value: name, checked: at === 0, on: { change: () => select(name) } }), el('span', {}, name)));
  select(all[0].name);
  return el('div', {}, el('fieldset.picks', {}, el('legend.offscreen', {}, 'Language'), picks), place);
}

function block(title, language, code) {
  const fence = '`'.repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const node = el('section.snippet', {}, el('h2', {}, title), render(`${fence}${language}\n${code}\n${fence}`));
  node.querySelector('figcaption .copy')?.replaceWith(copyButton(`Copy: ${title}, ${language}`, () => code));
  return node;
}
