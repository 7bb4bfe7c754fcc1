// Where a message is written. Enter sends, Shift+Enter makes a new line; while an answer comes, the button stops it.
import { el, fill, icon } from './element.js';

export class Composer {
  #system = el('textarea', { id: 'system', rows: 2, placeholder: 'Who the assistant is, and how it answers', 'aria-label': 'System message' });
  #systemBox = el('details.system-box', {}, el('summary', {}, 'System message'), this.#system);
  #user = el('textarea', { id: 'message', rows: 1, 'aria-label': 'Message', 'aria-describedby': 'composer-hint', enterKeyHint: 'send' });
  #go = el('button.button.primary.round', { type: 'submit' });
  #fault = el('p.fault', { role: 'alert', hidden: true });
  #running = false;

  /** @param {{onSend: (text: string) => void, onStop: () => void}} hooks */
  constructor(hooks) {
    this.hooks = hooks;
    this.node = el('form.composer', { on: { submit: (event) => this.#submit(event) } },
      this.#fault, this.#systemBox,
      el('div.write', {}, this.#user, this.#go),
      el('p.hint', { id: 'composer-hint' }, el('kbd', {}, 'Enter'), ' sends, ', el('kbd', {}, 'Shift'), ' ', el('kbd', {}, 'Enter'), ' for a new line'));
    this.#user.addEventListener('keydown', (event) => this.#key(event));
    for (const field of [this.#user, this.#system]) field.addEventListener('input', () => grow(field));
    this.running(false);
  }

  #submit(event) {
    event.preventDefault();
    if (this.#running) this.hooks.onStop();
    else if (this.#user.value.trim()) this.hooks.onSend(this.#user.value);
    else this.#user.focus();
  }

  #key(event) {
    if (event.key !== 'Enter' || event.shiftKey || composes(event)) return;
    event.preventDefault();
    if (!this.#running) this.node.requestSubmit();
  }

  get system() {
    return this.#system.value.trim();
  }

  /** A conversation that goes on has its system message already. */
  continuing(on) {
    this.#systemBox.hidden = on;
    this.#user.placeholder = on ? 'Go on from here' : 'Ask something';
  }

  running(on) {
    this.#running = on;
    const name = on ? 'Stop the answer' : 'Send';
    fill(this.#go, icon(on ? 'stop' : 'send'));
    this.#go.setAttribute('aria-label', name);
    this.#go.title = name;
    this.#go.classList.toggle('stopping', on);
  }

  fault(text) {
    this.#fault.hidden = !text;
    this.#fault.textContent = text ?? '';
  }

  write(text) {
    this.#user.value = text;
    grow(this.#user);
    this.#user.focus();
  }

  /** What was written besides, before or after it went, is a draft and stays. */
  sent(text) {
    if (this.#user.value === text) this.#user.value = '';
    grow(this.#user);
    this.fault(null);
  }

  focus() {
    this.#user.focus();
  }
}

/** As high as its text, up to a limit that the style sheet sets. */
export function grow(area) {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** Whether a key is an input method's: Safari tells the one that ends a composition after the end, with this number. */
export const composes = ({ isComposing, keyCode }) => isComposing || keyCode === 229;
