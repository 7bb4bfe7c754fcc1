// Builds elements. Text goes in as text nodes only: this page has no way to turn a string into markup
// except through markdown.js, and the Content-Security-Policy asks for Trusted Types to keep it so.

const SVG = 'http://www.w3.org/2000/svg';

const ICONS = {
  send: 'M12 19V5M5 12l7-7 7 7',
  stop: 'M7 7h10v10H7z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  sliders: 'M4 8h10M18 8h2M4 16h2M10 16h10M16 6v4M8 14v4',
  plus: 'M12 5v14M5 12h14',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  check: 'M5 13l4 4L19 7',
  close: 'M6 6l12 12M18 6L6 18',
  again: 'M20 11a8 8 0 1 0-2.3 5.7M20 5v6h-6',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13.5 6.5l4 4',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
  forget: 'M4 12h16',
  open: 'M14 5h5v5M19 5l-9 9M10 5H5v14h14v-5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  auto: 'M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18',
  down: 'M12 5v14M5 12l7 7 7-7',
  key: 'M14.5 9.5a4 4 0 1 0-4.2 4L12 15h2v2h2v2h4v-3l-5.6-5.6',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
};

/**
 * @param {string} tag an HTML tag, with optional classes: `div.card.wide`
 * @param {object} [props] `on` holds listeners, `data` data attributes; a property that the element knows is set, any
 *   other becomes an attribute; null, undefined and false leave it out
 * @param {...(Node|string|null|undefined|false|Array)} children
 */
export function el(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(' ');
  for (const [key, value] of Object.entries(props)) set(node, key, value);
  node.append(...flat(children));
  return node;
}

function set(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key === 'on') {
    for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
  } else if (key === 'data') {
    Object.assign(node.dataset, value);
  } else if (key in node && !key.startsWith('aria') && key !== 'list' && key !== 'role') {
    node[key] = value;
  } else {
    node.setAttribute(key, value === true ? '' : value);
  }
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Replaces what an element holds. */
export function fill(node, ...children) {
  node.replaceChildren(...flat(children));
  return node;
}

/** An SVG element; attributes as given. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** A picture that says nothing a label does not say: hidden from assistive technology. */
export function icon(name) {
  return svg('svg', { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' }, svg('path', { d: ICONS[name] }));
}

/** A button with a picture and a name: the name is visible, or else it is the accessible label and the tooltip. */
export function button(name, { picture, quiet = false, className = '', ...props } = {}) {
  const node = el('button', { type: 'button', className: `button ${className}`, ...props });
  if (picture) node.append(icon(picture));
  if (quiet) {
    node.classList.add('round');
    node.setAttribute('aria-label', name);
    node.title = name;
  } else {
    node.append(el('span', {}, name));
  }
  return node;
}
