// The form of everything that goes along with the messages. It reads as the JSON text that will be sent: numbers keep
// the digits that were typed, what is left empty is left out.
import { el } from './element.js';
import { digitsOf } from './exact-json.js';
import { ALL_FIELDS, MODEL_FIELDS, SERVICE_FIELDS } from './parameter-list.js';

export class ParametersForm {
  #fields = new Map();
  #extra = el('textarea.mono', { rows: 5, id: 'field-extra', spellcheck: false, placeholder: '{ "tools": [ … ], "seed": 7 }', 'aria-describedby': 'hint-extra' });
  #access = choice('access', 'Access', [['public', 'Public', 'Anybody who has the URL can read it.'], ['private', 'Private', 'The URLs open with a token only.']]);
  #endpoint = choice('endpoint', 'Delivery', [['stream-chatgpt', 'Stream', 'Events as they come, and the status.'], ['async-chatgpt', 'Async', 'The status only; for jobs.']]);
  #keepToken = el('input', { type: 'checkbox', id: 'keep-token' });

  constructor() {
    this.node = el('div.parameters', {},
      section('Model', true, MODEL_FIELDS.map((field) => this.#field(field))),
      section('Access and delivery', true, [this.#access.node, this.#keepTokenField(), this.#endpoint.node,
        ...SERVICE_FIELDS.map((field) => this.#field(field))]),
      section('More fields', false, [el('div.field.wide', {}, el('label', { htmlFor: 'field-extra' }, 'JSON object'), this.#extra,
        el('p.hint', { id: 'hint-extra' }, 'Sent on exactly as written: tools, response_format, seed, logit_bias, reasoning_effort …'))]));
    this.node.addEventListener('change', () => this.#show());
    this.#show();
  }

  #field(field) {
    const id = `field-${field.name}`;
    const hint = `hint-${field.name}`;
    const shared = { id, placeholder: field.placeholder ?? '', autocomplete: 'off', spellcheck: false, 'aria-describedby': hint };
    const input = field.kind === 'lines' ? el('textarea.mono', { ...shared, rows: 2 })
      : el('input', { ...shared, inputMode: field.kind === 'number' ? 'decimal' : field.kind === 'integer' ? 'numeric' : field.kind });
    this.#fields.set(field.name, input);
    return el(`div.field.${field.kind}`, {}, el('label', { htmlFor: id }, field.label), input, el('p.hint', { id: hint }, field.hint));
  }

  #keepTokenField() {
    return (this.keepTokenRow = el('div.field.tick.wide', {}, this.#keepToken,
      el('label', { htmlFor: 'keep-token' }, 'Keep the token in this browser’s list, so that I can open it again')));
  }

  #show() {
    this.keepTokenRow.hidden = this.#access.value !== 'private';
  }

  get endpoint() {
    return this.#endpoint.value;
  }

  /** Takes the parameters of a turn over, so that asking again asks for the same. */
  adopt(status, access) {
    const { messages, ...parameters } = status.parameters ?? {};
    const given = { ...parameters, timeout: status.options?.timeout, connect_timeout: status.options?.connect_timeout };
    for (const field of ALL_FIELDS) {
      const { name } = field;
      if (name === 'webhook_url' || name === 'conversation_id') continue;
      const input = this.#fields.get(name);
      input.value = textOf(given[name]);
      if (says(field, input, given[name])) delete given[name];
      else input.value = '';
    }
    const rest = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    this.#extra.value = Object.keys(rest).length ? JSON.stringify(rest, null, 2) : '';
    this.#access.value = access;
    this.#endpoint.value = status.request?.endpoint?.includes('async') ? 'async-chatgpt' : 'stream-chatgpt';
    this.#show();
  }

  get keepToken() {
    return this.#keepToken.checked;
  }

  /**
   * @param {object} given the fields that the playground itself sets: messages, from_status_url ...
   * @returns {string} the request's JSON text
   * @throws {FieldFault} with the field that cannot be sent as it is
   */
  toJson(given) {
    const parts = new Map(Object.entries(given).map(([name, value]) => [name, JSON.stringify(value)]));
    parts.set('access', JSON.stringify(this.#access.value));
    for (const field of ALL_FIELDS) {
      const text = this.#fields.get(field.name).value.trim();
      if (text === '' || (field.name === 'from_max_length' && !given.from_status_url)) continue;
      parts.set(field.name, jsonOf(field, text, this.#fields.get(field.name)));
    }
    const own = [...parts].map(([name, json]) => `${JSON.stringify(name)}: ${json}`);
    return `{${[...own, ...this.#extraFields(parts)].join(', ')}}`;
  }

  #extraFields(taken) {
    const text = this.#extra.value.trim();
    if (text === '') return [];
    const names = Object.keys(objectOf(text, this.#extra));
    const twice = names.find((name) => taken.has(name));
    if (twice) throw new FieldFault(`“${twice}” has a place of its own; take it out of the JSON.`, this.#extra);
    return names.length ? [text.slice(1, -1).trim().replace(/,$/, '')] : [];
  }
}

export class FieldFault extends Error {
  constructor(message, input) {
    super(message);
    this.input = input;
  }
}

function jsonOf(field, text, input) {
  if (field.kind === 'lines') return JSON.stringify(text.split('\n').map((line) => line.trim()).filter(Boolean));
  if (field.kind !== 'number' && field.kind !== 'integer') return JSON.stringify(text);
  const plain = text.replace(',', '.').replace('−', '-');
  const whole = field.kind === 'integer' ? /^-?\d+$/ : /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
  if (!whole.test(plain)) throw new FieldFault(`“${field.label}” must be a ${field.kind === 'integer' ? 'whole ' : ''}number.`, input);
  if (Number(plain) < field.min || Number(plain) > field.max) {
    throw new FieldFault(`“${field.label}”: ${field.hint}`, input);
  }
  return field.kind === 'integer' ? String(BigInt(plain)) : plain;
}

/** Whether the field sends what it was given: it cannot hold every text, such as an empty line to stop at. */
function says(field, input, value) {
  if (value === undefined || value === null) return true;
  try {
    return jsonOf(field, input.value.trim(), input) === JSON.stringify(field.kind === 'lines' ? [value].flat() : value);
  } catch {
    return false;
  }
}

function textOf(value) {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.join('\n') : digitsOf(value) ?? String(value);
}

function objectOf(text, input) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    throw new FieldFault(`“More fields” is not JSON: ${fault.message}`, input);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new FieldFault('“More fields” must be one JSON object, like { "seed": 7 }.', input);
  }
  return value;
}

function section(title, open, fields) {
  return el('details.section', { open }, el('summary', {}, title), el('div.fields', {}, fields));
}

function choice(name, legend, options) {
  const inputs = options.map(([value], at) => el('input', { type: 'radio', name, value, id: `${name}-${value}`, checked: at === 0 }));
  const node = el('fieldset.choice-of.wide', {}, el('legend', {}, legend),
    options.map(([value, title, hint], at) => el('label', { htmlFor: `${name}-${value}` }, inputs[at],
      el('span', {}, el('b', {}, title), el('span.hint', {}, hint)))));
  return {
    node,
    get value() {
      return inputs.find((input) => input.checked).value;
    },
    set value(wanted) {
      for (const input of inputs) input.checked = input.value === wanted;
    },
  };
}
