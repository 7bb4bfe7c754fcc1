// The API reference: /openapi.json, drawn by Swagger UI. It asks no third party: no validator, no remote fonts.

import { storedTheme } from './theme.js';

const dark = matchMedia('(prefers-color-scheme: dark)');

function showTheme() {
  const theme = storedTheme();
  document.documentElement.dataset.theme = theme;
  document.documentElement.classList.toggle('dark-mode', theme === 'dark' || (theme === 'auto' && dark.matches));
}

dark.addEventListener('change', showTheme);
addEventListener('storage', showTheme);
showTheme();

/** The document names the server it was written for; what is tried out here must go to the one that is read. */
const servedFromHere = () => ({
  statePlugins: { spec: { wrapActions: { updateJsonSpec: (original) => (spec) => original({ ...spec, servers: [{ url: new URL('.', document.baseURI).href.slice(0, -1) }] }) } } },
});

/** What Swagger UI leaves without a name, or out of the keyboard's reach. */
const WANTING = [
  ['#servers', 'aria-label', 'Server'],
  ['.examples-select-element', 'aria-label', 'Example'],
  ['.parameters-col_description select', 'aria-label', 'Value'],
  ['pre.microlight', 'tabindex', '0'],
];

new MutationObserver(() => {
  for (const [which, attribute, value] of WANTING) {
    for (const node of document.querySelectorAll(`${which}:not([${attribute}])`)) node.setAttribute(attribute, value);
  }
}).observe(document.getElementById('reference'), { childList: true, subtree: true });

globalThis.SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  persistAuthorization: false,
  tryItOutEnabled: false,
  validatorUrl: null,
  presets: [globalThis.SwaggerUIBundle.presets.apis],
  plugins: [servedFromHere],
});
