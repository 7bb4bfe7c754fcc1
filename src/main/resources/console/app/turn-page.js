// The page of one turn, for any of its URLs: answer, timeline, records, status, request, and how to do the same in code.
import { AnswerBlock } from './answer-block.js';
import { note, say } from './announcer.js';
import { textOf } from './answer-model.js';
import { Badge } from './badge.js';
import { copyButton } from './clipboard.js';
import { codePanel } from './code-panel.js';
import { button, el, fill } from './element.js';
import { parseExact } from './exact-json.js';
import { keepingFocus, offerFocus } from './focus.js';
import { jsonTree, redrawTree } from './json-tree.js';
import { forget, titleOf } from './ledger.js';
import { confirmed } from './ledger-view.js';
import { LiveTurn } from './live-turn.js';
import { messageView } from './message-view.js';
import { remove } from './offload-api.js';
import { problemView } from './problem-view.js';
import { RecordsTable } from './records-table.js';
import { go, linkTo } from './route.js';
import { Tabs } from './tabs.js';
import { Timeline } from './timeline.js';
import { tokenForm } from './token-form.js';
import { eventsPath, shown, statusPath } from './turn-url.js';
import { urlForm } from './url-form.js';

export class TurnPage {
  #turn = null;
  #statusText = null;
  #told = null;

  constructor() {
    this.node = el('div.turn-page');
  }

  open({ turn: url, text }) {
    this.close();
    if (!url) return fill(this.node, urlForm(text));
    this.#turn = new LiveTurn(url);
    this.#build(url);
    this.#turn.onChange(() => this.#changed());
    this.#turn.open();
  }

  close() {
    this.#turn?.close();
    this.timeline?.close();
    this.#turn = null;
    this.#statusText = this.#told = null;
  }

  #build(url) {
    this.title = el('h1', {}, 'Turn');
    this.badge = new Badge();
    this.block = new AnswerBlock(() => []);
    this.records = new RecordsTable();
    this.timeline = new Timeline(url);
    this.tabs = new Tabs('Parts of the turn', [
      ['Answer', this.block.node], ['Timeline', this.timeline.node], ['Records', this.records.node],
      ['Status', el('div')], ['Request', el('div')], ['Code', el('div')],
    ], () => this.#drawOpenTab());
    this.running = button('Stop', { picture: 'stop', on: { click: () => this.#stop() } });
    this.trouble = el('div');
    keepingFocus(() => fill(this.node,
      el('header.turn-title', {}, el('div.title-line', {}, this.title, this.badge.node), addressLine(url), this.#actions(url)),
      this.trouble, this.tabs.node));
  }

  #actions(url) {
    this.remove = button('Delete', { picture: 'trash', on: { click: () => this.#delete(url) } });
    return el('div.actions', {}, this.running,
      el('a.button', { href: linkTo('chat', statusPath(url)) }, 'Open in the playground'),
      el('a.button', { href: linkTo('turn') }, 'Another URL'),
      this.remove);
  }

  #changed() {
    const turn = this.#turn;
    if (!turn) return;
    const unreadable = turn.problem && !turn.status;
    this.#tellTrouble(unreadable ? turn : null);
    keepingFocus(() => this.#hide(turn, Boolean(unreadable)));
    this.badge.update(turn);
    this.block.update(turn);
    const asked = turn.status?.parameters?.messages?.findLast((message) => message.role === 'user');
    if (asked) this.title.textContent = titleOf(textOf(asked.content));
    document.title = `${this.title.textContent} · Offload`;
    this.#drawOpenTab();
  }

  #hide(turn, unreadable) {
    this.remove.hidden = unreadable;
    this.tabs.node.hidden = unreadable && turn.answer.chunks === 0;
    this.running.hidden = turn.final || unreadable;
  }

  /** Only what is looked at is drawn: a status of megabytes costs nothing behind another tab. */
  #drawOpenTab() {
    const turn = this.#turn;
    if (!turn) return;
    const draw = {
      Timeline: () => this.timeline.update(turn),
      Records: () => this.records.update(turn),
      Status: (pane) => this.#drawStatus(pane, turn),
      Request: (pane) => turn.status && !pane.firstChild && fill(pane, requestOf(parseExact(turn.statusText))),
      Code: (pane) => turn.status && !pane.firstChild && fill(pane, codePanel(turn)),
    };
    draw[this.tabs.name]?.(this.tabs.pane);
  }

  #drawStatus(pane, turn) {
    if (!turn.status || (turn.statusText === this.#statusText && pane.firstChild)) return;
    this.#statusText = turn.statusText;
    const old = pane.querySelector('.json');
    if (old) return redrawTree(old, parseExact(turn.statusText));
    const plain = turn.url.access === 'public' && el('a', { href: statusPath(turn.url), target: '_blank', rel: 'noopener' }, 'As the server sends it');
    fill(pane, el('div.pane-head', {}, plain || el('span'),
      copyButton('Copy the status', () => turn.statusText)), jsonTree(parseExact(turn.statusText)));
  }

  /** Told once: a form that somebody types in, or a button that has the focus, is not drawn anew. */
  #tellTrouble(turn) {
    const words = turn && `${turn.problem.status} ${turn.problem.message} ${turn.refused}`;
    if (words === this.#told) return;
    this.#told = words;
    fill(this.trouble, turn && this.#unreadable(turn));
    const field = this.trouble.querySelector('input');
    if (field) offerFocus(field);
  }

  #unreadable(turn) {
    if (turn.url.access === 'private' && turn.problem.status === 401) {
      return tokenForm(turn, () => this.open({ turn: turn.url }));
    }
    return problemView(turn.problem, [{ name: 'Try again', picture: 'again', run: () => this.open({ turn: turn.url }) }]);
  }

  async #stop() {
    await this.#turn?.stop().catch((problem) => note(problem.message));
  }

  async #delete(url) {
    if (!await confirmed(this.title.textContent)) return;
    try {
      await remove(url);
      forget(url.base);
      say('Deleted');
      go('turn');
    } catch (problem) {
      note(problem.message);
    }
  }
}

function addressLine(url) {
  const line = (name, path) => el('div', {}, el('dt', {}, name), el('dd', {}, el('span.mono', {}, shown(path)), copyButton(`Copy the ${name} URL`, () => shown(path))));
  return el('div', {},
    el('dl.addresses', {}, line('status', statusPath(url)), line('events', eventsPath(url))),
    url.host && el('p.faint', {}, `The URL named ${url.host}; this page reads the same path from ${location.host}.`));
}

function requestOf(status) {
  const { messages = [], ...parameters } = status.parameters ?? {};
  return [el('h2', {}, 'Messages, as they were sent'), el('div.log.small', {}, messages.map((message) => messageView(message, null))),
    el('h2', {}, 'Parameters'), jsonTree(parameters), el('h2', {}, 'Options'), jsonTree(status.options ?? {})];
}
