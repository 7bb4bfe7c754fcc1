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
