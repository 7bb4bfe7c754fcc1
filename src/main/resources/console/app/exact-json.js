// JSON in which numbers keep the digits they were written with: a seed of twenty digits is shown, and sent again, as it was.

const EXACT = typeof JSON.rawJSON === 'function';

/** Parses; a number that JavaScript would change stays what was written, where the browser can (ES2026 rawJSON). */
export function parseExact(text) {
  if (!EXACT) return JSON.parse(text);
  return JSON.parse(text, (_key, value, context) =>
    typeof value === 'number' && context?.source && String(value) !== context.source ? JSON.rawJSON(context.source) : value);
}

/** The digits of such a number, or null where the value is anything else. */
export const digitsOf = (value) => (EXACT && JSON.isRawJSON(value) ? value.rawJSON : null);
