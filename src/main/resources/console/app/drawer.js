// A side of the page: in the flow where there is room, over the page where there is none. Over the page it takes the
// focus, closes with Escape or a click beside it, and gives the focus back; a focus that goes on by itself would be
// behind it, so that it closes then, too.

export class Drawer {
  #opener = null;

  /** @param {HTMLElement} panel @param {HTMLButtonElement[]} toggles @param {string} wide the media query that says there is room */
  constructor(panel, toggles, wide) {
    this.panel = panel;
    this.toggles = toggles;
    this.wide = matchMedia(wide);
    for (const toggle of toggles) toggle.addEventListener('click', () => this.#toggle(toggle));
    panel.addEventListener('keydown', (event) => event.key === 'Escape' && this.over && this.close());
    document.addEventListener('pointerdown', (event) => this.#outside(event));
    document.addEventListener('focusin', (event) => this.#outside(event));
    this.wide.addEventListener('change', () => this.#show(this.wide.matches));
    this.#show(this.wide.matches);
  }

  get over() {
    return !this.wide.matches && !this.panel.hidden;
  }

  open(opener = null) {
    this.#opener = opener;
    this.#show(true);
    if (this.over) this.panel.querySelector('button, input, a, summary')?.focus();
  }

  /** Where there is room: whether the panel stands in the flow here. */
  rest(on) {
    if (this.wide.matches) this.#show(on);
  }

  close() {
    this.#show(false);
    this.#opener?.focus();
  }

  #toggle(toggle) {
    if (this.panel.hidden) this.open(toggle);
    else this.close();
  }

  #outside({ target }) {
    if (!this.over || this.panel.contains(target) || this.toggles.some((toggle) => toggle.contains(target))) return;
    if (!target.closest('dialog')) this.#show(false);
  }

  #show(on) {
    this.panel.hidden = !on;
    for (const toggle of this.toggles) toggle.setAttribute('aria-expanded', String(on));
  }
}
