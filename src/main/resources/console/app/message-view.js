// Draws one message of a conversation that is already said.
import { callsOf, textOf } from './answer-model.js';
import { callCard } from './answer-view.js';
import { copyButton } from './clipboard.js';
import { button, el, fill } from './element.js';
import { composes, grow } from './composer.js';
import { render } from './markdown.js';

const NAMES = { user: 'You', assistant: 'Assistant', system: 'System', developer: 'Developer', tool: 'Tool result', function: 'Function result' };

/** @param {{role: string, content: any, tool_calls?: object[]}} message @param {?(text: string) => void} onEdit for what a person wrote */
export function messageView(message, onEdit) {
  const known = Object.hasOwn(NAMES, message.role);
  const name = known ? NAMES[message.role] : String(message.role);
  const node = el(`article.message.${known ? message.role : 'other'}`, { 'aria-label': name });
  show(node, message, name, onEdit);
  return node;
}

function show(node, message, name, onEdit) {
  const text = textOf(message.content);
  const reasoning = textOf(message.reasoning_content);
  if (message.role === 'system' || message.role === 'developer') {
    fill(node, el('details', {}, el('summary', {}, el('span.role', {}, name), el('span.first-line', {}, text.split('\n')[0])), el('div.plain-text', {}, text)));
    return;
  }
  const spoken = message.role === 'assistant' ? el('div.prose', {}, render(text)) : el('div.plain-text', {}, text);
  fill(node,
    message.role === 'user' ? null : el('span.role', {}, name),
    reasoning && el('details.reasoning', {}, el('summary', {}, 'Reasoning'), el('div.prose', {}, render(reasoning))),
    text && spoken,
    callsOf(message).map(callCard),
    el('div.message-actions', {},
      copyButton('Copy this message', () => text),
      onEdit && button('Edit and resend', { picture: 'edit', quiet: true, on: { click: () => edit(node, message, name, text, onEdit) } })));
}

/** The message becomes a field; Enter sends it, Escape leaves it as it was. */
function edit(node, message, name, text, onEdit) {
  const field = el('textarea', { value: text, 'aria-label': 'Edit the message' });
  const leave = () => {
    show(node, message, name, onEdit);
    node.querySelector('button[aria-label="Edit and resend"]').focus();
  };
  const send = () => field.value.trim() && onEdit(field.value);
  field.addEventListener('input', () => grow(field));
  field.addEventListener('keydown', (event) => {
    if (composes(event)) return;
    if (event.key === 'Escape') leave();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  });
  fill(node, field, el('div.actions', {}, button('Cancel', { on: { click: leave } }), button('Send', { className: 'primary', on: { click: send } })));
  grow(field);
  field.focus();
}
