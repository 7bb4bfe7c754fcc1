// A turn's answer with all that belongs under it: badge, measures, error, what can be done next. Both views show it.
import { AnswerView } from './answer-view.js';
import { Badge, stateOf } from './badge.js';
import { copyButton } from './clipboard.js';
import { el, fill } from './element.js';
import { MeasuresView } from './measures.js';
import { Narrator } from './narrator.js';
import { problemView } from './problem-view.js';

export class AnswerBlock {
  #answer = new AnswerView();
  #measures = new MeasuresView();
  #badge = new Badge();
  #narrator = new Narrator();
  #trouble = el('div.trouble');
  #actions = el('div.actions');
  #said = null;

  /** @param {(turn: object) => Node[]} actions what can be done with a turn that is over */
  constructor(actions) {
    this.actionsOf = actions;
    this.node = el('section.turn', { 'aria-label': 'Answer' },
      el('header.turn-head', {}, el('span.role', {}, 'Assistant'), this.#badge.node),
      this.#answer.node, this.#trouble,
      el('footer.turn-foot', {}, this.#measures.node, this.#actions));
  }

  /** @param {import('./live-turn.js').LiveTurn} turn */
  update(turn) {
    const { answer, final } = turn;
    this.#badge.update(turn);
    this.#answer.update(answer, final);
    this.#measures.update(turn);
    this.#tell(turn, stateOf(turn));
    this.#narrator.update(turn, stateOf(turn));
  }

  #tell(turn, state) {
    if (state === this.#said) return;
    this.#said = state;
    this.node.classList.toggle('waiting', state === 'waiting' || state === 'connecting');
    const trouble = turn.final ? turn.answer.error : turn.connection === 'failed' && turn.problem;
    fill(this.#trouble, trouble && problemView(trouble));
    fill(this.#actions, turn.final ? [this.actionsOf(turn), copyOf(turn)] : null);
  }
}

/** Several choices have a button each. */
function copyOf({ answer }) {
  return answer.choices.length === 1 && answer.choices[0].content
    && copyButton('Copy the answer as Markdown', () => answer.choices[0].content, { quiet: false });
}
