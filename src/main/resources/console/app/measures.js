// What can be measured about a turn, as short facts. The upstream's own numbers where it gave some; what this page saw
// is marked as such.
import { drawPlot } from './arrival-plot.js';
import { el, fill } from './element.js';

/** @param {import('./live-turn.js').LiveTurn} turn */
export function factsOf(turn) {
  const { answer, arrivals, status } = turn;
  const usage = answer.usage ?? {};
  const facts = [];
  const add = (name, value, meaning) => value && facts.push({ name, value, meaning });
  add('model', answer.model);
  add('first token', firstToken(turn), arrivals.firstTokenMs === null ? 'as the server saw it' : 'as this page saw it');
  add('speed', speed(turn), usage.completion_tokens ? 'answer tokens over the time they took' : 'pieces of the stream, as they came in');
  add('in', usage.prompt_tokens !== undefined && `${number(usage.prompt_tokens)} tokens`, 'prompt tokens');
  add('out', usage.completion_tokens !== undefined ? `${number(usage.completion_tokens)} tokens` : pieces(turn), 'answer tokens');
  add('reasoning', usage.completion_tokens_details?.reasoning_tokens && `${number(usage.completion_tokens_details.reasoning_tokens)} tokens`);
  add('total time', status?.request?.total_time && seconds(status.request.total_time * 1000));
  return facts;
}

function firstToken({ arrivals, status }) {
  if (arrivals.firstTokenMs !== null) return seconds(arrivals.firstTokenMs);
  const took = status?.request?.first_byte_time;
  return took === undefined ? null : seconds(took * 1000);
}

function speed({ answer, arrivals, status }) {
  const { first_byte_time: thinking, request_time: whole } = status?.request ?? {};
  const tokens = answer.usage?.completion_tokens;
  if (tokens && whole > thinking) return `${rate(tokens / (whole - thinking))} tokens/s`;
  return arrivals.perSecond ? `${rate(arrivals.perSecond)} tokens/s` : null;
}

function pieces({ arrivals }) {
  const count = arrivals.live + arrivals.caughtUp;
  return count > 0 && `≈ ${number(count)} tokens`;
}

export class MeasuresView {
  #facts = el('dl.facts');
  #plot = el('div.plot-box');
  #drawnAt = 0;

  constructor() {
    this.node = el('div.measures', {}, this.#facts, this.#plot);
  }

  /** Redraws at most four times a second while the answer grows. */
  update(turn) {
    const now = performance.now();
    if (!turn.final && now - this.#drawnAt < 250) return;
    this.#drawnAt = now;
    fill(this.#facts, factsOf(turn).map(({ name, value, meaning }) =>
      el('div', { title: meaning ?? null }, el('dt', {}, name), el('dd', {}, value))));
    drawPlot(this.#plot, turn.arrivals);
  }
}

export const number = (value) => new Intl.NumberFormat('en').format(value);
const rate = (value) => (value < 10 ? value.toFixed(1) : number(Math.round(value)));

/** Milliseconds as a person reads them. */
export function seconds(ms) {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  return ms < 100_000 ? `${(ms / 1000).toFixed(2)} s` : `${Math.round(ms / 1000)} s`;
}
