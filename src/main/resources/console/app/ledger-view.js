// The list at the side: find, open, rename, forget, delete on the server.
import { note, say } from './announcer.js';
import { composes } from './composer.js';
import { button, el, fill, icon } from './element.js';
import { keepingFocus } from './focus.js';
import * as ledger from './ledger.js';
import { remove } from './offload-api.js';
import { currentRoute, go, linkTo } from './route.js';
import { parseTurnUrl } from './turn-url.js';

export class LedgerView {
  #search = el('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search conversations', on: { input: () => this.draw() } });
  #list = el('ul.ledger');
  #empty = el('p.faint.empty-list');

  constructor(host) {
    host.append(this.#search, this.#list, this.#empty);
    ledger.onChange(() => this.draw());
    addEventListener('hashchange', () => this.draw());
    addEventListener('settled', () => this.draw());
    this.draw();
  }

  draw() {
    if (this.#list.querySelector('input')) return;
    const all = ledger.entries();
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = all.filter(({ title, url }) => words.every((word) => `${title} ${url}`.toLowerCase().includes(word)));
    const place = this.#placeOf(document.activeElement);
    keepingFocus(() => fill(this.#list, found.map((entry) => this.#row(entry))), () => this.#at(place));
    this.#search.hidden = all.length < 2;
    this.#empty.textContent = found.length ? '' : all.length
      ? 'No conversation has these words in its title.'
      : 'What you start here is listed by title and URL, in this browser only.';
  }

  /** Which row has the focus, and what in it. */
  #placeOf(node) {
    const row = node.closest('.ledger li');
    return { row, at: [...this.#list.children].indexOf(row), control: row && controlsOf(row).indexOf(node) };
  }

  /** The same of the same row, or of the one that moved up in its place. */
  #at({ row, at, control }) {
    const rows = [...this.#list.children];
    const same = rows.find(({ dataset }) => dataset.url === row?.dataset.url) ?? rows[Math.min(at, rows.length - 1)];
    return same ? controlsOf(same)[control] : document.getElementById('new');
  }

  #row(entry) {
    const turn = parseTurnUrl(entry.url);
    const current = currentRoute().turn?.base === entry.url;
    const link = el('a', { href: linkTo('chat', `${entry.url}.json`), title: entry.title, 'aria-current': current ? 'page' : null },
      el('span.title', {}, entry.title),
      el('span.when', {}, turn?.access === 'private' && icon('lock'), turn ? whenOf(turn.time) : ''));
    const row = el('li', { data: { url: entry.url } }, link);
    row.append(el('span.row-actions', {},
      button(`Rename ${entry.title}`, { picture: 'edit', quiet: true, on: { click: () => this.#rename(row, entry) } }),
      button(`Forget ${entry.title} in this browser`, { picture: 'forget', quiet: true, on: { click: () => this.#forget(entry) } }),
      button(`Delete ${entry.title} on the server`, { picture: 'trash', quiet: true, on: { click: () => this.#delete(entry, turn) } })));
    return row;
  }

  #rename(row, entry) {
    const field = el('input.rename', { value: entry.title, 'aria-label': 'New title', maxLength: 120 });
    let finished = false;
    const finish = (title) => {
      if (finished) return;
      finished = true;
      row.replaceChildren();
      if (title) ledger.rename(entry.url, title);
      this.draw();
    };
    field.addEventListener('keydown', (event) => {
      if (composes(event) || !['Enter', 'Escape'].includes(event.key)) return;
      event.preventDefault(); // else Firefox gives the rest of this very key to the link, which takes the focus
      event.stopPropagation();
      finish(event.key === 'Enter' ? field.value.trim() : null);
      this.#focus(entry, 'button');
    });
    // Not before the focus has come to where it goes: it may be a row of this list, that is drawn anew.
    field.addEventListener('blur', () => setTimeout(() => finish(field.value.trim())));
    fill(row, field);
    field.focus();
    field.select();
  }

  #forget(entry) {
    const at = ledger.entries().findIndex(({ url }) => url === entry.url);
    ledger.forget(entry.url);
    note('Forgotten here; it is still on the server.', { name: 'Undo', run: () => (ledger.restore(entry, at), this.#focus(entry, 'a')) });
  }

  #focus(entry, control) {
    [...this.#list.children].find(({ dataset }) => dataset.url === entry.url)?.querySelector(control).focus();
  }

  async #delete(entry, turn) {
    if (!await confirmed(entry.title)) return;
    try {
      await remove(turn);
    } catch (problem) {
      if (problem.status !== 404) return note(problem.message);
    }
    ledger.forget(entry.url);
    say('Deleted');
    if (currentRoute().turn?.base === turn.base) go('chat');
  }
}

const controlsOf = (row) => [...row.querySelectorAll('a, button')];

/** Asks before something goes for good. */
export function confirmed(title) {
  const dialog = el('dialog.ask', { 'aria-labelledby': 'ask-title' },
    el('h2', { id: 'ask-title' }, 'Delete on the server?'),
    el('p', {}, '“', el('bdi', {}, title), '”: its status, events and answer are removed from the data folder, for everybody. This cannot be undone.'),
    el('form', { method: 'dialog' },
      el('button.button', { value: 'no', autofocus: true }, 'Keep it'),
      el('button.button.danger', { value: 'yes' }, 'Delete')));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue === 'yes');
  }));
}

/** Today by the clock, this year by the day, else by the date. */
function whenOf(time) {
  const today = time.toDateString() === new Date().toDateString();
  const thisYear = time.getFullYear() === new Date().getFullYear();
  const style = today ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
    : thisYear ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short', year: 'numeric' };
  return new Intl.DateTimeFormat('en-GB', style).format(time);
}
