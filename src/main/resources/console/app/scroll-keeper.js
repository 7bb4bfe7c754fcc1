// Keeps the end of a growing text in view for who reads there, and leaves alone who has scrolled up.
import { button, el } from './element.js';

const NEAR_PX = 60;

export class ScrollKeeper {
  #grows = true;
  #follows = true;
  #pending = false;
  #top = 0;
  #toEnd = button('To the newest', { picture: 'down', quiet: true, className: 'to-end', on: { click: () => this.toEnd() } });

  /** @param {HTMLElement} content */
  constructor(content) {
    this.pane = el('div.pane', { tabIndex: 0, role: 'region', 'aria-label': 'Conversation' }, content);
    this.node = el('div.scroller', {}, this.pane, this.#toEnd);
    this.#toEnd.hidden = true;
    this.pane.addEventListener('scroll', () => this.#looked(), { passive: true });
    new ResizeObserver(() => this.follow()).observe(content);
  }

  /** Only going up leaves the end: a text that grew since the last scroll is no sign of a wish. */
  #looked() {
    const { scrollHeight, scrollTop, clientHeight } = this.pane;
    if (scrollHeight - scrollTop - clientHeight < NEAR_PX) this.#follows = true;
    else if (scrollTop < this.#top) this.#follows = false;
    this.#top = scrollTop;
    this.#toEnd.hidden = this.#follows || !this.#grows;
  }

  /** The content has grown. */
  follow() {
    if (!this.#keepsEnd || this.#pending) return;
    this.#pending = true;
    requestAnimationFrame(() => {
      this.#pending = false;
      if (this.#keepsEnd) this.pane.scrollTop = this.pane.scrollHeight;
    });
  }

  get #keepsEnd() {
    return this.#grows && this.#follows;
  }

  toEnd() {
    this.#grows = this.#follows = true;
    this.follow();
  }

  /** What stands here now is read from its beginning, and has no newest part. */
  toStart() {
    this.#grows = false;
    this.#toEnd.hidden = true;
    this.pane.scrollTop = 0;
  }
}
