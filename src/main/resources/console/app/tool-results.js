// Where a person plays the tool: a result for each call, sent back as `tool` messages.
import { button, el } from './element.js';

/** @param {{id: string, name: string}[]} calls @param {(messages: object[]) => void} onSend */
export function toolResultsForm(calls, onSend) {
  const fields = calls.map((call, at) => {
    const id = `tool-result-${at}`;
    return { call, label: el('label', { htmlFor: id }, 'Result of ', el('code', {}, call.name)), input: el('textarea.mono', { id, rows: 2 }) };
  });
  const form = el('form.tool-results', {},
    fields.map(({ label, input }) => el('div.field.wide', {}, label, input)),
    button('Send results', { className: 'primary', type: 'submit' }));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    onSend(fields.map(({ call, input }) => ({ role: 'tool', tool_call_id: call.id, content: input.value })));
  });
  return form;
}
