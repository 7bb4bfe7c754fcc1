// Follows one event stream to its end, whatever happens on the way: a lost network, a sleeping machine, a restarted
// server. The cursor is the only thing it needs to go on; nothing is received twice and nothing is left out.
import { EventRecords } from './event-records.js';
import { problemOf } from './offload-api.js';

/** The server sends a heartbeat every 15 s: twice that and a bit without a byte means that nobody is there. */
const SILENCE_MS = 40_000;
/** After a sleep or a return to the page, one missed heartbeat is enough to ask again. */
const DOUBT_MS = 16_000;
/** A browser gives one server six connections over HTTP/1.1, for all tabs together: who is not looked at gives his back. */
const HIDDEN_MS = 30_000;
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 5_000;

export class Follower {
  #aborter = null;
  #ended = false;
  #failures = 0;
  #heardAt = 0;
  #skipWait = () => {};
  #paused = false;
  #restTimer = null;

  /**
   * @param {{path: () => string, headers: () => object, onRecords: (records: object[], opening: boolean) => void,
   *   onRestart: () => void, onState: (state: string, problem?: Error) => void}} hooks
   *   `opening` marks the records of a connection's first moments: they were in the file before.
   *   States: connecting, live, reconnecting, offline, paused, done, failed.
   */
  constructor(hooks) {
    this.hooks = hooks;
    this.cursor = 0;
  }

  start() {
    this.#listen(true);
    this.#run();
  }

  /** Lets go of the stream; the turn itself goes on at the server. */
  stop() {
    this.#end();
  }

  async #run() {
    this.hooks.onState('connecting');
    while (!this.#ended) {
      if (this.#paused) await this.#rest();
      if (this.#ended) return;
      const problem = await this.#connection();
      if (this.#ended) return;
      if (problem?.fatal) return this.#finish('failed', problem.fatal);
      if (this.#paused) continue;
      this.hooks.onState(navigator.onLine ? 'reconnecting' : 'offline');
      await this.#wait(problem?.retryAfter);
    }
  }

  /** One connection, from the request to its end. */
  async #connection() {
    this.#aborter = new AbortController();
    this.#heardAt = Date.now();
    try {
      const response = await fetch(this.hooks.path(), {
        headers: { Accept: 'text/event-stream', 'Last-Event-ID': String(this.cursor), ...this.hooks.headers() },
        cache: 'no-store',
        signal: this.#aborter.signal,
      });
      if (response.status === 204) return this.#finish('done');
      if (response.status === 416) return this.#restart();
      if (!response.ok) {
        this.#failures++;
        return await refusal(response);
      }
      await this.#read(response.body.getReader());
    } catch {
      this.#failures++;
    } finally {
      this.#aborter.abort();
    }
    return null;
  }

  async #read(reader) {
    const records = new EventRecords(this.cursor);
    const openedAt = performance.now();
    this.hooks.onState('live');
    for (;;) {
      const { value, done } = await reader.read();
      if (done || this.#ended) return;
      this.#heardAt = Date.now();
      this.#failures = 0;
      const batch = records.push(value);
      this.cursor = records.cursor;
      if (batch.length) this.hooks.onRecords(batch, performance.now() - openedAt < 60);
      if (batch.at(-1)?.data === '[DONE]') return this.#finish('done');
    }
  }

  #restart() {
    this.cursor = 0;
    this.hooks.onRestart();
    return null;
  }

  #wait(retryAfter) {
    const grown = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.#failures, 5));
    const wait = retryAfter ? retryAfter * 1000 : grown * (0.7 + Math.random() * 0.6);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.#skipWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #rest() {
    this.hooks.onState('paused');
    await new Promise((resolve) => (this.#skipWait = resolve));
    this.#paused = false;
  }

  /** There is something to fetch, seen or not: what was paused goes on. */
  resume() {
    if (this.#paused) this.#skipWait();
  }

  /** The world has changed: a waiting follower tries at once, one that has heard nothing lately starts anew. */
  #wake = () => {
    this.#skipWait();
    if (Date.now() - this.#heardAt > DOUBT_MS) this.#aborter?.abort();
  };

  /** A socket does not notice that the network is gone; a server on this very machine is still there, and is found again. */
  #lost = () => this.#aborter?.abort();

  #seen = () => {
    clearTimeout(this.#restTimer);
    if (document.visibilityState === 'visible') this.#wake();
    else this.#restTimer = setTimeout(() => this.#letGo(), HIDDEN_MS);
  };

  #letGo() {
    this.#paused = true;
    this.#skipWait();
    this.#aborter?.abort();
  }

  #watch = () => {
    if (!this.#paused && Date.now() - this.#heardAt > SILENCE_MS) this.#aborter?.abort();
  };

  #listen(on) {
    const change = on ? 'addEventListener' : 'removeEventListener';
    window[change]('offline', this.#lost);
    window[change]('online', this.#wake);
    window[change]('pageshow', this.#wake);
    document[change]('visibilitychange', this.#seen);
    if (on) this.watchdog = setInterval(this.#watch, 2_000);
    else clearInterval(this.watchdog);
    clearTimeout(this.#restTimer);
  }

  #finish(state, problem) {
    this.#end();
    this.hooks.onState(state, problem);
    return null;
  }

  #end() {
    if (this.#ended) return;
    this.#ended = true;
    this.#listen(false);
    this.#skipWait();
    this.#aborter?.abort();
  }
}

async function refusal(response) {
  const problem = await problemOf(response);
  return problem.passing ? { retryAfter: problem.retryAfter } : { fatal: problem };
}
