// A JSON value as a tree that opens and closes; a branch is drawn when it is opened.
import { el } from './element.js';
import { digitsOf } from './exact-json.js';

/** Puts the tree of what a value has become in the old one's place: what was open and what has the focus stay so. */
export function redrawTree(old, value) {
  const focused = old.contains(document.activeElement) && document.activeElement.closest('details').dataset.path;
  const tree = jsonTree(value, old);
  old.replaceWith(tree);
  if (focused) [...tree.querySelectorAll('details')].find(({ dataset }) => dataset.path === focused)?.firstChild.focus();
}

/**
 * @param {any} value
 * @param {?HTMLElement} before the tree that this one replaces: what was open there is open here
 */
export function jsonTree(value, before = null) {
  const open = new Set(before ? [...before.querySelectorAll('details[open]')].map((node) => node.dataset.path) : ['$']);
  if (!before) for (const key of Object.keys(Object(value))) if (size(value[key]) <= 12) open.add(`$.${key}`);
  return el('div.json.mono', {}, branch(null, value, '$', open));
}

function branch(key, value, path, open) {
  const name = key === null ? null : [el('span.json-key', {}, key), ': '];
  if (value === null || typeof value !== 'object' || digitsOf(value)) return el('div.json-leaf', {}, name, leaf(value));
  const entries = Object.entries(value);
  const brackets = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return el('div.json-leaf', {}, name, brackets.join(''));
  const inner = el('div.json-inner');
  const node = el('details', { data: { path } },
    el('summary', {}, name, brackets[0], el('span.faint', {}, ` ${entries.length} `), brackets[1]), inner);
  const draw = () => inner.firstChild || inner.append(...entries.map(([name, child]) => branch(name, child, `${path}.${name}`, open)));
  node.addEventListener('toggle', () => node.open && draw());
  if (open.has(path)) {
    draw();
    node.open = true;
  }
  return node;
}

function leaf(value) {
  const kind = value === null ? 'null' : digitsOf(value) ? 'number' : typeof value;
  return el(`span.json-${kind}`, {}, JSON.stringify(value));
}

const size = (value) => (value !== null && typeof value === 'object' ? Object.keys(value).length : 0);
