/**
 * Characters that are no text for the eye: C0 but tab and line feed, DEL, C1, the byte-order mark, the line separators of Unicode, and
 * the marks that change the direction of text. In data that is printed they are written as their codes.
 */

const classes = String.raw`\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF`;
const one = new RegExp(`[${classes}]`, 'u');
const every = new RegExp(`[${classes}]`, 'gu');

export function hasUnprintable(text: string): boolean {
  return one.test(text);
}

/**
 * Returns `text` with their codes in their place.
 * @param code writes one of them. Default: `\uNNNN`, which texts in double quotes mean by it in JSON and in YAML
 */
export function escapeUnprintable(text: string, code: (character: string) => string = unicodeEscape): string {
  return text.replace(every, (character) => code(character));
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
