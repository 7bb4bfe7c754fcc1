// Keeps the focus where the page is drawn anew: else the keyboard starts again at the top, and a screen reader is lost.

/**
 * @param {() => void} draw may take away what has the focus
 * @param {() => ?HTMLElement} next who has it then
 */
export function keepingFocus(draw, next = view) {
  const before = document.activeElement;
  draw();
  if (before !== document.body && isNowhere(document.activeElement)) next()?.focus();
}

/** For a field that is all there is to do: not where a person is at something else than what it stands in. */
export function offerFocus(field) {
  if (isNowhere(document.activeElement) || document.activeElement.contains(field)) field.focus();
}

const view = () => document.getElementById('view');

// Safari before 17.4 does not tell what is hidden: what has the focus there keeps it.
const isNowhere = (node) => node === document.body || node.checkVisibility?.() === false;
