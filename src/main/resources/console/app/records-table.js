// The event file, record by record: its bytes' offsets, when it arrived here, what it says, and its JSON unchanged.
import { listOf } from './answer-model.js';
import { button, el } from './element.js';
import { keepingFocus } from './focus.js';
import { number, seconds } from './measures.js';

const PAGE = 200;

export class RecordsTable {
  #shown = PAGE;
  #drawn = '';
  #filter = el('input', { type: 'search', placeholder: 'Find in the records', 'aria-label': 'Find in the records', on: { input: () => this.#draw() } });
  #rows = el('tbody');
  #count = el('span.faint');
  #more = button('Show earlier ones', { on: { click: () => this.#showMore() } });

  constructor() {
    const head = ['offset', 'bytes', 'arrived', 'record'].map((name) => el('th', { scope: 'col' }, name));
    this.node = el('div', {}, el('div.pane-head', {}, this.#filter, this.#count), this.#more,
      el('div.scroll', { tabIndex: 0, role: 'group', 'aria-label': 'Records' }, el('table.records', {}, el('thead', {}, el('tr', {}, head)), this.#rows)));
  }

  update(turn) {
    this.turn = turn;
    this.#draw();
  }

  #showMore() {
    this.#shown += PAGE;
    this.#draw();
  }

  /** The newest page of what matches; a row once made is kept, so that an opened one stays open. */
  #draw() {
    const { records, status, final } = this.turn;
    const words = this.#filter.value.toLowerCase();
    const found = words ? records.filter(({ data }) => data.toLowerCase().includes(words)) : records;
    const key = `${found.length} ${this.#shown} ${words} ${final}`;
    if (key === this.#drawn) return;
    this.#drawn = key;
    keepingFocus(() => (this.#more.hidden = found.length <= this.#shown), () => this.#filter);
    this.#count.textContent = status && !status.endpoints.stream_events_url
      ? 'An async turn has no event stream; its answer is in the status.'
      : `${number(found.length)} of ${number(records.length)} records, ${number(records.at(-1)?.end ?? 0)} bytes`;
    this.#show(found.slice(-this.#shown).map((record) => (record.row ??= rowOf(record, records))));
  }

  /** Rows that stay are not touched: one that is taken out and put back has lost the focus, and what was marked in it. */
  #show(rows) {
    const wanted = new Set(rows);
    for (const row of [...this.#rows.children]) if (!wanted.has(row)) row.remove();
    let at = this.#rows.firstChild;
    for (const row of rows) {
      if (row === at) at = at.nextSibling;
      else this.#rows.insertBefore(row, at);
    }
  }
}

function rowOf(record, records) {
  const first = records.find(({ at }) => at !== null)?.at ?? null;
  return el('tr', {},
    el('td.mono', {}, number(record.start)), el('td.mono', {}, number(record.end - record.start)),
    el('td.mono', {}, record.at === null ? 'before' : `+${seconds(record.at - first)}`),
    el('td', {}, el('details', {}, el('summary', {}, gist(record.data)), el('pre.mono', { tabIndex: 0 }, record.data))));
}

/** A record in a few words. */
function gist(data) {
  if (data === '[DONE]') return el('b', {}, '[DONE]');
  let chunk;
  try {
    chunk = JSON.parse(data);
  } catch {
    return data.slice(0, 80);
  }
  if (chunk?.error) return el('span.bad', {}, `error: ${chunk.error.message ?? chunk.error.code}`);
  const parts = listOf(chunk?.choices).map(choiceGist);
  if (chunk?.usage) parts.push('usage');
  return parts.join('  ') || 'no choices';
}

function choiceGist({ index, delta, finish_reason }) {
  const { role, content, ...rest } = delta ?? {};
  const said = content ? JSON.stringify(content) : '';
  const other = Object.keys(rest).filter((name) => rest[name] !== null).join(' ');
  return [index > 0 && `#${index}`, role && !content && `role ${role}`, said, other, finish_reason && `→ ${finish_reason}`].filter(Boolean).join(' ');
}
