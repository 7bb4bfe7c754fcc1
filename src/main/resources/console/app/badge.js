// One word about a turn: how the answer stands, and whether this page is following it.
import { el } from './element.js';

const WORDS = {
  connecting: ['wait', 'connecting'],
  waiting: ['wait', 'waiting for the model'],
  live: ['live', 'live'],
  reconnecting: ['warn', 'reconnecting'],
  offline: ['warn', 'offline'],
  paused: ['wait', 'paused'],
  done: ['done', 'done'],
  stopped: ['done', 'stopped'],
  incomplete: ['warn', 'incomplete'],
  error: ['bad', 'error'],
  failed: ['bad', 'not readable'],
};

export class Badge {
  #word = el('span');

  constructor() {
    this.node = el('span.badge', {}, el('span.dot', { 'aria-hidden': 'true' }), this.#word);
  }

  update(turn) {
    const state = stateOf(turn);
    if (this.node.dataset.state === state) return;
    const [tone, word] = WORDS[state];
    Object.assign(this.node.dataset, { state, tone });
    this.#word.textContent = word;
  }
}

/** @param {import('./live-turn.js').LiveTurn} turn */
export function stateOf({ status, answer, connection, final, problem }) {
  if (connection === 'failed' || (problem && !status && !answer.chunks)) return problem?.passing ? 'reconnecting' : 'failed';
  if (final) {
    if (status?.status === 'error' || (!status && answer.error)) return 'error';
    if (status?.stopped) return 'stopped';
    return status?.state === 'incomplete' ? 'incomplete' : 'done';
  }
  if (connection !== 'live') return connection === 'done' ? 'live' : connection;
  return answer.choices.length === 0 ? 'waiting' : 'live';
}
