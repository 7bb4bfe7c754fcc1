// Reads an event stream (WHATWG HTML, section 9.2.6) piece by piece, as far as this service writes one: `data` and `id`
// lines; comments are heartbeats. Each record knows the bytes of the event file that it stands for.

export class EventRecords {
  #decoder = new TextDecoder();
  #rest = '';
  #data = [];
  #id = null;

  /** @param {number} cursor the offset that the stream begins at */
  constructor(cursor = 0) {
    this.cursor = cursor;
  }

  /**
   * @param {Uint8Array} bytes the next piece, cut anywhere
   * @returns {{data: string, start: number, end: number}[]} the records that it completes
   */
  push(bytes) {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    const records = [];
    for (const line of lines) {
      const record = this.#line(line);
      if (record) records.push(record);
    }
    return records;
  }

  #line(line) {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.#data.push(value);
    if (field === 'id' && /^\d+$/.test(value)) this.#id = Number(value);
    return null;
  }

  #dispatch() {
    const start = this.cursor;
    const data = this.#data.join('\n');
    if (this.#id !== null) this.cursor = this.#id;
    const heard = this.#data.length > 0;
    this.#data = [];
    this.#id = null;
    return heard ? { data, start, end: this.cursor } : null;
  }
}
