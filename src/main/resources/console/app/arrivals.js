// When the pieces of an answer reached this page. Pieces that were in the event file before the page asked for them say
// nothing about the model's pace: they are counted, and kept apart.

const BUCKET_MS = 250;

export class Arrivals {
  constructor() {
    this.clear();
  }

  clear() {
    this.startedAt = null;
    this.firstAt = null;
    this.lastAt = null;
    this.live = 0;
    this.caughtUp = 0;
    this.buckets = [];
    this.breaks = [];
  }

  /** The moment that the question left this page; without it there is no time to first token. */
  begin(now = performance.now()) {
    this.startedAt = now;
  }

  /**
   * @param {number} pieces how many arrived together
   * @param {boolean} opening whether they were in the file before
   */
  add(pieces, opening, now = performance.now()) {
    if (pieces === 0) return;
    if (opening && (this.startedAt === null || this.firstAt !== null)) {
      this.caughtUp += pieces;
      return;
    }
    this.firstAt ??= now;
    this.lastAt = now;
    this.live += pieces;
    const at = Math.floor((now - this.firstAt) / BUCKET_MS);
    this.buckets[at] = (this.buckets[at] ?? 0) + pieces;
  }

  /** Remembers that the connection was lost here, so that the plot can say so. */
  interrupted(now = performance.now()) {
    if (this.firstAt !== null) this.breaks.push(Math.floor((now - this.firstAt) / BUCKET_MS));
  }

  /** Milliseconds from the question to the first piece, or null. */
  get firstTokenMs() {
    return this.startedAt === null || this.firstAt === null ? null : this.firstAt - this.startedAt;
  }

  /** Pieces per second over what arrived live, or null while that is too little to tell. */
  get perSecond() {
    const seconds = (this.lastAt - this.firstAt) / 1000;
    return this.live < 3 || seconds < 0.05 ? null : (this.live - 1) / seconds;
  }

  /** Pieces per quarter of a second, without gaps. */
  series() {
    return Array.from(this.buckets, (count) => count ?? 0);
  }

  get bucketMs() {
    return BUCKET_MS;
  }
}
