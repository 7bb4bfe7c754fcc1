// What a screen reader hears of an answer while it comes: each block once, when nothing later can change it, and its end.
// A region of the page that is spoken whenever it changes would say every word several times over, and the code with it.
import { say } from './announcer.js';
import { settledUpTo } from './live-markdown.js';
import { render } from './markdown.js';

const EVERY_MS = 1_000;
const ON_THE_WAY = {
  waiting: 'Waiting for the model',
  reconnecting: 'Connection lost, reconnecting',
  offline: 'Offline',
};

export class Narrator {
  #came = false;
  #heard = 0;
  #lookedAt = -Infinity;
  #state = null;

  /** @param {import('./live-turn.js').LiveTurn} turn @param {string} state as the badge has it */
  update(turn, state) {
    // An answer that was there before is read by going to it.
    this.#came ||= turn.arrivals.startedAt !== null || Boolean(turn.status && !turn.over);
    if (state !== this.#state) this.#tell(turn, state);
    else if (!turn.final) this.#goOn(turn);
  }

  #tell(turn, state) {
    const before = this.#state;
    this.#state = state;
    if (turn.final) say([this.#came && restOf(turn, this.#heard), state !== 'error' && `Answer ${state}`].filter(Boolean).join('\n'));
    else if (ON_THE_WAY[state] && (this.#came || state !== 'waiting')) say(ON_THE_WAY[state]);
    else if (state === 'live' && ['reconnecting', 'offline'].includes(before)) say('Connected again');
  }

  #goOn({ answer }) {
    const now = performance.now();
    // A block that is not closed for long would be read through for each piece of it.
    if (!this.#came || now - this.#lookedAt < EVERY_MS) return;
    this.#lookedAt = now;
    const text = only(answer)?.content ?? '';
    const end = settledUpTo(text, this.#heard);
    if (end === this.#heard) return;
    say(spoken(text.slice(this.#heard, end)));
    this.#heard = end;
  }
}

/** Of several that come at once none can be followed: they are read when they are there. */
const only = ({ choices }) => (choices.length === 1 ? choices[0] : null);

function restOf({ answer }, heard) {
  const choice = only(answer);
  if (!choice) return '';
  return [spoken(choice.content.slice(heard)), choice.refusal, ...choice.calls.map(({ name }) => `Tool call ${name}`)].filter(Boolean).join('\n');
}

/** Code is named, not read out. */
function spoken(markdown) {
  const blocks = render(markdown);
  for (const code of blocks.querySelectorAll('figure.code')) code.replaceWith(code.querySelector('pre').getAttribute('aria-label'));
  return [...blocks.childNodes].map(({ textContent }) => textContent.trim().replace(/\n\s*/g, '\n')).filter(Boolean).join('\n');
}
