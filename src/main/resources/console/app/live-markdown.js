// Shows a text that grows. Blocks that cannot change any more are rendered once and left alone; only the open end is
// rendered again, at most once per frame, and less often when it costs much: the page stays quick at any speed.
import { el } from './element.js';
import { render } from './markdown.js';

const OPENS_A_BLOCK = /^(#{1,6} |```|~~~|[^\s\-*+>|\d[])/;
const HOLDS_WORDS = /^(P|H[2-6]|UL|OL|LI|BLOCKQUOTE)$/;
const FENCE = /^ {0,3}(```+|~~~+)/;

export class LiveMarkdown {
  #text = '';
  #settled = 0;
  #pending = false;
  #over = false;
  #restMs = 0;
  #tail = el('div.tail');

  /** @param {HTMLElement} host is filled by this object alone */
  constructor(host) {
    this.host = host;
    host.append(this.#tail);
  }

  /** @param {string} text the whole text so far; one that is no continuation starts over */
  update(text, final = false) {
    if (text === this.#text && (this.#over || !final)) return;
    if (!text.startsWith(this.#text.slice(0, this.#settled))) this.#startOver();
    this.#text = text;
    this.#over = final;
    if (final) this.#finish();
    else this.#soon();
  }

  #startOver() {
    this.#settled = 0;
    this.host.replaceChildren(this.#tail);
  }

  #soon() {
    if (this.#pending) return;
    this.#pending = true;
    const draw = () => requestAnimationFrame(() => {
      this.#pending = false;
      // A long text costs seconds each time: what was asked for before the end came is drawn with the end.
      if (!this.#over) this.#draw();
    });
    if (this.#restMs > 0) setTimeout(draw, this.#restMs);
    else draw();
  }

  #draw(final = false) {
    const began = performance.now();
    const boundary = settledUpTo(this.#text, this.#settled);
    if (boundary > this.#settled) {
      this.#tail.before(render(this.#text.slice(this.#settled, boundary)));
      this.#settled = boundary;
    }
    this.#tail.replaceChildren(render(this.#text.slice(this.#settled)));
    if (!final) endOf(this.#tail)?.classList.add('open-end');
    void this.host.offsetHeight; // lays out now, so that the cost of a long text's layout is counted too
    const cost = performance.now() - began;
    this.#restMs = cost < 6 ? 0 : Math.min(2_000, cost * 4);
  }

  /** The end is drawn now; references may point anywhere, so that a text that has some is rendered once as a whole. */
  #finish() {
    if (/^ {0,3}\[[^\]]+\]:/m.test(this.#text)) this.#startOver();
    this.#draw(true);
    this.host.classList.add('final');
  }
}

/**
 * The last place where a block begins that nothing after it can pull into the one before: at the left margin, after an
 * empty line, outside a fence, and no list item, quotation or table row.
 * @returns {number} an index of `text`, not before `from`
 */
export function settledUpTo(text, from) {
  let boundary = from;
  let fence = null;
  let afterEmpty = false;
  for (let at = from; at < text.length; ) {
    // How a line begins says whether it opens a block: its end is not waited for.
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    if (!fence && afterEmpty && OPENS_A_BLOCK.test(line)) boundary = at;
    fence = fenceAfter(line, fence);
    afterEmpty = line.trim() === '';
    at = end + 1;
  }
  return boundary;
}

function lineEnd(text, from) {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** The element in which the next word will stand: the last item of the innermost list, the last paragraph. */
function endOf(tail) {
  let end = null;
  for (let node = tail.lastElementChild; node && HOLDS_WORDS.test(node.tagName); node = node.lastElementChild) end = node;
  return end;
}

function fenceAfter(line, open) {
  const mark = FENCE.exec(line)?.[1];
  if (!mark) return open;
  if (!open) return mark;
  return mark[0] === open[0] && mark.length >= open.length && line.trim() === mark ? null : open;
}
