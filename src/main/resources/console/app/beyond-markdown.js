// What models write that is not quite Markdown: formulas, whose TeX is shown as it came and not read as Markdown, which
// would eat its backslashes and underscores; and task items, whose boxes are drawn.

/** Bounded, so that a text of nothing but opening marks costs no more than another. One dollar may also be money. */
const FORMULA = /\$\$[^]{1,2000}?\$\$|\\\([^]{1,2000}?\\\)|\\\[[^]{1,2000}?\\\]|\$(?![\s$])(?:[^$\n]{0,400}?[^\s\\$])\$(?!\w)/y;
const TASK = /^\[([ xX])\] /;

/** @param {import('markdown-it').default} markdown */
export function beyondMarkdown(markdown) {
  markdown.inline.ruler.before('escape', 'formula', formula);
  markdown.renderer.rules.formula = (tokens, at) => `<code class="math">${markdown.utils.escapeHtml(tokens[at].content)}</code>`;
  markdown.core.ruler.after('inline', 'tasks', ({ tokens }) => tokens.forEach(task));
}

function formula(state, silent) {
  FORMULA.lastIndex = state.pos;
  const [found] = FORMULA.exec(state.src) ?? [];
  if (!found) return false;
  if (!silent) state.push('formula', 'code', 0).content = found;
  state.pos += found.length;
  return true;
}

function task(token, at, tokens) {
  const first = token.children?.[0];
  if (first?.type !== 'text' || tokens[at - 2]?.type !== 'list_item_open') return;
  first.content = first.content.replace(TASK, (_, mark) => (mark === ' ' ? '☐ ' : '☑ '));
}
