// An error as a person wants it: what happened, what to do now, and the exact words for who must look it up.
import { button, el } from './element.js';

const TITLES = {
  401: 'A key is missing or wrong',
  403: 'Not allowed from here',
  404: 'There is nothing here (any more)',
  409: 'That turn cannot be continued',
  413: 'Too long',
  422: 'Already sent with other content',
  429: 'Too many requests just now',
  503: 'The server takes no new work just now',
  507: 'The server’s disk is full',
  0: 'No connection',
};

/** What an upstream or a turn met with, by the code in its error. */
const MISHAPS = {
  connect_timeout: 'The upstream could not be reached in time',
  upstream_timeout: 'The time for the answer was over',
  upstream_truncated: 'The answer broke off',
  upstream_error: 'The upstream answered with an error',
  upstream_unreachable: 'The upstream could not be reached',
  upstream_invalid: 'The upstream’s answer could not be read',
  interrupted: 'The server stopped in mid-answer',
  storage_full: 'The server’s disk is full',
};

/**
 * @param {{message: string, status?: number, code?: string, param?: string, type?: string, retryAfter?: number}} problem
 * @param {{name: string, run: () => void, picture?: string}[]} actions
 */
export function problemView(problem, actions = []) {
  const title = MISHAPS[problem.code] ?? TITLES[problem.status] ?? (problem.status >= 400 ? 'The request was not accepted' : 'The answer broke off');
  return el('div.problem', { role: 'alert' },
    el('strong', {}, title),
    el('p', {}, problem.message),
    problem.retryAfter && el('p.faint', {}, `The server asks to wait ${problem.retryAfter} s.`),
    el('p.exact', {}, ['code', 'param', 'upstream_status']
      .filter((name) => problem[name])
      .map((name) => el('code', {}, `${name}: ${problem[name]}`))),
    actions.length > 0 && el('div.actions', {}, actions.map(({ name, run, picture }) =>
      button(name, { picture, on: { click: run } }))));
}
