// Draws an answer: every choice in a column of its own, reasoning and tool calls as what they are, and how it ended.
import { copyButton } from './clipboard.js';
import { el, fill } from './element.js';
import { LiveMarkdown } from './live-markdown.js';

/** What the finish reasons mean by which the server tells an answer to be incomplete: OpenAI's words, and others' behind a gateway. */
const ENDINGS = new Map(Object.entries({
  'Cut off at the token limit': ['length', 'model_length', 'max_tokens'],
  'Held back by the content filter': ['content_filter', 'refusal', 'safety', 'recitation', 'blocklist', 'prohibited_content', 'spii'],
}).flatMap(([words, reasons]) => reasons.map((reason) => [reason, words])));

const ending = ({ finishReason }) => ENDINGS.get(String(finishReason).toLowerCase()) ?? '';

export class AnswerView {
  #columns = [];

  constructor() {
    this.node = el('div.answer', { 'aria-busy': 'true' });
  }

  /** @param {import('./answer-model.js').AnswerModel} answer */
  update(answer, final) {
    if (answer.choices.length < this.#columns.length) this.#clear();
    while (this.#columns.length < answer.choices.length) this.#add(answer.choices[this.#columns.length].index);
    this.node.classList.toggle('many', answer.choices.length > 1);
    answer.choices.forEach((choice, at) => this.#columns[at].update(choice, final, answer.choices.length));
    this.node.setAttribute('aria-busy', String(!final));
  }

  #add(index) {
    const column = new ChoiceView(index);
    this.#columns.push(column);
    this.node.append(column.node);
  }

  #clear() {
    this.#columns = [];
    this.node.replaceChildren();
  }
}

class ChoiceView {
  #choice = null;
  #content = el('div.prose');
  #reasoning = el('div.prose');
  #refusal = el('p.refusal', { hidden: true });
  #calls = el('div.calls');
  #ending = el('span.ending');
  #name = el('span.choice-name');
  #reasoningBox = el('details.reasoning', { hidden: true }, el('summary', {}, 'Reasoning'), this.#reasoning);

  constructor(index) {
    this.contentMarkdown = new LiveMarkdown(this.#content);
    this.reasoningMarkdown = new LiveMarkdown(this.#reasoning);
    this.foot = el('footer.choice-foot', {}, this.#name, this.#ending,
      copyButton('Copy this answer as Markdown', () => this.#choice?.content ?? ''));
    this.node = el('article.choice', { 'aria-label': `Answer, choice ${index + 1}` },
      this.#reasoningBox, this.#content, this.#refusal, this.#calls, this.foot);
  }

  update(choice, final, count) {
    this.#choice = choice;
    this.#reasoningBox.hidden = choice.reasoning === '';
    this.#reasoningBox.classList.toggle('thinking', !final && choice.content === '');
    this.reasoningMarkdown.update(choice.reasoning, final);
    this.contentMarkdown.update(choice.content, final);
    this.#refusal.hidden = choice.refusal === '';
    this.#refusal.textContent = choice.refusal;
    this.#drawCalls(choice.calls);
    this.node.classList.toggle('writing', !final && !choice.finishReason);
    this.#name.textContent = count > 1 ? `Choice ${choice.index + 1}` : '';
    this.#ending.textContent = ending(choice);
    this.foot.hidden = !(final || choice.finishReason) || (count === 1 && !ending(choice));
    this.foot.lastChild.hidden = count === 1;
  }

  #drawCalls(calls) {
    const size = calls.reduce((sum, call) => sum + call.name.length + call.input.length, calls.length);
    if (size === this.drawnSize) return;
    this.drawnSize = size;
    fill(this.#calls, calls.map(callCard));
  }
}

/** A tool call: its name, and its arguments as the model wrote them, laid out where they are whole JSON. */
export function callCard(call) {
  return el('section.call', { 'aria-label': `Tool call ${call.name}` },
    el('header', {}, el('span.tag', {}, 'tool call'), el('code', {}, call.name || '…'),
      el('span.faint', {}, call.id)),
    el('pre', { tabIndex: 0 }, pretty(call.input)));
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
