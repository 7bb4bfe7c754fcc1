// From a model's text to elements. A model's words are hostile: markdown-it escapes HTML, DOMPurify lets through only the
// tags and attributes named here, and the page's Content-Security-Policy is the last line. Pictures are not loaded (a
// picture's address can carry what was said to a third party, or call a URL of this service): they become links.
import DOMPurify from '../vendor/purify.js';
import hljs from '../vendor/highlight.js';
import MarkdownIt from '../vendor/markdown-it.js';
import { beyondMarkdown } from './beyond-markdown.js';
import { el } from './element.js';
import { copyButton } from './clipboard.js';
import { parseTurnUrl } from './turn-url.js';

const TAGS = ['a', 'blockquote', 'br', 'code', 'del', 's', 'em', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'li', 'ol', 'p',
  'pre', 'span', 'strong', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul'];
const CLASS = /^(hljs(-[a-z_]+)?|language-[\w+#.-]{1,40}|(function|class|inherited|language|constant|invoke)_|math|align-(left|center|right))$/;
/** What has its bullets, bar or first column at the side where its text begins. */
const SIDED = 'ul, ol, blockquote, .scroll';
const HIGHLIGHT_UP_TO = 60_000;

const markdown = new MarkdownIt({ html: false, linkify: true, highlight });
beyondMarkdown(markdown);
markdown.renderer.rules.image = (tokens, at) => {
  const { escapeHtml } = markdown.utils;
  const address = tokens[at].attrGet('src');
  return `<a href="${escapeHtml(address)}">${escapeHtml(tokens[at].content || 'picture')} (picture, not loaded)</a>`;
};
for (const rule of ['heading_open', 'heading_close']) markdown.renderer.rules[rule] = oneLevelDown;
for (const rule of ['th_open', 'td_open']) markdown.renderer.rules[rule] = alignByClass;

/** The page has a first heading already; a model's stand below it. */
function oneLevelDown(tokens, at, options, env, renderer) {
  tokens[at].tag = `h${Math.min(6, Number(tokens[at].tag[1]) + 1)}`;
  return renderer.renderToken(tokens, at, options);
}

function alignByClass(tokens, at, options, env, renderer) {
  const align = /text-align:(left|center|right)/.exec(tokens[at].attrGet('style') ?? '');
  if (align) tokens[at].attrs = [['class', `align-${align[1]}`]];
  return renderer.renderToken(tokens, at, options);
}

function highlight(code, language) {
  if (code.length > HIGHLIGHT_UP_TO || !hljs.getLanguage(language)) return '';
  return hljs.highlight(code, { language, ignoreIllegals: true }).value;
}

const purifier = DOMPurify(window);
purifier.addHook('uponSanitizeAttribute', (node, attribute) => {
  if (attribute.attrName !== 'class') return;
  attribute.attrValue = attribute.attrValue.split(/\s+/).filter((name) => CLASS.test(name)).join(' ');
  attribute.keepAttr = attribute.attrValue !== '';
});

/**
 * @param {string} text a model's words
 * @returns {DocumentFragment} nothing in it runs, loads or submits anything
 */
export function render(text) {
  const fragment = purifier.sanitize(markdown.render(text), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ['class', 'href', 'start', 'title'],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    // Else it is taken for an address, and is none.
    ADD_URI_SAFE_ATTR: ['start'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  fragment.querySelectorAll('a').forEach(tameLink);
  fragment.querySelectorAll('pre > code').forEach(frameCode);
  fragment.querySelectorAll('table').forEach(frameTable);
  fragment.querySelectorAll(SIDED).forEach(runAsItsText);
  return fragment;
}

/** A link opens elsewhere and says where; one that points at this service, by whatever name, is text: its URLs act (stop). */
function tameLink(link) {
  const href = link.getAttribute('href') ?? '';
  const elsewhere = URL.canParse(href) && (href.startsWith('mailto:') || new URL(href).host !== location.host) && !parseTurnUrl(href);
  if (!elsewhere) {
    link.replaceWith(...link.childNodes);
    return;
  }
  link.target = '_blank';
  link.rel = 'noopener noreferrer nofollow';
  link.title = href;
}

function frameCode(code) {
  const language = /language-(\S+)/.exec(code.className)?.[1] ?? '';
  const pre = code.parentElement;
  const frame = el('figure.code', {},
    el('figcaption', {}, el('span', {}, language || 'text'), copyButton('Copy code', () => code.textContent)));
  pre.replaceWith(frame);
  pre.tabIndex = 0;
  pre.setAttribute('role', 'group');
  pre.setAttribute('aria-label', language ? `Code, ${language}` : 'Code');
  frame.append(pre);
}

/** The outermost says it for all within: one that says it for itself does not count where another one asks its text. */
function runAsItsText(block) {
  if (!block.parentElement?.closest(SIDED)) block.dir = 'auto';
}

function frameTable(table) {
  const frame = el('div.scroll', { tabIndex: 0, role: 'group', 'aria-label': 'Table' });
  table.replaceWith(frame);
  frame.append(table);
}
