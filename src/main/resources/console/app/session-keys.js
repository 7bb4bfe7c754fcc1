// Every secret this page knows: typed keys, and bearer tokens of private turns. They live in these variables and
// nowhere else; a reload forgets them. Only ledger.js writes a token down, and only where the user ticked for it.

const typed = { upstream: '', service: '', organization: '', project: '' };
const bearers = new Map();
const streams = new Map();

/** @param {'upstream'|'service'|'organization'|'project'} name */
export function setKey(name, value) {
  typed[name] = value.trim();
}

export const hasKey = (name) => typed[name] !== '';

/** Headers of a submission: only what was typed. */
export function submitHeaders() {
  const headers = {};
  if (typed.upstream) headers['X-OpenAI-API-Key'] = typed.upstream;
  if (typed.organization) headers['X-OpenAI-Organization'] = typed.organization;
  if (typed.project) headers['X-OpenAI-Project'] = typed.project;
  if (typed.service) headers['X-API-Key'] = typed.service;
  return headers;
}

export function rememberBearer(base, token) {
  if (token) bearers.set(base, token);
}

export function rememberStreamToken(base, token) {
  if (token) streams.set(base, token);
}

export function forgetTokens(base) {
  bearers.delete(base);
  streams.delete(base);
}

export const bearerOf = (base) => bearers.get(base) ?? null;
export const streamTokenOf = (base) => streams.get(base) ?? null;

/** Headers that open a private turn; none for a public one. */
export function readHeaders(base) {
  const token = bearers.get(base);
  return token ? { Authorization: `Bearer ${token}` } : {};
}

/** Headers that may remove a turn: the bearer token where it is private, the service key where public. */
export function removeHeaders(turn) {
  if (turn.access === 'private') return readHeaders(turn.base);
  return typed.service ? { 'X-API-Key': typed.service } : {};
}
