// Tabs after the ARIA Authoring Practices: one tab stop, arrow keys, Home and End.
import { el } from './element.js';

export class Tabs {
  #tabs;
  #current = 0;

  /** @param {[string, HTMLElement][]} parts @param {() => void} onOpen */
  constructor(label, parts, onOpen) {
    this.onOpen = onOpen;
    this.parts = parts;
    this.#tabs = parts.map(([name], at) => el('button.tab', {
      type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': `pane-${name}`, on: { click: () => this.#open(at) },
    }, name));
    for (const [name, pane] of parts) {
      Object.assign(pane, { id: `pane-${name}`, tabIndex: 0 });
      pane.classList.add('tab-pane');
      pane.setAttribute('role', 'tabpanel');
      pane.setAttribute('aria-labelledby', `tab-${name}`);
    }
    const list = el('div.tablist', { role: 'tablist', 'aria-label': label, on: { keydown: (event) => this.#key(event) } }, this.#tabs);
    this.node = el('div.tabs', {}, list, parts.map(([, pane]) => pane));
    this.#show(0);
  }

  get name() {
    return this.parts[this.#current][0];
  }

  get pane() {
    return this.parts[this.#current][1];
  }

  #key(event) {
    const last = this.#tabs.length - 1;
    const to = { ArrowRight: this.#current + 1, ArrowLeft: this.#current - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#open((to + last + 1) % (last + 1));
    this.#tabs[this.#current].focus();
  }

  #open(at) {
    this.#show(at);
    this.onOpen();
  }

  #show(at) {
    this.#current = at;
    this.#tabs.forEach((tab, index) => {
      tab.setAttribute('aria-selected', String(index === at));
      tab.tabIndex = index === at ? 0 : -1;
      this.parts[index][1].hidden = index !== at;
    });
  }
}
