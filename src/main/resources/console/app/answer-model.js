// Puts an answer together: from the chunks of the stream as they come, or from a status document. What the deltas say is
// kept as what it is: content, reasoning, refusal, tool calls; one choice per index.
import { addCall } from './tool-calls.js';

export class AnswerModel {
  constructor() {
    this.clear();
  }

  clear() {
    this.choices = [];
    this.model = null;
    this.usage = null;
    this.error = null;
    this.chunks = 0;
    this.ended = false;
  }

  /**
   * Takes one record's data.
   * @returns {number} how many pieces of answer it brought: 0 for a role, a usage, an error or the end
   */
  take(data) {
    if (data === '[DONE]') {
      this.ended = true;
      return 0;
    }
    const chunk = parsed(data);
    if (!chunk) return 0;
    if (chunk.error) this.error = chunk.error;
    this.model = chunk.model ?? this.model;
    this.usage = chunk.usage ?? this.usage;
    this.chunks++;
    return listOf(chunk.choices).filter((choice) => this.#delta(choice)).length;
  }

  #delta({ index, delta: given, finish_reason }) {
    const choice = this.#choice(index);
    const delta = given ?? {};
    if (finish_reason) choice.finishReason = finish_reason;
    const reasoning = delta.reasoning_content ?? delta.reasoning;
    choice.content += spoken(delta.content);
    if (typeof reasoning === 'string') choice.reasoning += reasoning;
    if (typeof delta.refusal === 'string') choice.refusal += delta.refusal;
    for (const call of listOf(delta.tool_calls)) addCall(choice.calls, call);
    if (delta.function_call) addCall(choice.calls, { index: 0, function: delta.function_call });
    return Boolean(delta.content || reasoning || delta.refusal || delta.tool_calls?.length || delta.function_call);
  }

  #choice(index) {
    const wanted = Number.isInteger(index) ? Math.min(Math.max(index, 0), 127) : 0;
    for (let at = this.choices.length; at <= wanted; at++) this.choices.push(emptyChoice(at));
    return this.choices[wanted];
  }

  /** Takes the whole answer of a status document over, in place of what is here. */
  replaceBy(status) {
    const body = status.response?.body;
    this.clear();
    this.error = status.error ?? body?.error ?? null;
    this.ended = status.status === 'done' || status.status === 'error';
    this.model = body?.model ?? null;
    this.usage = body?.usage ?? null;
    for (const choice of listOf(body?.choices)) this.#whole(choice);
  }

  #whole({ index, message: given, finish_reason }) {
    const choice = this.#choice(index ?? this.choices.length);
    const message = given ?? {};
    choice.content = textOf(message.content);
    choice.reasoning = textOf(message.reasoning_content ?? message.reasoning);
    choice.refusal = textOf(message.refusal);
    choice.finishReason = finish_reason ?? null;
    choice.calls = callsOf(message);
  }
}

function emptyChoice(index) {
  return { index, content: '', reasoning: '', refusal: '', calls: [], finishReason: null };
}

/** The tool calls of a whole message. */
export function callsOf(message) {
  const calls = [];
  for (const [at, call] of listOf(message.tool_calls).entries()) addCall(calls, { ...call, index: at });
  if (message.function_call) addCall(calls, { index: calls.length, function: message.function_call });
  return calls;
}

/** Upstreams write null, or nothing, where they have nothing to say; the server takes that, and so does the page. */
export const listOf = (value) => (Array.isArray(value) ? value.filter((each) => each !== null && typeof each === 'object') : []);

function parsed(data) {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

/** A message's content as text: a string, or the text parts of a list of parts. */
export function textOf(content) {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => part?.text ?? part?.refusal ?? `[${part?.type ?? 'part'}]`).join('\n\n');
}

/** What a delta says: a piece of text, or parts that hold pieces. */
function spoken(content) {
  if (typeof content === 'string') return content;
  return listOf(content).map((part) => (typeof part.text === 'string' ? part.text : '')).join('');
}
