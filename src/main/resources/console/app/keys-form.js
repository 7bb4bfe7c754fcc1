// Where keys are typed. They go from the field into memory and from there into request headers, nowhere else.
import { button, el, icon } from './element.js';
import { setKey } from './session-keys.js';

const FIELDS = [
  ['upstream', 'Upstream API key', 'Sent as X-OpenAI-API-Key. Not needed where the operator set one, nor with the embedded upstream.'],
  ['service', 'Service key', 'Sent as X-API-Key. Needed only where this server asks for one.'],
  ['organization', 'Organization', 'Sent as X-OpenAI-Organization. Optional.'],
  ['project', 'Project', 'Sent as X-OpenAI-Project. Optional.'],
];

export class KeysForm {
  constructor() {
    this.first = null;
    this.node = el('details.section.keys', {},
      el('summary', {}, 'Keys'),
      el('p.promise', {}, icon('lock'), 'Kept in this page’s memory only. Never stored, never in a URL; gone when you reload or close the tab.'),
      el('div.fields', {}, FIELDS.map((field) => this.#field(field))));
  }

  #field([name, label, hint]) {
    const id = `key-${name}`;
    const secret = name === 'upstream' || name === 'service';
    const input = el('input.mono', {
      id, autocomplete: 'off', spellcheck: false, 'aria-describedby': `${id}-hint`,
      data: { lpignore: 'true', '1pIgnore': 'true' },
      on: { input: () => setKey(name, input.value) },
    });
    this.first ??= input;
    const eye = secret && button('', { className: 'plain', on: { click: () => show(input.type === 'password') } });
    const show = (on) => {
      input.type = secret && !on ? 'password' : 'text';
      if (!eye) return;
      eye.lastChild.textContent = on ? 'Hide' : 'Show';
      eye.setAttribute('aria-label', `${on ? 'Hide' : 'Show'} the ${label}`);
    };
    show(false);
    return el('div.field.wide', {}, el('label', { htmlFor: id }, label), el('div.with-button', {}, input, eye),
      el('p.hint', { id: `${id}-hint` }, hint));
  }

  /** Opens the section at the field that an error speaks of. */
  ask(which) {
    this.node.open = true;
    (this.node.querySelector(`#key-${which}`) ?? this.first).focus();
  }
}
