// One turn as a page sees it: its status document, its answer, its records, its connection. Playground and turn page
// both look through this; they are told when something changed and read the fields.
import { AnswerModel } from './answer-model.js';
import { Arrivals } from './arrivals.js';
import { Follower } from './follower.js';
import { readStatus, stop } from './offload-api.js';
import { bearerOf, readHeaders, streamTokenOf } from './session-keys.js';
import { eventsPath } from './turn-url.js';

const STATUS_EVERY_MS = 2_000;
const POLL_EVERY_MS = 600;
const OPEN_AGAIN_MS = 2_000;

export class LiveTurn {
  #listeners = new Set();
  #follower = null;
  #timer = null;
  #closed = false;
  #tellSoon = false;
  #missed = null;

  /** @param {import('./turn-url.js').TurnUrl} url */
  constructor(url, { startedAt = null } = {}) {
    Object.assign(this, { url, status: null, statusText: '', problem: null, connection: 'connecting', records: [] });
    this.answer = new AnswerModel();
    this.arrivals = new Arrivals();
    if (startedAt !== null) this.arrivals.begin(startedAt);
  }

  /** @param {(what: 'status'|'answer'|'connection') => void} listener */
  onChange(listener) {
    this.#listeners.add(listener);
  }

  #changed(what) {
    if (!this.#closed) for (const listener of this.#listeners) listener(what);
  }

  /** The server is done with it, whether or not all of it is here. */
  get over() {
    return this.status ? ['done', 'error'].includes(this.status.status) : this.#streamOnly && this.answer.ended;
  }

  /** The status is final, and all that it promises is here. */
  get final() {
    if (!this.status) return this.over;
    return this.over && (!this.status.endpoints.stream_events_url || this.answer.ended || this.connection === 'failed');
  }

  /** Reads the status, then follows: the events where the turn has some, else the status again and again. */
  async open() {
    await this.#refresh();
    if (this.#closed) return;
    if (this.problem?.passing) return this.#openLater();
    if (this.problem && !this.#streamOnly) return;
    if (this.status && !this.status.endpoints.stream_events_url) this.#poll();
    else this.#follow();
  }

  /** A server that is away now, or a network, comes back: nobody should have to press a button for that. */
  #openLater() {
    const again = () => {
      removeEventListener('online', again);
      clearTimeout(this.#timer);
      if (!this.#closed) this.open();
    };
    addEventListener('online', again);
    this.#timer = setTimeout(again, OPEN_AGAIN_MS);
  }

  /** A stream token opens the events and nothing else: then there is an answer without a status. */
  get #streamOnly() {
    return this.problem?.status === 401 && !bearerOf(this.url.base) && streamTokenOf(this.url.base) !== null;
  }

  /** A token was given, and opens nothing: of one for the stream only the stream can tell. */
  get refused() {
    return this.problem?.status === 401 && (this.#streamOnly ? this.connection === 'failed' : bearerOf(this.url.base) !== null);
  }

  /** Lets go; the turn itself goes on. */
  close() {
    this.#closed = true;
    this.#follower?.stop();
    clearTimeout(this.#timer);
  }

  async stop() {
    await stop(this.url);
    if (!this.#follower) await this.#refresh();
  }

  async #refresh() {
    try {
      const { status, text } = await readStatus(this.url);
      Object.assign(this, { status, statusText: text, problem: null });
      this.#missed = null;
      if (!status.endpoints.stream_events_url) this.answer.replaceBy(status);
      else this.#complete(status);
      if (this.over) this.#follower?.resume();
      this.#changed('status');
    } catch (problem) {
      this.#missed = problem;
      if (!this.status || !problem.passing) this.problem = problem;
      if (this.connection === 'done' && !problem.passing && !this.#streamOnly) this.connection = 'failed';
      this.#changed('status');
    }
  }

  /** What only the status knows: the usage that nobody asked to see in the stream, and the error's full words. */
  #complete(status) {
    this.answer.usage ??= status.response?.body?.usage ?? null;
    this.answer.error = status.error ?? this.answer.error;
    this.answer.model ??= status.response?.body?.model ?? null;
  }

  #poll() {
    this.connection = this.#polled();
    this.#changed('connection');
    if (['done', 'failed'].includes(this.connection) || this.#closed) return;
    this.#timer = setTimeout(async () => {
      await this.#refresh();
      this.#poll();
    }, POLL_EVERY_MS);
  }

  #polled() {
    if (this.final) return 'done';
    if (!this.#missed) return 'live';
    if (!this.#missed.passing) return 'failed';
    return navigator.onLine ? 'reconnecting' : 'offline';
  }

  #follow() {
    this.#follower = new Follower({
      path: () => eventsPath(this.url) + this.#tokenArgument(),
      headers: () => readHeaders(this.url.base),
      onRecords: (batch, opening) => this.#take(batch, opening),
      onRestart: () => this.#forgetAnswer(),
      onState: (state, problem) => this.#connectionIs(state, problem),
    });
    this.#follower.start();
    this.#keepStatusFresh();
  }

  #tokenArgument() {
    const token = bearerOf(this.url.base) ? null : streamTokenOf(this.url.base);
    return token ? `?stream_token=${encodeURIComponent(token)}` : '';
  }

  #keepStatusFresh() {
    if (this.#closed || this.final || this.connection === 'failed' || this.#streamOnly) return;
    this.#timer = setTimeout(async () => {
      if (['live', 'paused', 'done'].includes(this.connection)) await this.#refresh();
      this.#keepStatusFresh();
    }, STATUS_EVERY_MS);
  }

  #take(batch, opening) {
    const now = performance.now();
    let pieces = 0;
    for (const record of batch) {
      pieces += this.answer.take(record.data);
      this.records.push({ ...record, at: opening ? null : now });
    }
    this.arrivals.add(pieces, opening, now);
    this.#answerGrew();
  }

  /** Once a frame is enough, however many pieces came; a page that is not seen has no frames. */
  #answerGrew() {
    if (this.#tellSoon) return;
    this.#tellSoon = true;
    const tell = () => {
      this.#tellSoon = false;
      this.#changed('answer');
    };
    if (document.hidden) setTimeout(tell, 250);
    else requestAnimationFrame(tell);
  }

  #forgetAnswer() {
    this.answer.clear();
    this.arrivals.clear();
    this.records.length = 0;
  }

  async #connectionIs(state, problem) {
    if (this.connection === 'live' && !['live', 'done', 'paused'].includes(state)) this.arrivals.interrupted();
    this.connection = state;
    if (problem) this.problem = problem;
    this.#changed('connection');
    if (state === 'done' && !this.#streamOnly) await this.#refresh();
  }
}
