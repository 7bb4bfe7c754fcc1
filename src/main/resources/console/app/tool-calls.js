// Puts tool calls together as the server does: a piece belongs to the call with its index; but an index with another id
// is another call (some upstreams number every call 0) where the piece names a function, too, and so is one without an id that
// names another function once the arguments have begun, or the same one again with all of its arguments after a piece that had
// all of its own. A piece without an index belongs to the call with its id, and one without either to the last call, unless it
// names a function anew; so does one with neither id nor name whose index nothing has had.

/** @typedef {{index: number, id: string, name: string, input: string, whole: boolean}} ToolCall */

/** @param {ToolCall[]} calls in order of their index @param {object} piece of a delta or a whole message */
export function addCall(calls, piece) {
  const { id, function: called, custom } = piece;
  const owner = ownerOf(calls, piece);
  const call = owner ?? begun(calls, piece.index);
  call.whole = !owner && isWhole(called);
  if (id) call.id = textOf(id);
  const name = textOf(called?.name ?? custom?.name);
  // It comes once, but some upstreams say it again with every piece of the arguments.
  if (name !== call.name) call.name += name;
  call.input += textOf(called?.arguments ?? custom?.input);
}

/** Whether it says all of a call: behind an object that has ended nothing of the same one can come. */
function isWhole(called) {
  if (!called?.name || typeof called.arguments !== 'string' || !called.arguments.startsWith('{')) return false;
  try {
    JSON.parse(called.arguments);
    return true;
  } catch {
    return false;
  }
}

function ownerOf(calls, { index, id, function: called, custom }) {
  const known = id && calls.find((call) => call.id === textOf(id));
  if (known) return known;
  const names = Boolean(called?.name || custom?.name);
  if (Number.isInteger(index)) {
    const last = calls.findLast((call) => call.index === index);
    if (!last) return id || names ? null : calls.at(-1);
    const namesAnother = last.name && last.input && names && textOf(called?.name ?? custom?.name) !== last.name;
    const another = id ? last.id && names : namesAnother || (last.whole && isWhole(called));
    return another ? null : last;
  }
  const last = id ? null : calls.at(-1);
  return last?.name && names ? null : last;
}

function begun(calls, index) {
  const call = { index: Number.isInteger(index) ? index : (calls.at(-1)?.index ?? -1) + 1, id: '', name: '', input: '', whole: false };
  const behind = calls.findIndex((other) => other.index > call.index);
  calls.splice(behind < 0 ? calls.length : behind, 0, call);
  return call;
}

/** Arguments are text that holds JSON; where an upstream or a client wrote the JSON itself, it is shown as such. */
function textOf(value) {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}
