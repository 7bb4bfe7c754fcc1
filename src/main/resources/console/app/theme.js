// Light, dark, or as the system says.
import { fill, icon } from './element.js';

const PLACE = 'offload.theme';
const ORDER = ['auto', 'light', 'dark'];
const PICTURES = { auto: 'auto', light: 'sun', dark: 'moon' };

/** @param {HTMLButtonElement} node goes round through the themes */
export function themeButton(node) {
  let theme = storedTheme();
  const apply = () => {
    document.documentElement.dataset.theme = theme;
    node.setAttribute('aria-label', `Theme: ${theme}`);
    node.title = `Theme: ${theme}`;
    fill(node, icon(PICTURES[theme]));
  };
  node.addEventListener('click', () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
    remember(theme);
    apply();
  });
  apply();
}

/** @returns {'auto'|'light'|'dark'} */
export function storedTheme() {
  try {
    const theme = localStorage.getItem(PLACE);
    return ORDER.includes(theme) ? theme : 'auto';
  } catch {
    return 'auto';
  }
}

function remember(theme) {
  try {
    localStorage.setItem(PLACE, theme);
  } catch {
    // Storage is forbidden: the theme lasts as long as the page.
  }
}
