// Puts the page together and shows what its address says.
import { Drawer } from './drawer.js';
import { fill } from './element.js';
import { keepingFocus } from './focus.js';
import { KeysForm } from './keys-form.js';
import { recallTokens } from './ledger.js';
import { LedgerView } from './ledger-view.js';
import { ParametersForm } from './parameters-form.js';
import { Playground } from './playground.js';
import { currentRoute, go } from './route.js';
import { themeButton } from './theme.js';
import { TurnPage } from './turn-page.js';

const byId = (id) => document.getElementById(id);

recallTokens();
const parameters = new ParametersForm();
const keys = new KeysForm();
const settings = new Drawer(byId('settings'), [byId('toggle-settings'), byId('close-settings')], '(min-width: 1180px)');
const list = new Drawer(byId('list'), [byId('toggle-list')], '(min-width: 860px)');
byId('settings-body').append(keys.node, parameters.node);
const playground = new Playground({ parameters, keys, showSettings: () => settings.open(byId('toggle-settings')) });
const turnPage = new TurnPage();
new LedgerView(byId('ledger'));
themeButton(byId('theme'));

function show() {
  const route = currentRoute();
  const inChat = route.view === 'chat';
  settings.rest(inChat);
  byId('nav-chat').setAttribute('aria-current', inChat ? 'page' : 'false');
  byId('nav-turn').setAttribute('aria-current', inChat ? 'false' : 'page');
  document.title = inChat ? 'Offload' : 'Turn · Offload';
  const node = inChat ? playground.node : turnPage.node;
  if (node.parentElement !== byId('view')) fill(byId('view'), node);
  if (list.over) list.close();
  if (inChat) {
    turnPage.close();
    playground.open(route.turn);
  } else {
    playground.close();
    turnPage.open(route);
  }
}

byId('new').addEventListener('click', () => {
  if (currentRoute().view === 'chat' && !currentRoute().turn) playground.open(null);
  else go('chat');
});
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('view').focus();
});
addEventListener('hashchange', () => keepingFocus(show));
show();
