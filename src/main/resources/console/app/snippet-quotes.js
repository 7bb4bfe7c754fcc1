// A text as a literal of each language. The text is a message of anybody's: a quote in it must stay a quote.

const BACKSLASH = /\\/g;

export const shell = (text) => `'${text.replace(/'/g, "'\\''")}'`;

/** JavaScript; also right for Java and Python where the text is a URL. */
export const script = (text) => JSON.stringify(text).replace(/[\u2028\u2029]/g, escaped);

export const php = (text) => `'${text.replace(BACKSLASH, '\\\\').replace(/'/g, "\\'")}'`;

/** Three quotes, so that JSON stays readable. */
export const python = (text) => `"""${text.replace(BACKSLASH, '\\\\').replace(/"""/g, '\\"\\"\\"').replace(/"$/, '\\"')}"""`;

/** A text block; its closing quotes stand on the last line, so that no line feed is added. */
export const java = (text) =>
  `"""\n${text.replace(BACKSLASH, '\\\\').replace(/"""/g, '\\"\\"\\"').replace(/[ \t]+$/gm, spaces).replace(/\r/g, '\\r').replace(/^/gm, '            ')}"""`;

const spaces = (run) => run.replace(/ /g, '\\s').replace(/\t/g, '\\t');
const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
