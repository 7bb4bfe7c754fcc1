// What happened when: from the submission to the last try of the webhook.
import { el, fill } from './element.js';
import { number, seconds } from './measures.js';
import { readWebhook } from './offload-api.js';

const LOOK_AGAIN_MS = 5_000;

export class Timeline {
  #webhook = null;
  #timer = null;
  #asked = false;
  #closed = false;

  constructor(url) {
    this.url = url;
    this.node = el('div');
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  update(turn) {
    this.turn = turn;
    if (turn.final && turn.status?.options?.webhook_url && !this.#asked) this.#look();
    fill(this.node, el('ol.timeline', {}, this.#moments(turn).map(row)), this.#nothingMore(turn));
  }

  #nothingMore({ status }) {
    return status ? null : el('p.faint', {}, 'The times are in the status, which has not been read.');
  }

  #moments({ status, final }) {
    if (!status) return [];
    const { request_at: asked, first_byte_at: began, finished_at: finished, processed_at: processed, ...took } = status.request ?? {};
    const origin = asked ?? status.created_at;
    const ending = status.stopped ? 'stopped' : status.status === 'error' ? 'failed' : 'done';
    return [
      { name: 'submitted', at: status.created_at, origin, text: status.conversation_id },
      asked && { name: 'sent to the upstream', at: asked, origin, text: status.parameters?.model },
      began && { name: 'first byte', at: began, took: took.first_byte_time, origin, text: `${status.response?.protocol ?? ''} ${status.response?.status_code ?? ''}` },
      !final && { name: began ? 'answering' : 'waiting', at: null, origin, text: `${number(status.events?.offset ?? 0)} bytes of events so far` },
      finished && { name: ending, at: finished, took: took.request_time, origin, text: status.error?.message ?? finishOf(status), tone: status.status === 'error' ? 'bad' : 'good' },
      processed && { name: 'written', at: processed, took: took.total_time, origin, text: 'status final, readers released' },
      ...this.#deliveries(status, origin),
    ].filter(Boolean);
  }

  #deliveries(status, origin) {
    if (!status.options?.webhook_url) return [];
    const { attempts = [], state = 'dormant', url = status.options.webhook_url } = this.#webhook ?? {};
    const tries = attempts.map((attempt, at) => ({
      name: `webhook, try ${at + 1}`, at: Date.parse(attempt.at) / 1000, origin,
      text: [attempt.error ?? `HTTP ${attempt.status}`, attempt.answer, `took ${seconds(attempt.duration * 1000)}`].filter(Boolean).join(', '),
      tone: attempt.status >= 200 && attempt.status < 300 ? 'good' : 'bad',
    }));
    const next = attempts.at(-1)?.next_at;
    const waits = { dormant: `to ${url}`, pending: `to ${url}${next ? `, next try ${clock(Date.parse(next) / 1000)}` : ''}` }[state];
    const over = { dead: `given up: ${url} did not take it`, stopped: 'the receiver wants no more (410)' }[state];
    if (waits) tries.push({ name: 'webhook', at: null, origin, text: waits });
    if (over) tries.push({ name: 'webhook', at: null, origin, text: over, tone: 'bad' });
    return tries;
  }

  async #look() {
    this.#asked = true;
    this.#webhook = await readWebhook(this.url).catch(() => null);
    if (this.#closed) return;
    if (this.#webhook) this.update(this.turn);
    if (!['delivered', 'stopped', 'dead'].includes(this.#webhook?.state)) this.#timer = setTimeout(() => this.#look(), LOOK_AGAIN_MS);
  }
}

/** `took`: seconds since the origin, where the server knows them better than the clock's whole seconds do. */
function row({ name, at, took, origin, text, tone = '' }) {
  return el('li', { data: { tone: at === null ? 'open' : tone } },
    el('span.moment', {}, name),
    el('span.mono.when', { title: at === null ? null : new Date(at * 1000).toISOString() }, at === null ? '…' : clock(at)),
    el('span.mono.gap', {}, at === null ? '' : gap(took ?? at - origin)),
    el('span.faint', {}, text ?? ''));
}

function finishOf(status) {
  const reasons = (status.response?.body?.choices ?? []).map((choice) => choice.finish_reason).filter(Boolean);
  return reasons.length ? `finish_reason ${[...new Set(reasons)].join(', ')}` : '';
}

function clock(at) {
  const time = new Date(at * 1000);
  const thousandths = Number.isInteger(at) ? '' : `.${String(time.getMilliseconds()).padStart(3, '0')}`;
  return time.toLocaleTimeString('en-GB') + thousandths;
}

const gap = (span) => (span <= 0 ? '' : Number.isInteger(span) ? `+${span} s` : `+${seconds(span * 1000)}`);
