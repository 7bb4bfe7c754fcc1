// Copies text, and says so where the person looks: on the button itself, and to a screen reader.
import { button, icon } from './element.js';
import { say } from './announcer.js';

/** @param {() => string} text read when the button is pressed @param {object} props "quiet: false" shows the word too */
export function copyButton(name, text, { quiet = true } = {}) {
  const node = quiet ? button(name, { picture: 'copy', quiet, className: 'copy' })
    : button('Copy', { picture: 'copy', 'aria-label': name });
  const picture = (which) => node.querySelector('.icon').replaceWith(icon(which));
  node.addEventListener('click', async () => {
    const done = await copy(text());
    picture(done ? 'check' : 'close');
    say(done ? 'Copied' : 'The browser did not allow copying');
    setTimeout(picture, 1_600, 'copy');
  });
  return node;
}

/** The Clipboard API is there in secure contexts only; over plain HTTP from another machine, a selection must do. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(text);
  }
}

function copySelection(text) {
  const before = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'offscreen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  before?.focus();
  return done;
}
