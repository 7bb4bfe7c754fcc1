// The playground: a conversation from its first message to the newest answer. What is shown follows from the newest turn
// alone (its status holds the whole history), so that a reload, or the same address in another tab, shows the same.
import { AnswerBlock } from './answer-block.js';
import { textOf } from './answer-model.js';
import { note } from './announcer.js';
import { Composer } from './composer.js';
import { button, el, fill } from './element.js';
import { parseExact } from './exact-json.js';
import { keepingFocus, offerFocus } from './focus.js';
import { noteTurn, titleOf } from './ledger.js';
import { LiveTurn } from './live-turn.js';
import { messageView } from './message-view.js';
import { submit } from './offload-api.js';
import { FieldFault } from './parameters-form.js';
import { problemView } from './problem-view.js';
import { linkTo, settle } from './route.js';
import { ScrollKeeper } from './scroll-keeper.js';
import { bearerOf, rememberBearer } from './session-keys.js';
import { tokenForm } from './token-form.js';
import { toolResultsForm } from './tool-results.js';
import { parseTurnUrl, statusPath } from './turn-url.js';
import { welcome } from './welcome.js';

export class Playground {
  #turn = null;
  #block = null;
  #history = [];
  #visit = 0;
  #onItsWay = null;
  #told = null;
  #title = el('h1.offscreen');
  #log = el('div.log');
  #scroll = new ScrollKeeper(this.#log);
  #composer = new Composer({ onSend: (text) => this.#say(text), onStop: () => this.#stop() });

  /** @param {{parameters: import('./parameters-form.js').ParametersForm, keys: import('./keys-form.js').KeysForm, showSettings: () => void}} rooms */
  constructor(rooms) {
    this.rooms = rooms;
    this.node = el('div.playground', {}, this.#scroll.node, this.#composer.node);
  }

  /** Shows a turn's conversation, or an empty page for a new one. */
  async open(url) {
    if (url && url.base === this.#turn?.url.base) return;
    this.#leave();
    if (!url) return this.#showEmpty();
    this.#history = [];
    this.#scroll.toEnd();
    this.#follow(new LiveTurn(url), true);
  }

  close() {
    this.#leave();
  }

  #leave() {
    this.#visit++;
    this.#told = null;
    this.#turn?.close();
    this.#turn = this.#block = null;
    this.#composer.running(false);
    this.#composer.fault(null);
  }

  #showEmpty() {
    this.#history = [];
    this.#composer.continuing(false);
    fill(this.#log, welcome((text) => this.#composer.write(text)));
    this.#scroll.toStart();
    this.#composer.focus();
  }

  #follow(turn, adopt) {
    this.#turn = turn;
    this.#block = new AnswerBlock((over) => this.#actions(over));
    this.#drawLog();
    turn.onChange((what) => this.#changed(turn, what, adopt));
    turn.open();
  }

  #changed(turn, what, adopt) {
    if (turn !== this.#turn) return;
    if (turn.problem && !turn.status && turn.answer.chunks === 0) return this.#showUnreadable(turn);
    this.#readable();
    if (what === 'status' && turn.status) this.#takeHistory(turn, adopt);
    this.#composer.continuing(true);
    this.#composer.running(!turn.final && turn.connection !== 'failed');
    this.#block.update(turn);
    this.#scroll.follow();
    document.title = `${turn.over ? '' : '… '}${titleOf(this.#lastAsked())} · Offload`;
  }

  #takeHistory({ statusText, url }, adopt) {
    const status = parseExact(statusText);
    const messages = status.parameters?.messages ?? [];
    if (JSON.stringify(messages) === JSON.stringify(this.#history)) return;
    if (adopt && this.#history.length === 0) this.rooms.parameters.adopt(status, url.access);
    this.#history = messages;
    this.#drawLog();
  }

  #drawLog() {
    const last = this.#block?.node;
    this.#title.textContent = titleOf(this.#lastAsked());
    keepingFocus(() => fill(this.#log, this.#title, this.#history.map((message, at) =>
      messageView(message, message.role === 'user' && typeof message.content === 'string' ? (text) => this.#resend(at, text) : null)), last),
    () => this.#scroll.pane);
    this.#scroll.follow();
  }

  #showUnreadable(turn) {
    const { problem, url } = turn;
    const words = `${problem.message} ${turn.refused}`;
    if (this.#told === words) return;
    this.#told = words;
    const reopen = () => {
      this.#turn = null;
      this.open(url);
    };
    const form = problem.status === 401 && url.access === 'private' && tokenForm(turn, reopen);
    fill(this.#log, form || problemView(problem, [{ name: 'Try again', picture: 'again', run: reopen }]));
    if (form) offerFocus(form.querySelector('input'));
    this.#composer.running(false);
  }

  /** What stood here instead of the conversation goes. */
  #readable() {
    if (this.#told === null) return;
    this.#told = null;
    this.#drawLog();
  }

  #lastAsked() {
    return textOf(this.#history.findLast((message) => message.role === 'user')?.content ?? '');
  }

  /** A new message: chained to the turn before where that one is done, else with the whole history. */
  #say(text) {
    const message = { role: 'user', content: text };
    if (this.#turn?.status?.status === 'done') return this.#chain([message]);
    const system = this.#history.length === 0 && this.#composer.system;
    return this.#send({ messages: [...(system ? [{ role: 'system', content: system }] : []), ...this.#history, message] });
  }

  #chain(messages) {
    const { url, answer } = this.#turn;
    const said = answer.choices[0] ?? { content: '', calls: [] };
    const calls = said.calls.map(({ id, name, input }) => ({ id, type: 'function', function: { name, arguments: input } }));
    const given = { messages, from_status_url: `${url.base}.json` };
    if (bearerOf(url.base)) given.from_bearer_token = bearerOf(url.base);
    const assistant = { role: 'assistant', content: said.content, ...(calls.length && { tool_calls: calls }) };
    return this.#send(given, [...this.#history, assistant, ...messages]);
  }

  #resend(at, text) {
    this.#send(this.#sameConversation([...this.#history.slice(0, at), { role: 'user', content: text }]));
  }

  #again() {
    this.#send(this.#sameConversation(this.#history));
  }

  #sameConversation(messages) {
    const id = this.#turn?.status?.conversation_id;
    return id ? { messages, conversation_id: id } : { messages };
  }

  async #send(given, history = given.messages) {
    // A second click, while the first one's question is on its way, is none: each would start a turn.
    if (this.#onItsWay === this.#visit) return undefined;
    const before = this.#turn;
    let body;
    try {
      body = this.rooms.parameters.toJson(given);
    } catch (fault) {
      return this.#faultIn(fault);
    }
    const asked = textOf(history.findLast((message) => message.role === 'user')?.content ?? '');
    const startedAt = performance.now();
    const visit = (this.#onItsWay = this.#visit);
    this.#composer.running(true);
    try {
      const answer = await submit(this.rooms.parameters.endpoint, body);
      this.#begun(answer, { before, history, asked, startedAt, gone: visit !== this.#visit });
    } catch (problem) {
      if (visit === this.#visit) this.#refused(problem, () => this.#send(given, history));
      else note(problem.message);
    } finally {
      if (this.#onItsWay === visit) this.#onItsWay = null;
    }
  }

  /** `gone`: the person looks at something else by now; the turn is in the list. */
  #begun(answer, { before, history, asked, startedAt, gone }) {
    const url = parseTurnUrl(answer.endpoints.status_url);
    rememberBearer(url.base, answer.authorization.bearer_token);
    noteTurn(url.base, titleOf(asked), { replaces: before?.url.base, withToken: this.rooms.parameters.keepToken });
    if (gone) return;
    before?.close();
    this.#composer.sent(asked);
    this.#history = history;
    settle('chat', `${url.base}.json`);
    this.#scroll.toEnd();
    this.#follow(new LiveTurn(url, { startedAt }), false);
  }

  #faultIn(fault) {
    if (!(fault instanceof FieldFault)) throw fault;
    this.rooms.showSettings();
    fault.input.closest('details').open = true;
    fault.input.setAttribute('aria-invalid', 'true');
    fault.input.addEventListener('input', () => fault.input.removeAttribute('aria-invalid'), { once: true });
    fault.input.focus();
    this.#composer.fault(fault.message);
  }

  #refused(problem, again) {
    this.#composer.running(false);
    const actions = [{ name: 'Try again', picture: 'again', run: () => (keepingFocus(() => view.remove(), () => this.#scroll.pane), again()) }];
    if (problem.status === 401) {
      const which = /upstream|openai/i.test(`${problem.code} ${problem.param}`) ? 'upstream' : 'service';
      actions.unshift({ name: 'Enter a key', picture: 'key', run: () => (this.rooms.showSettings(), this.rooms.keys.ask(which)) });
    }
    const view = problemView(problem, actions);
    this.#log.querySelector(':scope > .problem')?.remove();
    this.#log.append(view);
    this.#scroll.toEnd();
  }

  async #stop() {
    try {
      await this.#turn?.stop();
    } catch (problem) {
      note(problem.message);
    }
  }

  #actions(turn) {
    const calls = turn.answer.choices[0]?.calls ?? [];
    return [
      calls.length > 0 && turn.status?.status === 'done' && toolResultsForm(calls, (messages) => this.#chain(messages)),
      button('Regenerate', { picture: 'again', on: { click: () => this.#again() } }),
      el('a.button', { href: linkTo('turn', statusPath(turn.url)) }, 'Details'),
    ];
  }
}
